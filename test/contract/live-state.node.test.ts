import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, test} from 'node:test';
import * as Ably from 'ably';
import * as objects from 'ably/liveobjects';
import {defaultKey, type RunningBroker, startBroker} from '../../broker/index.ts';
import {AiSession} from '../../src/ably/ai-session.ts';
import {Connection} from '../../src/ably/connection.ts';
import {AblyLiveState} from '../../src/ably/live-objects.ts';
import type {LiveChange, LiveState, LiveStateSnapshot} from '../../src/session/live-state.ts';
import type {AuthCallback, WakeAgent} from '../../src/session/settings.ts';
import {CuttableLine} from '../helpers/cuttable-line.ts';
import {DrivenAgent} from '../helpers/driven-agent.ts';
import {noStore} from '../helpers/no-store.ts';
import {until} from '../helpers/until.ts';

const channel = 'conversations:state';
const everything = ['publish', 'subscribe', 'history', 'presence', 'object-subscribe', 'object-publish'];

describe('the state that a session shares', () => {
  let broker: RunningBroker;
  let line: CuttableLine;
  const open: {session: AiSession; connection: Connection}[] = [];

  beforeEach(async () => {
    broker = await startBroker({port: 0, faults: true});
    line = await CuttableLine.to(broker.port);
  });
  afterEach(async () => {
    for (const {session, connection} of open.splice(0)) {
      await session.close();
      connection.close();
    }
    await line.close();
    await broker.close();
  });

  function visit(clientId: string, {rights = everything, port = broker.port, wakeAgent}: {rights?: string[]; port?: number; wakeAgent?: WakeAgent} = {}): AiSession {
    const {auth} = new Ably.Rest({key: defaultKey});
    const authCallback: AuthCallback = (params, callback) => {
      auth.createTokenRequest({...params, clientId, capability: JSON.stringify({[channel]: rights})})
        .then((request) => callback(null, request), (error: unknown) => callback(error, null));
    };
    const settings = {channel, authCallback, endpoint: '127.0.0.1', port, insecure: true, wakeAgent};
    const connection = new Connection(settings);
    const session = new AiSession(connection, settings, {outbox: noStore});
    open.push({session, connection});
    return session;
  }

  function agentClient(): Ably.Realtime {
    return new Ably.Realtime({key: defaultKey, clientId: 'bot', endpoint: '127.0.0.1', port: broker.port, tls: false, transports: ['web_socket'], disableConnectivityCheck: true, disconnectedRetryTimeout: 200});
  }

  /** Waits until the state fulfils a condition. */
  function sees(state: LiveState, condition: (root: LiveStateSnapshot['root']) => boolean, ms = 8000): Promise<LiveStateSnapshot> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`Not in time. Last: ${JSON.stringify(state.snapshot)}`)), ms);
      const check = (): boolean => {
        if (!condition(state.snapshot.root)) return false;
        clearTimeout(timer);
        unsubscribe();
        resolve(state.snapshot);
        return true;
      };
      const unsubscribe = state.subscribe(check);
      check();
    });
  }
  const ready = (state: LiveState): Promise<unknown> => sees(state, () => state.snapshot.status === 'ready');

  async function opened(clientId: string, options?: Parameters<typeof visit>[1]): Promise<AiSession> {
    const session = visit(clientId, options);
    session.state.open();
    await ready(session.state);
    return session;
  }

  test('nothing is loaded before somebody needs it', async () => {
    const session = visit('ana');
    await until(session, ({connection}) => connection.state === 'connected');
    assert.equal(session.state.snapshot.status, 'closed');
  });

  test('what one sets at a path, the other sees there, with all on the way made', async () => {
    const [ana, bo] = [await opened('ana'), await opened('bo')];
    await ana.state.set('trip.people.adults', 2);
    await ana.state.set('trip.tags', ['sea', 'sun']);
    const {root} = await sees(bo.state, (state) => JSON.stringify(state).includes('sun'));
    assert.deepEqual(root, {trip: {people: {adults: 2}, tags: ['sea', 'sun']}});
    assert.equal(bo.state.kindOf('trip.people'), 'map');
    assert.equal(bo.state.kindOf('trip.people.adults'), 'value');
    await bo.state.remove('trip.tags');
    await sees(ana.state, ({trip}) => JSON.stringify(trip) === '{"people":{"adults":2}}');
  });

  test('an edit shows at once, before the channel has confirmed it, and tells whose it is', async () => {
    const [ana, bo] = [await opened('ana'), await opened('bo')];
    const changes: Record<string, LiveChange[]> = {ana: [], bo: []};
    ana.state.subscribe((list) => changes['ana']?.push(...list));
    bo.state.subscribe((list) => changes['bo']?.push(...list));
    const confirmed = ana.state.set('note', 'x');
    assert.equal(ana.state.snapshot.root['note'], 'x');
    await confirmed;
    await sees(bo.state, ({note}) => note === 'x');
    await sees(ana.state, () => changes['ana']?.length === 1);
    assert.deepEqual(changes, {
      ana: [{path: 'note', previous: undefined, value: 'x', origin: 'local'}],
      bo: [{path: 'note', previous: undefined, value: 'x', origin: 'remote'}],
    });
  });

  test('two who fill different fields of a form at once both keep theirs, though both make the form', async () => {
    const [ana, bo] = [await opened('ana'), await opened('bo')];
    await Promise.all([ana.state.set('form.name', 'Ana'), bo.state.set('form.city', 'Lisbon')]);
    for (const {state} of [ana, bo]) await sees(state, (all) => ['Ana', 'Lisbon'].every((text) => JSON.stringify(all).includes(text)));
    assert.deepEqual(ana.state.snapshot.root, bo.state.snapshot.root);
  });

  test('two who fill the same field end with the same value', async () => {
    const [ana, bo] = [await opened('ana'), await opened('bo')];
    await ana.state.set('form.name', 'nobody');
    await sees(bo.state, ({form}) => form !== undefined);
    await Promise.all([ana.state.set('form.name', 'Ana'), bo.state.set('form.name', 'Bo')]);
    const {root} = await sees(ana.state, () => JSON.stringify(ana.state.snapshot.root) === JSON.stringify(bo.state.snapshot.root));
    assert.match(JSON.stringify(root), /"(Ana|Bo)"/);
  });

  test('counters add up under concurrent increments, also when all begin without one', async () => {
    const people = await Promise.all(['ana', 'bo', 'cy', 'di'].map((name) => opened(name)));
    await Promise.all(people.flatMap(({state}) => Array.from({length: 100}, () => state.increment('votes'))));
    for (const {state} of people) await sees(state, ({votes}) => votes === 400);
    assert.equal(people[0]?.state.kindOf('votes'), 'counter');
  });

  test('an increment counts once, also between its echo and its confirmation', async () => {
    const ana = await opened('ana');
    await ana.state.increment('votes');
    broker.server.faults?.set({ackDelay: 300});
    const seen: unknown[] = [];
    ana.state.subscribe(() => seen.push(ana.state.snapshot.root['votes']));
    await ana.state.increment('votes');
    assert.deepEqual([...new Set(seen)], [2]);
  });

  test('without object-subscribe the state says so; without object-publish an edit is refused and taken back', async () => {
    const blind = visit('blind', {rights: everything.filter((right) => right !== 'object-subscribe')});
    blind.state.open();
    await sees(blind.state, () => blind.state.snapshot.status === 'failed');
    assert.match(blind.state.snapshot.error?.message ?? '', /lacks the capability "object-subscribe"/);
    const mute = await opened('mute', {rights: everything.filter((right) => right !== 'object-publish')});
    assert.equal(mute.state.snapshot.isWritable, false);
    await assert.rejects(mute.state.set('note', 'x'), /lacks the capability "object-publish"/);
    assert.deepEqual(mute.state.snapshot.root, {});
  });

  test('who comes late, and who was cut off, ends with the state of the others', async () => {
    const ana = await opened('ana');
    await ana.state.set('trip', {nights: 3, city: 'Rome'});
    const bo = await opened('bo', {port: line.port});
    assert.deepEqual((await sees(bo.state, ({trip}) => trip !== undefined)).root, {trip: {nights: 3, city: 'Rome'}});
    line.cut();
    await until(bo, ({connection}) => connection.state === 'offline');
    await ana.state.set('trip.nights', 4);
    await ana.state.remove('trip.city');
    line.mend();
    await sees(bo.state, ({trip}) => JSON.stringify(trip) === '{"nights":4}', 20_000);
  });

  test('what is edited while the channel is left shows at once, and is made when it is joined again', async (t) => {
    const client = new Ably.Realtime({key: defaultKey, clientId: 'ana', endpoint: '127.0.0.1', port: broker.port, tls: false, transports: ['web_socket'], plugins: {LiveObjects: objects.LiveObjects}});
    t.after(() => client.close());
    const joined = client.channels.get(channel, {modes: ['OBJECT_SUBSCRIBE', 'OBJECT_PUBLISH']});
    const state = new AblyLiveState({channelName: channel, connectionId: () => client.connection.id, needObjects: () => undefined, lineError: () => undefined});
    await joined.attach();
    await state.follow(joined, ['object_subscribe', 'object_publish'], objects);
    await state.increment('votes');
    await joined.detach();
    const edits = [state.set('note', 'x'), state.set('note', 'y')];
    assert.deepEqual(state.snapshot.root, {votes: 1, note: 'y'});
    assert.equal(state.kindOf('votes'), 'value');
    await joined.attach();
    await Promise.all(edits);
    assert.deepEqual((await sees(state, ({note}) => note === 'y')).root, {votes: 1, note: 'y'});
    assert.equal(state.kindOf('votes'), 'counter');
    state.close();
  });

  test('needing the state later keeps the conversation, over one new connection', async () => {
    const session = visit('ana');
    await until(session, ({connection, history}) => connection.state === 'connected' && history.state === 'ready');
    await session.dispatch({type: 'send', text: 'Hello'});
    await until(session, ({messages}) => messages[0]?.delivery === 'sent');
    let fewest = Infinity;
    session.subscribe(({snapshot}) => (fewest = Math.min(fewest, snapshot.messages.length)));
    session.state.open();
    await ready(session.state);
    await session.state.set('note', 'x');
    await until(session, ({connection}) => connection.state === 'connected');
    assert.equal(fewest, 1);
    assert.equal(session.snapshot.messages.length, 1);
  });

  test('an agent that vanishes in mid-run is lost, for who saw it and for who comes later, until it is back', async () => {
    broker.server.faults?.shorten({presenceLeaveDelay: 200});
    const client = agentClient();
    const agent = await DrivenAgent.join(client, channel);
    await client.channels.get(channel).presence.enter({type: 'agent', status: 'thinking'});
    const ana = visit('ana', {wakeAgent: (invocation) => agent.wake(invocation)});
    await ana.dispatch({type: 'send', text: 'Hello'});
    const run = await agent.answerNext();
    await run.append('Good');
    await until(ana, ({agents, runs}) => agents[0]?.state === 'streaming' && runs[0]?.status === 'active');
    broker.server.faults?.goDark({clientId: 'bot'});
    await until(ana, ({agents, runs}) => agents[0]?.state === 'lost' && runs[0]?.status === 'lost');
    const later = visit('later');
    await until(later, ({agents, runs}) => agents[0]?.state === 'lost' && runs[0]?.status === 'lost');
    broker.server.faults?.lightUp();
    await until(ana, ({agents}) => agents[0]?.state === 'streaming', 20_000);
    await run.end('complete');
    await until(ana, ({runs}) => runs[0]?.status === 'complete');
    await agent.close();
  });

  test('an answer that was asked for again, and that its agent comes back to after all, is the answer', async () => {
    broker.server.faults?.shorten({presenceLeaveDelay: 200});
    const client = agentClient();
    const agent = await DrivenAgent.join(client, channel);
    const {presence} = client.channels.get(channel);
    await presence.enter({type: 'agent', status: 'thinking'});
    const ana = visit('ana', {wakeAgent: (invocation) => agent.wake(invocation)});
    await ana.dispatch({type: 'send', text: 'Hello'});
    const run = await agent.answerNext();
    await run.append('Good');
    await until(ana, ({agents, runs}) => agents[0]?.state === 'streaming' && runs[0]?.status === 'active');
    await presence.leave({type: 'agent', status: 'thinking'});
    await until(ana, ({runs}) => runs[0]?.status === 'lost');
    await ana.dispatch({type: 'retry', messageId: ana.snapshot.messages[0]?.id ?? ''});
    await until(ana, ({runs}) => runs.map(({status}) => status).join() === 'lost,starting');
    await presence.enter({type: 'agent', status: 'thinking'});
    await until(ana, ({runs}) => runs.map(({status}) => status).join() === 'active');
    await run.end('complete');
    await until(ana, ({runs}) => runs.map(({status}) => status).join() === 'complete');
    await agent.close();
  });

  test('an agent that takes its leave from one run when it has begun the next is not lost meanwhile', async () => {
    const client = agentClient();
    const agent = await DrivenAgent.join(client, channel);
    const {presence} = client.channels.get(channel);
    await presence.enter({type: 'agent', status: 'thinking'});
    const ana = visit('ana', {wakeAgent: (invocation) => agent.wake(invocation)});
    const states = new Set<string | undefined>();
    await ana.dispatch({type: 'send', text: 'Hello'});
    await (await agent.answerNext()).end('complete');
    await until(ana, ({runs, agents}) => runs[0]?.status === 'complete' && agents[0]?.isPresent === true);
    ana.subscribe(({snapshot}) => states.add(snapshot.agents[0]?.state));
    await ana.dispatch({type: 'send', text: 'And now'});
    const run = await agent.answerNext();
    await presence.leave({type: 'agent', status: 'idle'});
    await run.append('Good');
    await until(ana, ({agents, runs}) => agents[0]?.isPresent === false && agents[0].state === 'streaming' && runs[1]?.status === 'active');
    await presence.enter({type: 'agent', status: 'streaming'});
    await until(ana, ({agents}) => agents[0]?.isPresent === true);
    assert.equal(states.has('lost'), false);
    await run.end('complete');
    await agent.close();
  });

  test('people are seen by one another, and gone when they leave', async () => {
    const [ana, bo] = [visit('ana'), visit('bo')];
    await until(ana, ({people}) => people.length === 2);
    assert.deepEqual(ana.snapshot.people.map(({clientId}) => clientId), ['ana', 'bo']);
    const page = open.find(({session}) => session === bo);
    await bo.close();
    page?.connection.close();
    await until(ana, ({people}) => people.length === 1);
  });
});
