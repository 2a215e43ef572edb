import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {Action} from '../../../broker/protocol/actions.ts';
import {Bench, serialIn} from '../harness.ts';

function pair(options: ConstructorParameters<typeof Bench>[0] = {}) {
  const bench = new Bench(options);
  const writer = bench.connect({clientId: 'ada'});
  const reader = bench.connect();
  reader.attach('c');
  reader.take();
  return {bench, writer, reader, app: bench.broker.apps.get('app')!};
}

describe('publishing', () => {
  test('delivers with everything a client needs, and acknowledges with the same serial (TM2, PBR2)', () => {
    const {writer, reader, bench} = pair();
    const ack = writer.publish('c', {name: 'n', data: 'd', extras: {headers: {deep: {er: 1}}}});
    const [frame] = reader.take(Action.Message);
    const [message] = frame?.messages ?? [];
    assert.deepEqual(ack, {action: Action.Ack, msgSerial: 0, count: 1, res: [{serials: [message?.serial]}]});
    assert.deepEqual(message, {
      id: `${writer.id}:0:0`,
      name: 'n',
      data: 'd',
      extras: {headers: {deep: {er: 1}}},
      clientId: 'ada',
      connectionId: writer.id,
      timestamp: bench.environment.now(),
      serial: `${frame?.channelSerial ?? ''}:000`,
      action: 0,
      version: {serial: message?.serial, timestamp: bench.environment.now()},
    });
  });

  test('keeps serials in order within a millisecond and when the clock steps back', () => {
    const {writer} = pair();
    const serials = Array.from({length: 1_500}, () => serialIn(writer.publish('c', {name: 'x'})));
    assert.deepEqual(serials.toSorted(), serials);
    assert.equal(new Set(serials).size, 1_500);
  });

  test('is all or nothing (RSL1)', () => {
    const {writer, reader} = pair();
    assert.equal(writer.publish('c', {name: 'good'}, {name: 'bad', data: 42}).error?.code, 40013);
    assert.equal(writer.publish('c', {name: 'good'}, {name: 'bad', clientId: 'eve'}).error?.code, 40012);
    assert.deepEqual(reader.takeMessages(), []);
  });

  test('above the size limit is refused with 40009 (RSL1i)', () => {
    const {writer} = pair();
    assert.equal(writer.publish('c', {data: 'x'.repeat(65_537)}).error?.code, 40009);
    assert.equal(writer.publish('c', {data: 'é'.repeat(33_000)}).error?.code, 40009);
    assert.equal(writer.publish('c', {data: 'x'.repeat(65_536)}).action, Action.Ack);
  });

  test('of an id seen before is acknowledged with the old serial and delivered once (RSL1k)', () => {
    const {writer, reader} = pair();
    const first = writer.publish('c', {id: 'mine:0', data: '1'});
    const second = writer.publish('c', {id: 'mine:0', data: '2'});
    assert.equal(serialIn(second), serialIn(first));
    assert.deepEqual(reader.takeMessages().map(({data}) => data), ['1']);
  });

  test('needs the capability, not an attachment (RTL6c)', () => {
    const bench = new Bench();
    const client = bench.connect({token: bench.token({capability: '{"yes":["publish"],"no":["subscribe"]}'})});
    assert.equal(client.publish('yes', {name: 'x'}).action, Action.Ack);
    assert.deepEqual([client.publish('no', {name: 'x'}).error?.code, client.publish('other', {name: 'x'}).error?.code], [40160, 40160]);
  });

  test('is not echoed to a connection that does not want it (RTC1a)', () => {
    const bench = new Bench();
    const quiet = bench.connect({echo: false});
    quiet.attach('c');
    quiet.take();
    quiet.publish('c', {name: 'own'});
    bench.connect().publish('c', {name: 'other'});
    assert.deepEqual(quiet.takeMessages().map(({name}) => name), ['other']);
  });

  test('an ephemeral message is delivered live and nowhere else', () => {
    const {bench, writer, reader} = pair();
    writer.publish('c', {data: 'now', extras: {ephemeral: true}});
    assert.equal(reader.takeMessages().length, 1);
    const late = bench.connect();
    late.attach('c', {params: {rewind: '10'}});
    assert.deepEqual(late.takeMessages(), []);
  });

  test('a client id may be chosen by key holders and wildcard tokens, by nobody else (RSL1m)', () => {
    const bench = new Bench();
    const stamped = (client: ReturnType<typeof bench.connect>) => client.publish('c', {clientId: 'bob'});
    assert.equal(stamped(bench.connect()).action, Action.Ack);
    assert.equal(stamped(bench.connect({token: bench.token({clientId: '*'})})).action, Action.Ack);
    assert.equal(stamped(bench.connect({token: bench.token({clientId: 'bob'})})).action, Action.Ack);
    assert.equal(stamped(bench.connect({token: bench.token()})).error?.code, 40012);
    assert.equal(stamped(bench.connect({clientId: 'ada'})).error?.code, 40012);
  });
});

