import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import type Ably from 'ably';
import {brokerFixture, collect} from './broker-helpers.ts';

describe('presence of the real SDK', () => {
  const fixture = brokerFixture();

  test('a member enters, updates and leaves before everybody else', async () => {
    const watcher = fixture.realtime({useBinaryProtocol: false}).channels.get('room');
    const seen = collect<Ably.PresenceMessage>(3);
    await watcher.presence.subscribe(seen.push);
    const room = fixture.realtime({clientId: 'ada'}).channels.get('room');
    await room.presence.enter({mood: 'fine'});
    await room.presence.update(Buffer.from('raw'));
    await room.presence.leave();
    const [enter, update, leave] = await seen.all;
    assert.deepEqual([enter?.action, enter?.clientId, enter?.data], ['enter', 'ada', {mood: 'fine'}]);
    assert.deepEqual([update?.action, Buffer.from(update?.data as Buffer).toString()], ['update', 'raw']);
    assert.equal(leave?.action, 'leave');
  });

  test('a newcomer is told of all members, page by page', async () => {
    const crowd = fixture.realtime().channels.get('crowd');
    const names = Array.from({length: 230}, (_, index) => `member-${index}`);
    await Promise.all(names.map((name) => crowd.presence.enterClient(name, name)));
    const members = await fixture.realtime().channels.get('crowd').presence.get();
    assert.deepEqual(members.map(({clientId}) => clientId).sort(), names.toSorted());
    const page = await fixture.rest().channels.get('crowd').presence.get({limit: 150});
    const rest = await page.next();
    assert.equal(page.items.length + (rest?.items.length ?? 0), 230);
  });

  test('an anonymous connection cannot enter', async () => {
    const {token} = await fixture.rest().auth.requestToken();
    const room = fixture.realtime({token}).channels.get('room');
    await assert.rejects(room.presence.enterClient('somebody'), {code: 40012});
  });
});
