import assert from 'node:assert/strict';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, describe, test} from 'node:test';
import {type ChannelStore, type ObjectRecord, type Query, type Store} from '../../../broker/core/store.ts';
import {type Annotation} from '../../../broker/protocol/annotations.ts';
import {type Message} from '../../../broker/protocol/messages.ts';
import {MemoryStore} from '../../../broker/store/memory.ts';
import {SqliteStore} from '../../../broker/store/sqlite.ts';
import {appRecord} from '../harness.ts';

const directory = mkdtempSync(join(tmpdir(), 'broker-store-'));
after(() => rmSync(directory, {recursive: true}));
let files = 0;
const newFile = (): string => join(directory, `${++files}.db`);

const serial = (number: number): string => `${String(number).padStart(14, '0')}-000@s:000`;

function message(number: number, fields: Partial<Message> = {}): Message {
  const own = serial(number);
  return {id: `id-${number}`, serial: own, timestamp: number, action: 0, version: {serial: own, timestamp: number}, data: `data ${number}`, ...fields};
}

const revised = (original: Message, number: number, fields: Partial<Message> = {}): Message => ({
  ...original, action: 1, version: {serial: serial(number), timestamp: number}, ...fields,
});

const backwards = (fields: Partial<Query> = {}): Query => ({direction: 'backwards', limit: 100, ...fields});
const forwards = (fields: Partial<Query> = {}): Query => ({direction: 'forwards', limit: 100, ...fields});
const times = (messages: readonly {timestamp: number}[]): number[] => messages.map(({timestamp}) => timestamp);

