import assert from 'node:assert/strict';
import {beforeEach, describe, test} from 'node:test';
import type * as Ably from 'ably';
import {PresenceWatch} from '../../src/ably/presence-watch.ts';

/** A channel's presence, as much of it as is asked for; its history is given when the test says so. */
class FakePresence {
  readonly reads: ((past: readonly Partial<Ably.PresenceMessage>[]) => void)[] = [];
  readonly syncComplete = true;
  #tell: (message: Partial<Ably.PresenceMessage>) => void = () => undefined;

  get channel(): Ably.RealtimeChannel {
    return {presence: this} as unknown as Ably.RealtimeChannel;
  }

  subscribe(listener: (message: Partial<Ably.PresenceMessage>) => void): Promise<void> {
    this.#tell = listener;
    return Promise.resolve();
  }

  unsubscribe(): void {
    this.#tell = () => undefined;
  }

  get(): Promise<readonly Ably.PresenceMessage[]> {
    return Promise.resolve([]);
  }

  history(): Promise<{items: readonly Partial<Ably.PresenceMessage>[]}> {
    return new Promise((resolve) => this.reads.push((items) => resolve({items})));
  }

  /** What the SDK says of members whom it does not find again after a gap: a leave without an id. */
  miss(...clientIds: string[]): void {
    for (const clientId of clientIds) this.#tell({action: 'leave', clientId, data: {type: 'agent', status: 'thinking'}});
  }
}

const left = (clientId: string, status: string): Partial<Ably.PresenceMessage> => ({action: 'leave', clientId, id: clientId, data: {type: 'agent', status}});
/** Lets all promises that can settle do so. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('agents that are missed after a gap', () => {
  let presence: FakePresence;
  let watch: PresenceWatch;

  beforeEach(() => {
    presence = new FakePresence();
    watch = new PresenceWatch(() => undefined);
    watch.follow(presence.channel, ['presence_subscribe'], {mayEnter: false});
  });

  test('are looked up once, however many they are', async () => {
    presence.miss('flights-agent', 'hotels-agent', 'activities-agent');
    await settled();
    assert.equal(presence.reads.length, 1);
    presence.reads[0]?.([left('flights-agent', 'idle'), left('hotels-agent', 'thinking')]);
    await settled();
    assert.deepEqual([...watch.vanishedAgents.keys()], ['hotels-agent']);
    assert.equal(presence.reads.length, 1);
  });

  test('are looked up once more where they are missed while others are looked up', async () => {
    presence.miss('flights-agent');
    await settled();
    presence.miss('hotels-agent', 'activities-agent');
    await settled();
    assert.equal(presence.reads.length, 1);
    presence.reads[0]?.([]);
    await settled();
    assert.equal(presence.reads.length, 2);
    presence.reads[1]?.([left('hotels-agent', 'streaming')]);
    await settled();
    assert.deepEqual([...watch.vanishedAgents.keys()], ['hotels-agent']);
  });

  test('are looked up anew after the next gap', async () => {
    for (const gap of [1, 2]) {
      presence.miss('flights-agent');
      await settled();
      assert.equal(presence.reads.length, gap);
      presence.reads.at(-1)?.([]);
      await settled();
    }
  });
});
