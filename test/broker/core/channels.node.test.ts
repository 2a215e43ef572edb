import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {breakContinuity} from '../../../broker/core/attach.ts';
import {Action} from '../../../broker/protocol/actions.ts';
import {Flag, Mode, allModes, defaultModes} from '../../../broker/protocol/flags.ts';
import {Bench, serialIn, type TestClient} from '../harness.ts';

const flagsOf = (frame: {flags?: number}) => frame.flags ?? 0;
const texts = (client: TestClient) => client.takeMessages().map(({data}) => data);

describe('attaching', () => {
  test('grants the usual modes, or exactly those asked for (RTL4l)', () => {
    const client = new Bench().connect();
    assert.equal(flagsOf(client.attach('c')) & allModes, defaultModes);
    assert.equal(flagsOf(client.attach('d', {flags: Mode.Publish | Mode.Presence})) & allModes, Mode.Publish | Mode.Presence);
    assert.equal(flagsOf(client.attach('e', {flags: Mode.Publish, params: {modes: 'subscribe,object_subscribe'}})) & allModes, Mode.Subscribe | Mode.ObjectSubscribe);
  });

  test('cuts modes to the capability, and refuses when nothing is left', () => {
    const bench = new Bench();
    const client = bench.connect({token: bench.token({capability: '{"a:*":["subscribe"]}'})});
    assert.equal(flagsOf(client.attach('a:b')) & allModes, Mode.Subscribe | Mode.PresenceSubscribe);
    const refused = client.attach('b');
    assert.deepEqual([refused.action, refused.error?.code, refused.error?.statusCode], [Action.Error, 40160, 401]);
    assert.equal(client.closed, false);
  });

  test('echoes the parameters it knows and no others (RTL4k1)', () => {
    const client = new Bench().connect();
    assert.deepEqual(client.attach('c', {params: {rewind: '1', agent: 'x', modes: 'publish'}}).params, {rewind: '1', modes: 'publish'});
    assert.equal('params' in client.attach('d', {params: {agent: 'x'}}), false);
  });

  test('always says where the channel is, also when nothing ever happened there', () => {
    const frame = new Bench().connect().attach('untouched');
    assert.match(frame.channelSerial ?? '', /^\d{14}-\d{3}@series$/);
    assert.equal(flagsOf(frame) & (Flag.Resumed | Flag.HasBacklog | Flag.HasPresence), 0);
  });

  test('refuses impossible names with 40010 and keeps the connection', () => {
    const client = new Bench().connect();
    for (const name of ['', ':', ':a', '::']) assert.equal(client.attach(name).error?.code, 40010);
    assert.equal(client.publish(':a', {name: 'x'}).error?.code, 40010);
    assert.equal(client.closed, false);
  });

  test('again while attached says RESUMED and replays nothing', () => {
    const client = new Bench().connect();
    client.attach('c', {params: {rewind: '5'}});
    client.publish('c', {data: '1'});
    client.take();
    const frame = client.attach('c', {params: {rewind: '5'}});
    assert.equal(flagsOf(frame) & Flag.Resumed, Flag.Resumed);
    assert.deepEqual(texts(client), []);
  });

  test('DETACH ends delivery', () => {
    const client = new Bench().connect();
    client.attach('c');
    client.send({action: Action.Detach, channel: 'c'});
    assert.equal(client.take(Action.Detached).length, 1);
    client.publish('c', {data: '1'});
    assert.deepEqual(texts(client), []);
  });
});