/** The suite every store passes. */
function storeSuite(name: string, open: () => Store): void {
  describe(`a ${name} store`, () => {
    const withMessages = (): ChannelStore => {
      const channel = open().channel('app', 'c');
      for (let number = 1; number <= 5; number++) channel.insert(message(number), false);
      return channel;
    };

    test('gives history in either direction, in pages, within times, before a serial', () => {
      const channel = withMessages();
      assert.deepEqual(times(channel.history(backwards())), [5, 4, 3, 2, 1]);
      assert.deepEqual(times(channel.history(forwards())), [1, 2, 3, 4, 5]);
      assert.deepEqual(times(channel.history(backwards({limit: 2}))), [5, 4]);
      assert.deepEqual(times(channel.history(backwards({limit: 2, cursor: serial(4)}))), [3, 2]);
      assert.deepEqual(times(channel.history(forwards({cursor: serial(4)}))), [5]);
      assert.deepEqual(times(channel.history(forwards({start: 2, end: 4}))), [2, 3, 4]);
      assert.deepEqual(times(channel.history(backwards({before: serial(3)}))), [2, 1]);
      assert.deepEqual(times(channel.history(backwards({before: serial(4), cursor: serial(3)}))), [2, 1]);
      assert.deepEqual(times(channel.history(backwards({start: 10}))), []);
    });

    test('keeps text, bytes, and every field of a message', () => {
      const channel = open().channel('app', 'c');
      const full = message(1, {name: 'n', clientId: 'ada', connectionId: 'x', extras: {headers: {a: [1]}}, data: new Uint8Array([0, 255]), encoding: 'utf-8'});
      channel.insert(full, false);
      assert.deepEqual(channel.get(serial(1)), full);
      const empty = message(2, {data: ''});
      channel.insert(empty, false);
      assert.deepEqual(channel.get(serial(2)), empty);
      assert.equal(channel.get(serial(3)), undefined);
    });

    test('shows an appended message as one update with all its data', () => {
      const channel = open().channel('app', 'c');
      const original = message(1, {data: 'a', extras: {x: 1}});
      channel.insert(original, false);
      let whole = original;
      for (const [number, data] of [[2, 'b'], [3, 'c']] as const) {
        whole = revised(original, number, {data: String(whole.data) + data, extras: {x: number}});
        channel.append(whole, {...whole, action: 5, data});
      }
      assert.deepEqual(channel.get(original.serial), whole);
      assert.deepEqual(channel.history(backwards()), [whole]);
      assert.deepEqual(channel.versions(original.serial), [whole]);
      channel.rewrite(whole);
      assert.deepEqual(channel.get(original.serial), whole);
    });

    test('keeps the versions before an update, oldest first, appends folded into them', () => {
      const channel = open().channel('app', 'c');
      const original = message(1, {data: 'a'});
      channel.insert(original, false);
      const updated = revised(original, 2, {data: 'b'});
      channel.revise(updated);
      const appended = revised(original, 3, {data: 'bc'});
      channel.append(appended, {...appended, action: 5, data: 'c'});
      const deleted = revised(original, 4, {action: 2});
      channel.revise(deleted);
      assert.deepEqual(channel.versions(original.serial), [original, appended, deleted]);
      assert.deepEqual(channel.get(original.serial), deleted);
      assert.deepEqual(channel.versions('none'), []);
    });

    test('tells what was created or changed after a serial, once each, by latest change', () => {
      const channel = withMessages();
      const second = revised(message(2), 6, {data: 'data 2+'});
      channel.append(second, {...second, action: 5, data: '+'});
      channel.revise(revised(message(4), 7, {data: 'new'}));
      assert.deepEqual(channel.changedAfter(serial(3), 10).map(({data}) => data), ['data 5', 'data 2+', 'new']);
      assert.deepEqual(channel.changedAfter(serial(3), 2).map(({data}) => data), ['data 5', 'data 2+']);
      assert.deepEqual(channel.changedAfter(serial(7), 10), []);
      assert.equal(channel.changedAfter('', 10).length, 5);
    });

    test('finds a message by the id its publisher gave it', () => {
      const channel = open().channel('app', 'c');
      channel.insert(message(1), true);
      channel.insert(message(2), false);
      assert.equal(channel.serialOfId('id-1'), serial(1));
      assert.equal(channel.serialOfId('id-2'), undefined);
    });

    test('trims the oldest and remembers how far', () => {
      const channel = withMessages();
      channel.trim(2);
      assert.deepEqual(times(channel.history(forwards())), [4, 5]);
      assert.equal(channel.trimmedTo, serial(3));
      assert.deepEqual(times(channel.changedAfter('', 10)), [4, 5]);
      channel.trim(2);
      const gone = revised(message(1), 9);
      channel.append(gone, {...gone, action: 5});
      channel.revise(gone);
      channel.rewrite(gone);
      assert.equal(channel.get(serial(1)), undefined);
      assert.deepEqual(channel.changedAfter(serial(5), 10), []);
    });

    test('keeps presence events and annotations in order', () => {
      const channel = open().channel('app', 'c');
      const member = {clientId: 'ada', connectionId: 'x', action: 2, data: new Uint8Array([1])} as const;
      for (const number of [1, 2, 3]) channel.insertPresence(serial(number), {...member, id: `x:${number}:0`, timestamp: number});
      assert.deepEqual(channel.presenceHistory(backwards({limit: 2})).map(({serial: at, item}) => [at, item.timestamp, item.data]), [
        [serial(3), 3, new Uint8Array([1])],
        [serial(2), 2, new Uint8Array([1])],
      ]);
      const annotation = (number: number): Annotation => ({id: `a${number}`, action: 0, serial: serial(number), messageSerial: serial(1), type: 't:total.v1', timestamp: number});
      for (const number of [4, 5]) channel.insertAnnotation(annotation(number));
      assert.deepEqual(times(channel.annotations(serial(1), forwards())), [4, 5]);
      assert.deepEqual(channel.annotations(serial(2), forwards()), []);
    });

    test('keeps objects and each of their entries', () => {
      const channel = open().channel('app', 'c');
      const map: ObjectRecord = {objectId: 'root', created: true, tombstone: false, siteTimeserials: {s: serial(1)}, map: {semantics: 0, entries: {}}};
      const counter: ObjectRecord = {objectId: 'counter:x@1', created: true, tombstone: false, siteTimeserials: {}, counter: {count: 1}};
      channel.saveObject(map);
      channel.saveEntry('root', 'bytes', {data: {bytes: new Uint8Array([7])}, timeserial: serial(1)});
      channel.saveEntry('root', '__proto__', {data: {number: 1}});
      channel.saveEntry('root', 'gone', {data: {number: 1}});
      channel.deleteEntry('root', 'gone');
      channel.saveObject(counter);
      channel.saveObject({...counter, counter: {count: 2}});
      const [first, second] = channel.loadObjects().sort((left, right) => (left.objectId > right.objectId ? -1 : 1));
      assert.deepEqual(Object.entries(first?.map?.entries ?? {}).sort(), [
        ['__proto__', {data: {number: 1}}],
        ['bytes', {data: {bytes: new Uint8Array([7])}, timeserial: serial(1)}],
      ]);
      assert.deepEqual(second?.counter, {count: 2});
      channel.deleteObject('root');
      assert.equal(channel.loadObjects().length, 1);
      channel.saveObjectPublish('once', ['a', 'b']);
      assert.deepEqual(channel.objectPublish('once'), ['a', 'b']);
      assert.equal(channel.objectPublish('never'), undefined);
    });

    test('keeps apps apart, and deletes one with everything in it', () => {
      const store = open();
      store.saveApp(appRecord('one'));
      store.saveApp(appRecord('two'));
      store.channel('one', 'c').insert(message(1), false);
      assert.deepEqual(store.channel('two', 'c').history(backwards()), []);
      store.channel('two', 'c').insert(message(2), false);
      store.deleteApp('one');
      assert.deepEqual(store.apps().map(({appId}) => appId), ['two']);
      assert.deepEqual(store.channel('one', 'c').history(backwards()), []);
      assert.deepEqual(times(store.channel('two', 'c').history(backwards())), [2]);
    });
  });
}

