import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import type Ably from 'ably';
import {brokerFixture, collect} from './broker-helpers.ts';

for (const useBinaryProtocol of [true, false]) {
  describe(`messages of the real SDK over ${useBinaryProtocol ? 'msgpack' : 'JSON'}`, () => {
    const fixture = brokerFixture();
    const connect = () => fixture.realtime({useBinaryProtocol});

    test('text, objects and bytes arrive as they were sent', async () => {
      const sender = connect().channels.get('kinds');
      const receiver = connect().channels.get('kinds');
      const received = collect<Ably.InboundMessage>(3);
      await receiver.subscribe(received.push);
      await sender.publish('text', 'héllo');
      await sender.publish('object', {nested: [1, {two: null}]});
      await sender.publish('bytes', Buffer.from([0, 255, 128]));
      const [text, object, bytes] = await received.all;
      assert.equal(text?.data, 'héllo');
      assert.deepEqual(object?.data, {nested: [1, {two: null}]});
      assert.deepEqual(Buffer.from(bytes?.data as Buffer), Buffer.from([0, 255, 128]));
    });

    test('a subscriber gets deltas, a latecomer the whole message first', async () => {
      const writer = connect().channels.get('stream');
      const early = connect().channels.get('stream');
      const late = connect().channels.get('stream');
      const seenEarly = collect<Ably.InboundMessage>(3);
      await early.subscribe(seenEarly.push);
      const {serials} = await writer.publish({name: 'answer', data: 'The', extras: {headers: {run: '1'}}});
      const serial = serials[0] ?? '';
      await writer.appendMessage({serial, data: ' whole'});
      const seenLate = collect<Ably.InboundMessage>(2);
      await late.subscribe(seenLate.push);
      await writer.appendMessage({serial, data: ' answer'});
      const lastEarly = (await seenEarly.all).map(({action, data}) => [action, data as unknown]);
      assert.deepEqual(lastEarly, [['message.create', 'The'], ['message.append', ' whole'], ['message.append', ' answer']]);
      await writer.appendMessage({serial, data: '.'});
      const [first, second] = await seenLate.all;
      assert.deepEqual([first?.action, first?.data, first?.name], ['message.update', 'The whole answer', 'answer']);
      assert.deepEqual([second?.action, second?.data, second?.name], ['message.append', '.', 'answer']);
      assert.deepEqual(second?.extras, {headers: {run: '1'}});
    });

    test('history pages through latest versions, up to where the channel was attached', async () => {
      const channel = connect().channels.get('paged');
      for (const data of ['a', 'b', 'c']) await channel.publish('m', data);
      const other = connect().channels.get('paged');
      await other.attach();
      await channel.publish('m', 'later');
      const page = await other.history({limit: 2, untilAttach: true});
      assert.deepEqual(page.items.map(({data}) => data as unknown), ['c', 'b']);
      const rest = await page.next();
      assert.ok(rest);
      assert.deepEqual(rest.items.map(({data}) => data as unknown), ['a']);
      assert.equal(rest.hasNext(), false);
    });

    test('an immutable namespace refuses operations with 93002', async () => {
      const channel = connect().channels.get('immutable:log');
      const {serials} = await channel.publish('m', 'x');
      await assert.rejects(channel.appendMessage({serial: serials[0] ?? '', data: 'y'}), {code: 93002});
    });
  });
}