describe('mutable messages', () => {
  test('an update replaces what it gives and keeps the rest; the ACK carries the version (TM2s)', () => {
    const {writer, reader, bench} = pair();
    const serial = serialIn(writer.publish('c', {name: 'n', data: '1', extras: {a: 1}}));
    const created = bench.environment.now();
    reader.take();
    const ack = writer.publish('c', {action: 1, serial, data: '2', version: {description: 'why', metadata: {k: 'v'}}});
    const [message] = reader.takeMessages();
    assert.deepEqual([message?.name, message?.data, message?.extras, message?.action], ['n', '2', {a: 1}, 1]);
    assert.deepEqual(message?.version, {serial: serialIn(ack), timestamp: created + 1, clientId: 'ada', description: 'why', metadata: {k: 'v'}});
    assert.ok(serialIn(ack) > serial);
    assert.equal(message.timestamp, created);
  });

  test('a subscriber that has had the message gets deltas with name, extras and time; a latecomer the whole first', () => {
    const {writer, reader, bench} = pair();
    const serial = serialIn(writer.publish('c', {name: 'n', data: 'a', extras: {x: 1}}));
    reader.take();
    writer.publish('c', {action: 5, serial, data: 'b'});
    const late = bench.connect();
    late.attach('c');
    writer.publish('c', {action: 5, serial, data: 'c', extras: {x: 2}});
    writer.publish('c', {action: 5, serial, data: 'd'});
    const view = (client: typeof reader) => client.takeMessages().map(({action, data, name, extras}) => [action, data, name, extras]);
    assert.deepEqual(view(reader), [[5, 'b', 'n', {x: 1}], [5, 'c', 'n', {x: 2}], [5, 'd', 'n', {x: 2}]]);
    assert.deepEqual(view(late), [[1, 'abc', 'n', {x: 2}], [5, 'd', 'n', {x: 2}]]);
  });

  test('bytes append to bytes, and text does not append to bytes', () => {
    const {writer, reader} = pair();
    const serial = serialIn(writer.publish('c', {data: 'AQI=', encoding: 'base64'}));
    writer.publish('c', {action: 5, serial, data: 'Aw==', encoding: 'base64'});
    assert.equal(writer.publish('c', {action: 5, serial, data: 'text'}).error?.code, 40013);
    assert.deepEqual(reader.takeMessages().map(({data}) => data), [new Uint8Array([1, 2]), new Uint8Array([3])]);
  });

  test('a delete stays in the history as one', () => {
    const {writer, app, bench} = pair();
    const serial = serialIn(writer.publish('c', {name: 'n', data: '1'}));
    writer.publish('c', {action: 2, serial, data: '{}', encoding: 'json'});
    const [message] = bench.broker.channels.get(app, 'c').store.history({direction: 'backwards', limit: 10});
    assert.deepEqual([message?.action, message?.name, message?.data], [2, 'n', '{}']);
  });

  test('an unknown message, an action of the server, and a namespace without the rule are refused', () => {
    const {writer} = pair();
    assert.deepEqual([writer.publish('c', {action: 5, serial: 'nothing', data: 'x'}).error?.code], [40400]);
    const serial = serialIn(writer.publish('c', {data: 'x'}));
    assert.equal(writer.publish('c', {action: 4, serial}).error?.code, 40003);
    assert.equal(writer.publish('c', {action: 1, data: 'no serial'}).error?.code, 40003);
    const plain = serialIn(writer.publish('immutable:c', {data: 'x'}));
    const refused = writer.publish('immutable:c', {action: 1, serial: plain, data: 'y'});
    assert.deepEqual([refused.action, refused.error?.code, refused.error?.statusCode], [Action.Nack, 93002, 400]);
  });

  test('own messages need the right to one’s own, others’ the right to any', () => {
    const bench = new Bench();
    const capability = '{"c":["publish","message-update-own","message-delete-any"]}';
    const ada = bench.connect({token: bench.token({clientId: 'ada', capability})});
    const bob = bench.connect({token: bench.token({clientId: 'bob', capability})});
    const serial = serialIn(ada.publish('c', {data: '1'}));
    assert.equal(bob.publish('c', {action: 5, serial, data: '2'}).error?.code, 40160);
    assert.equal(ada.publish('c', {action: 5, serial, data: '2'}).action, Action.Ack);
    assert.equal(bob.publish('c', {action: 2, serial}).action, Action.Ack);
  });

  test('a rollup window delivers the appends within it as one, before anything behind them', () => {
    const {writer, bench} = pair();
    const slow = bench.connect({appendRollupWindow: 100});
    slow.attach('c');
    const serial = serialIn(writer.publish('c', {data: ''}));
    slow.take();
    let last = '';
    for (const data of ['a', 'b', 'c']) last = serialIn(writer.publish('c', {action: 5, serial, data}));
    assert.deepEqual(slow.takeMessages(), []);
    bench.environment.advance(100);
    const [delta, ...others] = slow.takeMessages();
    assert.deepEqual([delta?.action, delta?.data, delta?.version.serial, others], [5, 'abc', last, []]);
    writer.publish('c', {action: 5, serial, data: 'd'});
    writer.publish('c', {data: 'next'});
    assert.deepEqual(slow.takeMessages().map(({data}) => data), ['d', 'next']);
  });
});

describe('annotations', () => {
  test('are summed up for every subscriber (TAN, TM7)', () => {
    const {writer, reader, bench} = pair();
    const messageSerial = serialIn(writer.publish('c', {data: 'x'}));
    const other = bench.connect({clientId: 'bob'});
    reader.take();
    const react = (client: typeof writer, name: string, action = 0) =>
      client.numbered({action: Action.Annotation, channel: 'c', annotations: [{action, type: 'reaction:distinct.v1', name, messageSerial}]});
    react(writer, 'fire');
    react(other, 'fire');
    react(other, 'heart');
    react(other, 'fire', 1);
    const last = reader.takeMessages().at(-1);
    assert.equal(last?.action, 4);
    assert.deepEqual(last.annotations?.summary, {
      'reaction:distinct.v1': {
        fire: {total: 1, clientIds: ['ada'], clipped: false},
        heart: {total: 1, clientIds: ['bob'], clipped: false},
      },
    });
    assert.equal(react(writer, 'x').action, Action.Ack);
  });
});