storeSuite('memory', () => new MemoryStore('series'));
storeSuite('SQLite', () => new SqliteStore(newFile(), 'series'));

describe('a SQLite file', () => {
  test('opened again holds what was committed, under the same series', () => {
    const file = newFile();
    const first = new SqliteStore(file, 'one');
    first.saveApp(appRecord('app'));
    first.channel('app', 'c').insert(message(1), true);
    first.commit(serial(9));
    first.close();
    const second = new SqliteStore(file, 'two');
    assert.equal(second.series, 'one');
    assert.ok((second.lastSerial ?? '') >= serial(9).slice(0, 18));
    assert.deepEqual(second.apps(), [appRecord('app')]);
    assert.deepEqual(second.channel('app', 'c').history(backwards()), [message(1)]);
    second.close();
  });

  test('holds appends that were committed, whether or not they were folded, after a process that ended without a close', () => {
    const file = newFile();
    const first = new SqliteStore(file, 'one');
    const channel = first.channel('app', 'c');
    const start = message(1, {data: '', name: 'answer', extras: {headers: {run: '1'}}});
    const bytes = message(2, {data: new Uint8Array([0])});
    channel.insert(start, false);
    channel.insert(bytes, false);
    let [text, binary] = [start, bytes];
    for (let number = 3; number < 303; number++) {
      const delta = revised(text, number, {action: 5, data: 'ab'});
      text = revised(text, number, {data: `${String(text.data)}ab`});
      channel.append(text, delta);
    }
    const addition = new Uint8Array([255]);
    const before = binary;
    binary = revised(before, 303, {data: new Uint8Array([0, 255]), name: 'named'});
    channel.append(binary, revised(before, 303, {action: 5, data: addition, name: 'named'}));
    first.commit(serial(304));
    channel.append(revised(text, 305, {data: 'lost'}), revised(text, 305, {data: 'lost'}));
    // The file as a killed process leaves it: nothing is closed.
    const second = new SqliteStore(file, 'two').channel('app', 'c');
    assert.deepEqual(second.get(start.serial), text);
    assert.deepEqual(second.history(forwards()), [text, binary]);
    assert.deepEqual(second.changedAfter(serial(302), 10).map((found) => found.serial), [bytes.serial]);
    assert.deepEqual(second.versions(start.serial), [text]);
  });

  test('keeps the journal of appends short, however long the streams', () => {
    const file = newFile();
    const store = new SqliteStore(file, 'one');
    const channel = store.channel('app', 'c');
    const word = 'w'.repeat(4_000);
    let number = 0;
    const messages = Array.from({length: 10}, () => message(++number, {data: ''}));
    for (const item of messages) channel.insert(item, false);
    for (let round = 0; round < 150; round++) {
      for (const [index, current] of messages.entries()) {
        const next = revised(current, ++number, {data: `${String(current.data)}${word}`});
        channel.append(next, revised(current, number, {action: 5, data: word}));
        messages[index] = next;
      }
      store.commit(serial(number));
    }
    const {DatabaseSync} = process.getBuiltinModule('node:sqlite');
    const database = new DatabaseSync(file);
    const {size} = database.prepare('SELECT SUM(LENGTH(body)) AS size FROM journal').get() ?? {};
    database.close();
    assert.ok(Number(size) > 0 && Number(size) < 7_000_000, `${Number(size)} characters`);
    store.close();
    const again = new SqliteStore(file, 'two');
    assert.deepEqual(again.channel('app', 'c').history(forwards()), messages);
    again.close();
  });

  test('of another version is refused, with what to do', async () => {
    const file = newFile();
    const {DatabaseSync} = await import('node:sqlite');
    const database = new DatabaseSync(file);
    database.exec('PRAGMA user_version = 99');
    database.close();
    assert.throws(() => new SqliteStore(file, 'x'), ({message}: Error) => message.startsWith(file) && message.includes('another version') && message.includes('Move or delete it'));
  });
});