describe('continuity (RTL15b, RTL4c1)', () => {
  test('a client that was away gets everything after its serial, in order and once, then what is live', () => {
    const bench = new Bench();
    const writer = bench.connect();
    const reader = bench.connect();
    reader.attach('c');
    writer.publish('c', {data: '1'});
    const [seen] = reader.take(Action.Message);
    reader.drop();
    writer.publish('c', {data: '2'});
    writer.publish('c', {data: '3'});
    const again = bench.connect({resumeKey: reader.key});
    const attached = again.attach('c', {channelSerial: seen?.channelSerial});
    assert.equal(flagsOf(attached) & (Flag.Resumed | Flag.HasBacklog), Flag.Resumed | Flag.HasBacklog);
    writer.publish('c', {data: '4'});
    assert.deepEqual(texts(again), ['2', '3', '4']);
  });

  test('should the line break before the replay, the serial in ATTACHED asks for it again', () => {
    const bench = new Bench();
    const writer = bench.connect();
    const reader = bench.connect();
    const {channelSerial} = reader.attach('c');
    reader.drop();
    writer.publish('c', {data: '1'});
    const attached = bench.connect().attach('c', {channelSerial});
    const again = bench.connect();
    again.attach('c', {channelSerial: attached.channelSerial});
    assert.deepEqual(texts(again), ['1']);
  });

  test('appends that were missed come as one whole message, and deltas from then on', () => {
    const bench = new Bench();
    const writer = bench.connect();
    const reader = bench.connect();
    reader.attach('c');
    const serial = serialIn(writer.publish('c', {name: 'answer', data: 'a'}));
    const [seen] = reader.take(Action.Message);
    reader.drop();
    for (const data of ['b', 'c']) writer.publish('c', {action: 5, serial, data});
    const again = bench.connect();
    again.attach('c', {channelSerial: seen?.channelSerial});
    writer.publish('c', {action: 5, serial, data: 'd'});
    assert.deepEqual(again.takeMessages().map(({action, data, name}) => [action, data, name]), [[1, 'abc', 'answer'], [5, 'd', 'answer']]);
  });

  test('an unknown serial attaches at the head without RESUMED and says why (RTL12)', () => {
    const bench = new Bench();
    bench.connect().publish('c', {data: '1'});
    const client = bench.connect();
    for (const channelSerial of ['garbage', '01700000000000-000@elsewhere']) {
      const frame = client.attach('c', {channelSerial});
      assert.equal(flagsOf(frame) & Flag.Resumed, 0);
      assert.equal(frame.error?.code, 80008);
      client.send({action: Action.Detach, channel: 'c'});
      client.take();
    }
  });

  test('history that was trimmed in between is a gap', () => {
    const bench = new Bench({limits: {maxHistory: 10}});
    const client = bench.connect();
    const {channelSerial} = client.attach('c');
    client.drop();
    const writer = bench.connect();
    for (let index = 0; index < 1_000; index++) writer.publish('c', {data: String(index)});
    assert.equal(bench.connect().attach('c', {channelSerial}).error?.code, 80008);
  });

  test('more missed messages than can be replayed are a gap', () => {
    const bench = new Bench({limits: {maxReplay: 2}});
    const {channelSerial} = bench.connect().attach('c');
    const writer = bench.connect();
    for (const data of ['1', '2', '3']) writer.publish('c', {data});
    const late = bench.connect();
    assert.equal(late.attach('c', {channelSerial}).error?.code, 80008);
    assert.deepEqual(texts(late), []);
  });

  test('a forced gap re-attaches everybody without RESUMED, and nobody continues from before', () => {
    const bench = new Bench();
    const client = bench.connect();
    const before = client.attach('c');
    client.take();
    breakContinuity(bench.broker.channels.get(bench.broker.apps.get('app')!, 'c'));
    bench.environment.settle();
    const [frame] = client.take(Action.Attached);
    assert.deepEqual([flagsOf(frame ?? {}) & Flag.Resumed, frame?.error?.code], [0, 80008]);
    assert.equal(bench.connect().attach('c', {channelSerial: before.channelSerial}).error?.code, 80008);
  });
});

describe('rewind', () => {
  const prepared = () => {
    const bench = new Bench();
    const writer = bench.connect();
    for (const data of ['1', '2', '3']) {
      writer.publish('c', {data});
      bench.environment.advance(10_000);
    }
    return bench;
  };

  test('by number replays the latest, oldest first, also to the publisher itself', () => {
    const bench = prepared();
    const client = bench.connect();
    client.publish('c', {data: '4'});
    assert.equal(flagsOf(client.attach('c', {params: {rewind: '2'}})) & Flag.HasBacklog, Flag.HasBacklog);
    assert.deepEqual(texts(client), ['3', '4']);
  });

  test('by time replays what is younger', () => {
    const client = prepared().connect();
    client.attach('c', {params: {rewind: '25s'}});
    assert.deepEqual(texts(client), ['2', '3']);
    client.attach('d', {params: {rewind: '2m'}});
    assert.equal(flagsOf(client.attach('d', {params: {rewind: '2m'}})) & Flag.HasBacklog, 0);
  });

  test('does not happen on a resume, and happens again after a detach', () => {
    const client = prepared().connect();
    const {channelSerial} = client.attach('c', {params: {rewind: '1'}});
    client.send({action: Action.Detach, channel: 'c'});
    client.take();
    client.attach('c', {params: {rewind: '1'}, channelSerial});
    assert.deepEqual(texts(client), []);
    client.send({action: Action.Detach, channel: 'c'});
    client.attach('c', {params: {rewind: '1'}, flags: Flag.AttachResume});
    assert.deepEqual(texts(client), []);
    client.send({action: Action.Detach, channel: 'c'});
    client.attach('c', {params: {rewind: '1'}});
    assert.deepEqual(texts(client), ['3']);
  });

  test('nonsense fails the channel', () => {
    assert.equal(new Bench().connect().attach('c', {params: {rewind: 'sideways'}}).error?.code, 40000);
  });
});

describe('a channel nobody uses', () => {
  test('leaves memory, and is the same when it comes back', () => {
    const bench = new Bench();
    const client = bench.connect();
    client.attach('c');
    client.publish('c', {data: '1'});
    client.send({action: Action.Close});
    assert.equal(bench.broker.channels.size, 1);
    bench.environment.advance(10_000);
    assert.equal(bench.broker.channels.size, 0);
    const again = bench.connect();
    again.attach('c', {params: {rewind: '1'}});
    assert.deepEqual(texts(again), ['1']);
  });
});
