import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {readFilter} from '../../../broker/core/filter.ts';
import {Action} from '../../../broker/protocol/actions.ts';
import {Flag, Mode, allModes, defaultModes} from '../../../broker/protocol/flags.ts';
import {type Message} from '../../../broker/protocol/messages.ts';
import {Bench, serialIn, type TestClient} from '../harness.ts';

const texts = (client: TestClient) => client.takeMessages().map(({data}) => data);
const filtered = (expression: string, channel: string, query = ''): string => `[filter=${Buffer.from(expression).toString('base64')}${query}]${channel}`;

describe('a channel with parameters in its name', () => {
  test('is the channel behind it, with those parameters, under the name the client says', () => {
    const bench = new Bench();
    const writer = bench.connect();
    for (const data of ['1', '2', '3']) writer.publish('c', {data});
    const reader = bench.connect();
    const attached = reader.attach('[?rewind=2]c');
    assert.equal((attached.flags ?? 0) & Flag.HasBacklog, Flag.HasBacklog);
    assert.deepEqual(attached.params, {rewind: '2'});
    writer.publish('c', {data: '4'});
    const frames = reader.frames.filter(({action}) => action === Action.Message);
    assert.ok(frames.length > 0 && frames.every(({channel}) => channel === '[?rewind=2]c'));
    assert.deepEqual(texts(reader), ['2', '3', '4']);
  });

  test('can be published to, and its members are those of the channel', () => {
    const bench = new Bench();
    const plain = bench.connect();
    plain.attach('c');
    const client = bench.connect({clientId: 'ada'});
    client.attach('[?rewind=1]c');
    client.publish('[?rewind=1]c', {data: 'x'});
    assert.deepEqual(texts(plain), ['x']);
    client.numbered({action: Action.Presence, channel: '[?rewind=1]c', presence: [{action: 2}]});
    assert.equal(plain.take(Action.Presence)[0]?.channel, 'c');
  });

  test('leaves presence with the last of its attachments only', () => {
    const bench = new Bench();
    const watcher = bench.connect();
    watcher.attach('c');
    const client = bench.connect({clientId: 'ada'});
    client.attach('c');
    client.attach('[?rewind=1]c');
    client.numbered({action: Action.Presence, channel: 'c', presence: [{action: 2}]});
    watcher.take();
    client.send({action: Action.Detach, channel: '[?rewind=1]c'});
    assert.deepEqual(watcher.take(Action.Presence), []);
    client.send({action: Action.Detach, channel: 'c'});
    assert.equal(watcher.take(Action.Presence).length, 1);
  });

  test('of another kind, such as a metachannel, is a channel of its own', () => {
    const client = new Bench().connect();
    assert.equal((client.attach('[meta]c').flags ?? 0) & allModes, defaultModes);
    client.publish('c', {data: 'x'});
    assert.deepEqual(texts(client), []);
  });

  test('has to have a name behind the brackets', () => {
    const client = new Bench().connect();
    for (const name of ['[?rewind=1]', '[?rewind=1]:a', filtered('name', '')]) assert.equal(client.attach(name).error?.code, 40010);
  });
});

describe('a filtered channel', () => {
  const publishAll = (writer: TestClient): void => {
    writer.publish('c', {name: 'a', data: '1', extras: {headers: {number: 5}}}, {name: 'a', data: '2'}, {name: 'b', data: '3', extras: {headers: {number: 5}}});
    writer.publish('c', {name: 'b', data: '4'});
  };

  test('delivers the messages its expression selects, also of a batch, and of the past', () => {
    const bench = new Bench();
    const writer = bench.connect();
    const reader = bench.connect();
    const name = filtered('name == `"a"` && headers.number == `5`', 'c');
    assert.equal((reader.attach(name).flags ?? 0) & allModes, Mode.Subscribe);
    publishAll(writer);
    assert.deepEqual(texts(reader), ['1']);
    const late = bench.connect();
    late.attach(filtered("name == 'b'", 'c', '?rewind=10'));
    assert.deepEqual(texts(late), ['3', '4']);
  });

  test('delivers what is appended to a message it selects', () => {
    const bench = new Bench();
    const writer = bench.connect();
    const reader = bench.connect();
    reader.attach(filtered("name == 'answer'", 'c'));
    const answer = serialIn(writer.publish('c', {name: 'answer', data: 'a'}));
    const other = serialIn(writer.publish('c', {name: 'other', data: 'a'}));
    for (const serial of [answer, other]) writer.publish('c', {action: 5, serial, data: 'b'});
    assert.deepEqual(texts(reader), ['a', 'b']);
  });

  test('can only be subscribed to, by those whose capability says so', () => {
    const bench = new Bench();
    const name = filtered('name', 'c');
    assert.equal(bench.connect().publish(name, {data: 'x'}).error?.code, 40160);
    const narrow = bench.connect({token: bench.token({capability: '{"c":["subscribe"]}'})});
    assert.equal(narrow.attach(name).error?.code, 40160);
    const permitted = bench.connect({token: bench.token({capability: '{"[filter]c":["subscribe"]}'})});
    assert.equal(permitted.attach(name).action, Action.Attached);
  });

  test('refuses what is no expression', () => {
    const client = new Bench().connect();
    for (const text of ['', 'name ==', 'a b', '(a', 'a)', '`x`', 'f(a, b)', 'a.`1`', `${'('.repeat(100)}a`, `${'!'.repeat(100)}a`, 'a'.repeat(5_000), '#', "'a"]) {
      assert.equal(client.attach(filtered(text, 'c')).error?.code, 40000, text);
    }
    assert.equal(client.attach('[filter=%]c').error?.code, 40000);
    assert.equal(client.closed, false);
  });
});

describe('a filter expression', () => {
  const message: Message = {
    id: 'x:0', serial: 's', timestamp: 1, action: 0, version: {serial: 's', timestamp: 1}, name: 'greeting', clientId: 'ada',
    extras: {headers: {number: 5, flag: false, empty: '', 'odd key': "it's", list: [1, 'two']}},
  };
  const cases: [string, boolean][] = [
    ['name', true], ['missing', false], ['headers.flag', false], ['headers.empty', false], ['!headers.flag', true], ['@', true],
    ["name == 'greeting'", true], ['name != `"greeting"`', false], ["headers.\"odd key\" == 'it\\'s'", true],
    ['headers.number > `4`', true], ['headers.number >= `5`', true], ['headers.number < `5`', false], ['headers.number <= `5`', true], ["name > 'a'", false],
    ['missing == `null`', true], ['headers.list == `[1, "two"]`', true], ['headers.number.deeper', false], ['headers.constructor', false],
    ["starts_with(name, 'greet')", true], ["ends_with(name, 'x')", false], ["contains(headers.list, 'two')", true], ["contains(name, 'eet')", true],
    ['missing || name', true], ['name && missing', false], ["missing && name || clientId == 'ada'", true], ["missing && (name || clientId == 'ada')", false],
  ];
  for (const [expression, expected] of cases) {
    test(`${expression} is ${String(expected)}`, () => assert.equal(readFilter(expression)(message), expected));
  }
});
