import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import type Ably from 'ably';
import {LiveCounter, LiveMap, LiveObjects} from 'ably/liveobjects';
import {brokerFixture} from './broker-helpers.ts';


for (const useBinaryProtocol of [true, false]) {
  describe(`live objects of the real SDK over ${useBinaryProtocol ? 'msgpack' : 'JSON'}`, () => {
    const fixture = brokerFixture();
    const modes: Ably.ChannelMode[] = ['OBJECT_PUBLISH', 'OBJECT_SUBSCRIBE'];
    const connect = (name: string) =>
      fixture.realtime({useBinaryProtocol, plugins: {LiveObjects}}).channels.get(name, {modes});

    test('maps and counters of one client reach another, live and on attach', async () => {
      const name = `plan-${String(useBinaryProtocol)}`;
      const mine = await connect(name).object.get();
      const theirs = await connect(name).object.get();
      const arrived = new Promise<void>((resolve) => {
        theirs.subscribe(() => {
          if (theirs.get('done').value() === true) resolve();
        });
      });
      await mine.set('plan', LiveMap.create({destination: 'Porto', days: 4, far: -Number.MAX_SAFE_INTEGER, photo: Buffer.from([1, 2, 3])}));
      await mine.set('budget', LiveCounter.create(100));
      await mine.get('budget').increment(25);
      await mine.get('plan').remove('days');
      await mine.set('done', true);
      await arrived;
      const expected = {plan: {destination: 'Porto', far: -Number.MAX_SAFE_INTEGER, photo: 'AQID'}, budget: 125, done: true};
      assert.deepEqual(theirs.compactJson(), expected);
      assert.deepEqual(mine.compactJson(), expected);
      const late = await connect(name).object.get();
      assert.deepEqual(late.compactJson(), expected);
    });

    test('a map larger than a page arrives whole', async () => {
      const name = `large-${String(useBinaryProtocol)}`;
      const root = await connect(name).object.get();
      const value = 'x'.repeat(40_000);
      for (const key of ['a', 'b', 'c', 'd']) await root.set(key, value);
      const late = await connect(name).object.get();
      assert.deepEqual(Object.keys(late.compactJson() ?? {}).sort(), ['a', 'b', 'c', 'd']);
    });
  });
}

describe('live objects over REST', () => {
  const fixture = brokerFixture();

  test('operations by path create, change and show objects', async () => {
    const rest = fixture.rest();
    const post = (body: unknown) => rest.request('post', '/channels/trip/object', 3, {}, body);
    await post({path: 'outer', mapCreate: {semantics: 0, entries: {name: {data: {string: 'x'}}}}});
    await post({path: 'outer.count', counterCreate: {count: 3}});
    await post({path: 'outer.count', counterInc: {number: 4}, id: 'once'});
    await post({path: 'outer.count', counterInc: {number: 4}, id: 'once'});
    const {items} = await rest.request('get', '/channels/trip/object', 3, {});
    assert.deepEqual(items, [{outer: {name: 'x', count: 7}}]);
    const missing = await rest.request('get', '/channels/trip/object', 3, {path: 'nowhere'});
    assert.equal(missing.statusCode, 404);
  });
});
