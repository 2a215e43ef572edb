import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, test} from 'node:test';
import * as Ably from 'ably';
import {LiveCounter, LiveMap, LiveObjects} from 'ably/liveobjects';
import {defaultKey, type RunningBroker, startBroker} from '../../broker/index.ts';
import {AblyLiveState} from '../../src/ably/live-objects.ts';
import type {Root} from '../../src/ably/live-edits.ts';
import {isSameValue} from '../../src/session/live-path.ts';
import type {LiveValue} from '../../src/session/live-state.ts';

const modes = ['object_publish', 'object_subscribe'] as const;

/** What is waited for before a client is told that something was set at a path. */
type Hold = (path: string) => Promise<unknown> | undefined;

/** A channel's objects, whose confirmations are as late as a test wants them. */
function withHeld(root: Root, hold: Hold, base = ''): Root {
  const below = (key: string): string => (base === '' ? key : `${base}.${key}`);
  return new Proxy(root, {
    get: (target, name) => {
      if (name === 'at') return (path: string) => withHeld(target.at(path) as unknown as Root, hold, below(path));
      if (name === 'set') return (key: string, value: never) => target.set(key, value).then(() => hold(below(key)));
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
}

describe('objects that two clients make at the same moment', () => {
  let broker: RunningBroker;
  const clients: Ably.Realtime[] = [];
  const states: AblyLiveState[] = [];

  beforeEach(async () => {
    broker = await startBroker({port: 0, faults: true});
  });
  afterEach(async () => {
    for (const state of states.splice(0)) state.close();
    for (const client of clients.splice(0)) client.close();
    await broker.close();
  });

  async function join(clientId: string, hold: Hold = () => undefined): Promise<{state: AblyLiveState; idAt: (path: string) => string | undefined}> {
    const client = new Ably.Realtime({key: defaultKey, clientId, endpoint: '127.0.0.1', port: broker.port, tls: false, transports: ['web_socket'], disableConnectivityCheck: true, plugins: {LiveObjects}});
    clients.push(client);
    const channel = client.channels.get('contested', {modes: [...modes]});
    await channel.attach();
    const root: Root = await channel.object.get();
    const state = new AblyLiveState({channelName: 'contested', connectionId: () => client.connection.id, needObjects: () => undefined, lineError: () => undefined});
    states.push(state);
    state.open();
    const held = {object: {get: () => Promise.resolve(withHeld(root, hold)), on: channel.object.on.bind(channel.object)}};
    await state.follow(held as unknown as Ably.RealtimeChannel, modes, {LiveMap, LiveCounter});
    return {state, idAt: (path) => (root.at(path).instance() as {id?: string} | undefined)?.id};
  }

  /** Waits until a condition on what is shared is fulfilled; a hung wait is ended by the runner. */
  async function until(state: AblyLiveState, isFulfilled: () => boolean): Promise<void> {
    await new Promise<void>((resolve) => {
      const check = (): void => {
        if (isFulfilled()) resolve();
      };
      state.subscribe(check);
      check();
    });
  }

  /**
   * Has Ana and Bo edit below `trip`, which both find missing. Bo's map replaces Ana's just when Ana has made `place`
   * in hers and has not heard of it; Bo goes on only after Ana is done.
   */
  async function contest(place: string, ana: (state: AblyLiveState) => Promise<void>, bo: (state: AblyLiveState) => Promise<void>): Promise<AblyLiveState[]> {
    const isMade = Promise.withResolvers<undefined>();
    const isReplaced = Promise.withResolvers<undefined>();
    const isAnaDone = Promise.withResolvers<undefined>();
    let isFirst = true;
    const one = await join('ana', (path) => {
      if (path !== place || !isFirst) return undefined;
      isFirst = false;
      isMade.resolve(undefined);
      return isReplaced.promise;
    });
    const other = await join('bo', (path) => (path === 'trip' ? isAnaDone.promise : undefined));
    broker.server.faults?.freeze({clientId: 'bo'});
    const boDone = bo(other.state);
    const anaDone = ana(one.state).finally(() => isAnaDone.resolve(undefined));
    await isMade.promise;
    const before = one.idAt('trip');
    broker.server.faults?.thaw({clientId: 'bo'});
    await until(one.state, () => one.idAt('trip') !== before);
    isReplaced.resolve(undefined);
    await Promise.all([anaDone, boDone]);
    return [one.state, other.state];
  }

  async function assertBothHave(both: readonly AblyLiveState[], trip: LiveValue): Promise<void> {
    for (const state of both) {
      await until(state, () => isSameValue(state.snapshot.root, {trip}));
      assert.deepEqual(state.snapshot.root, {trip});
    }
  }

  test('a map that is replaced while the next one is made in it leads to the one that stands', {timeout: 15_000}, async () => {
    const both = await contest('trip.stay', (ana) => ana.set('trip.stay.city', 'Lisbon'), (bo) => bo.set('trip.stay.nights', 4));
    await assertBothHave(both, {stay: {city: 'Lisbon', nights: 4}});
  });

  test('a map that is replaced while a counter is made in it leads to the one that stands', {timeout: 15_000}, async () => {
    const both = await contest('trip.votes', (ana) => ana.increment('trip.votes', 2), (bo) => bo.increment('trip.votes', 3));
    await assertBothHave(both, {votes: 5});
  });

  test('a map that is replaced before its maker hears of it is made once', {timeout: 15_000}, async () => {
    const both = await contest('trip', (ana) => ana.set('trip.city', 'Lisbon'), (bo) => bo.set('trip.nights', 4));
    await assertBothHave(both, {city: 'Lisbon', nights: 4});
  });

  test('what was written in a map that is replaced is written in the one that stands', {timeout: 15_000}, async () => {
    const both = await contest('trip.city', (ana) => ana.set('trip.city', 'Lisbon'), (bo) => bo.set('trip.nights', 4));
    await assertBothHave(both, {city: 'Lisbon', nights: 4});
  });
});
