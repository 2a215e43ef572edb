import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {describe, test} from 'node:test';
import {Action, ObjectAction} from '../../../broker/protocol/actions.ts';
import {Flag, Mode} from '../../../broker/protocol/flags.ts';
import {Bench, type TestClient} from '../harness.ts';

const modes = Mode.ObjectPublish | Mode.ObjectSubscribe;
const send = (client: TestClient, ...operations: Record<string, unknown>[]) =>
  client.numbered({action: Action.Object, channel: 'c', state: operations.map((operation) => ({operation}))});
const set = (key: string, value: Record<string, unknown>, objectId = 'root') => ({action: ObjectAction.MapSet, objectId, mapSet: {key, value}});

function idFor(type: string, initialValue: string, nonce: string): string {
  return `${type}:${createHash('sha256').update(`${initialValue}:${nonce}`).digest('base64url')}@1700000000000`;
}

function counter(count: number, nonce = 'a-nonce-of-16-ch') {
  const initialValue = JSON.stringify({count});
  return {action: ObjectAction.CounterCreate, objectId: idFor('counter', initialValue, nonce), counterCreateWithObjectId: {initialValue, nonce}};
}

/** The state of every object as a newcomer gets it. */
function synced(bench: Bench) {
  const client = bench.connect();
  client.attach('c', {flags: modes});
  return client.take(Action.ObjectSync);
}

const stateOf = (bench: Bench, objectId: string) =>
  synced(bench).flatMap(({state}) => state ?? []).find(({object}) => object?.objectId === objectId)?.object;

describe('live objects', () => {
  test('the root is there from the start, and a sync follows every attach (RTO4)', () => {
    const client = new Bench().connect();
    const attached = client.attach('c', {flags: modes});
    assert.equal((attached.flags ?? 0) & Flag.HasObjects, Flag.HasObjects);
    const [sync] = client.take(Action.ObjectSync);
    assert.match(sync?.channelSerial ?? '', /^\w+:$/);
    assert.deepEqual(sync?.state, [{object: {objectId: 'root', siteTimeserials: {}, tombstone: false, map: {semantics: 0, entries: {}}}}]);
  });

  test('the publisher’s echo comes before its ACK, with the same serials and site (RTO20)', () => {
    const client = new Bench().connect();
    client.attach('c', {flags: modes});
    const site = client.frames[0]?.connectionDetails?.siteCode;
    client.take();
    send(client, set('a', {number: 1}), set('b', {string: 'x'}));
    const [echo, ack] = client.take();
    assert.deepEqual([echo?.action, ack?.action], [Action.Object, Action.Ack]);
    assert.deepEqual(echo?.state?.map(({serial}) => serial), ack?.res?.[0]?.serials);
    assert.ok(echo?.state?.every(({siteCode, serialTimestamp}) => siteCode === site && typeof serialTimestamp === 'number'));
  });

  test('a create with an id of the client’s is checked and expanded for everybody (RTO11f, RTO14)', () => {
    const bench = new Bench();
    const client = bench.connect();
    client.attach('c', {flags: modes});
    client.take();
    const create = counter(5);
    send(client, create);
    const [echo] = client.take(Action.Object);
    assert.deepEqual(echo?.state?.[0]?.operation, {action: ObjectAction.CounterCreate, objectId: create.objectId, counterCreate: {count: 5}});
    const forged = {...create, counterCreateWithObjectId: {...create.counterCreateWithObjectId, nonce: 'another'}};
    assert.equal(send(client, forged).error?.code, 92000);
  });

  test('counters add, and a create counts once', () => {
    const bench = new Bench();
    const client = bench.connect();
    const create = counter(5);
    send(client, create, {action: ObjectAction.CounterInc, objectId: create.objectId, counterInc: {number: 2.5}});
    send(client, create, {action: ObjectAction.CounterInc, objectId: create.objectId, counterInc: {number: -1}});
    assert.deepEqual(stateOf(bench, create.objectId)?.counter, {count: 6.5});
  });

  test('the last write of a key wins; what was removed or cleared is remembered as such (RTLM)', () => {
    const bench = new Bench();
    const client = bench.connect();
    send(client, set('a', {number: 1}), set('a', {number: 2}), set('b', {boolean: true}));
    send(client, {action: ObjectAction.MapRemove, objectId: 'root', mapRemove: {key: 'b'}});
    const {a, b} = stateOf(bench, 'root')?.map?.entries ?? {};
    assert.deepEqual(a?.data, {number: 2});
    assert.deepEqual([b?.tombstone, b?.serialTimestamp, b?.data], [true, bench.environment.now(), undefined]);
    const clear = send(client, {action: ObjectAction.MapClear, objectId: 'root', mapClear: {}});
    assert.deepEqual(stateOf(bench, 'root')?.map, {semantics: 0, entries: {}, clearTimeserial: clear.res?.[0]?.serials[0]});
  });

  test('a deleted object takes nothing any more, and is forgotten after the grace period (RTO10)', () => {
    const bench = new Bench();
    const client = bench.connect();
    const {objectId, ...create} = counter(5);
    send(client, {objectId, ...create}, {action: ObjectAction.ObjectDelete, objectId, objectDelete: {}});
    send(client, {action: ObjectAction.CounterInc, objectId, counterInc: {number: 1}});
    assert.deepEqual([stateOf(bench, objectId)?.tombstone, stateOf(bench, objectId)?.counter], [true, {count: 0}]);
    bench.environment.advance(24 * 3_600_000 + 1);
    assert.equal(stateOf(bench, objectId), undefined);
  });

  test('what cannot be applied is refused with 92000', () => {
    const client = new Bench().connect();
    const bad: Record<string, unknown>[] = [
      {action: 99, objectId: 'root'},
      {action: ObjectAction.MapSet, objectId: 'nonsense', mapSet: {key: 'a', value: {number: 1}}},
      {action: ObjectAction.CounterInc, objectId: 'root', counterInc: {number: 1}},
      {action: ObjectAction.MapCreate, objectId: 'root', mapCreate: {semantics: 0, entries: {}}},
      {action: ObjectAction.ObjectDelete, objectId: 'root'},
      set('a', {}),
    ];
    for (const operation of bad) assert.equal(send(client, operation).error?.code, 92000, JSON.stringify(operation));
    assert.equal(send(client, {action: ObjectAction.MapSet, objectId: 'root'}).error?.code, 40003);
  });

  test('a batch with one bad operation changes nothing', () => {
    const bench = new Bench();
    send(bench.connect(), set('a', {number: 1}), set('b', {}));
    assert.deepEqual(stateOf(bench, 'root')?.map?.entries, {});
  });

  test('a sync is paged, and a map may span pages (RTO5f2)', () => {
    const bench = new Bench();
    const client = bench.connect();
    for (const key of ['a', 'b', 'c']) send(client, set(key, {string: 'x'.repeat(64_000)}));
    const pages = synced(bench);
    assert.equal(pages.length, 3);
    assert.deepEqual(pages.map(({channelSerial}) => channelSerial?.endsWith(':')), [false, false, true]);
    assert.deepEqual(pages.flatMap(({state}) => Object.keys(state?.[0]?.object?.map?.entries ?? {})), ['a', 'b', 'c']);
  });

  test('need their capability and their modes', () => {
    const bench = new Bench();
    const reader = bench.connect({token: bench.token({capability: '{"c":["object-subscribe"]}'})});
    assert.equal((reader.attach('c', {flags: modes}).flags ?? 0) & modes, Mode.ObjectSubscribe);
    assert.equal(send(reader, set('a', {number: 1})).error?.code, 40160);
    const plain = bench.connect();
    assert.equal((plain.attach('c').flags ?? 0) & (modes | Flag.HasObjects), 0);
  });

  test('limits hold: too large a message, too many keys', () => {
    const bench = new Bench({limits: {maxMapEntries: 2}});
    const client = bench.connect();
    assert.equal(send(client, set('a', {string: 'x'.repeat(65_537)})).error?.code, 40009);
    assert.equal(send(client, set('a', {number: 1}), set('b', {number: 1})).action, Action.Ack);
    assert.equal(send(client, set('a', {number: 2}), set('c', {number: 1})).error?.code, 92001);
    assert.deepEqual(stateOf(bench, 'root')?.map?.entries.a?.data, {number: 1});
  });
});
