import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {Action, PresenceAction} from '../../../broker/protocol/actions.ts';
import {Flag, Mode} from '../../../broker/protocol/flags.ts';
import {Bench, appRecord, type TestClient} from '../harness.ts';

const announce = (client: TestClient, action: number, extra: Record<string, unknown> = {}) =>
  client.numbered({action: Action.Presence, channel: 'c', presence: [{action, ...extra}]});
const enter = (client: TestClient, extra: Record<string, unknown> = {}) => announce(client, PresenceAction.Enter, extra);
const seen = (client: TestClient) => client.take(Action.Presence).flatMap((frame) => (frame.presence ?? []).map(({action, clientId}) => [action, clientId]));

function room() {
  const bench = new Bench();
  const watcher = bench.connect();
  watcher.attach('c');
  const ada = bench.connect({clientId: 'ada'});
  ada.attach('c');
  watcher.take();
  return {bench, watcher, ada};
}

describe('presence', () => {
  test('events carry who, where and when, with an id that tells which is newer (RTP2b)', () => {
    const {bench, watcher, ada} = room();
    assert.deepEqual(enter(ada, {data: 'here'}).res, [{serials: []}]);
    const [frame] = watcher.take(Action.Presence);
    assert.ok(frame?.channelSerial);
    assert.deepEqual(frame.presence, [
      {action: PresenceAction.Enter, data: 'here', id: `${ada.id}:0:0`, clientId: 'ada', connectionId: ada.id, timestamp: bench.environment.now()},
    ]);
  });

  test('an update of somebody absent enters, a leave of somebody absent is acknowledged', () => {
    const {watcher, ada} = room();
    assert.equal(announce(ada, PresenceAction.Leave).action, Action.Ack);
    announce(ada, PresenceAction.Update);
    announce(ada, PresenceAction.Update);
    announce(ada, PresenceAction.Leave);
    assert.deepEqual(seen(watcher), [[PresenceAction.Enter, 'ada'], [PresenceAction.Update, 'ada'], [PresenceAction.Leave, 'ada']]);
  });

  test('entering again under the same id tells nobody: after an attach the SDK repeats itself (RTP17g)', () => {
    const {watcher, ada} = room();
    enter(ada);
    seen(watcher);
    assert.equal(enter(ada, {id: `${ada.id}:0:0`}).action, Action.Ack);
    assert.deepEqual(seen(watcher), []);
  });

  test('needs a client id', () => {
    const bench = new Bench();
    const nobody = bench.connect({token: bench.token()});
    assert.equal(enter(nobody).error?.code, 40012);
    const anybody = bench.connect();
    assert.equal(enter(anybody).error?.code, 40012);
    assert.equal(enter(anybody, {clientId: 'bob'}).action, Action.Ack);
    assert.equal(enter(bench.connect({clientId: 'ada'}), {clientId: 'bob'}).error?.code, 40012);
  });

  test('needs the capability and the mode', () => {
    const bench = new Bench();
    const mute = bench.connect({token: bench.token({clientId: 'ada', capability: '{"c":["subscribe"]}'})});
    assert.equal(enter(mute).error?.code, 40160);
    const client = bench.connect({clientId: 'ada'});
    client.attach('c', {flags: Mode.Subscribe});
    assert.equal(enter(client).error?.code, 40160);
  });

  test('a newcomer is told of everybody after ATTACHED, page by page, also when resumed (RTP1, RTP18)', () => {
    const bench = new Bench();
    const crowd = bench.connect();
    for (let index = 0; index < 230; index++) enter(crowd, {clientId: `m${index}`});
    const client = bench.connect();
    const {channelSerial, flags = 0} = client.attach('c');
    assert.equal(flags & Flag.HasPresence, Flag.HasPresence);
    const pages = client.take(Action.Sync);
    assert.deepEqual(pages.map(({presence}) => presence?.length), [100, 100, 30]);
    assert.ok(pages.every(({presence}) => presence?.every(({action}) => action === PresenceAction.Present)));
    const cursors = pages.map((page) => page.channelSerial?.split(':'));
    assert.equal(new Set(cursors.map((parts) => parts?.[0])).size, 1);
    assert.deepEqual(cursors.map((parts) => parts?.[1] === ''), [false, false, true]);
    client.drop();
    const again = bench.connect();
    assert.equal((again.attach('c', {channelSerial}).flags ?? 0) & (Flag.HasPresence | Flag.Resumed), Flag.HasPresence | Flag.Resumed);
    assert.equal(again.take(Action.Sync).length, 3);
  });

  test('a client may ask for the whole set (RTP18b)', () => {
    const {ada} = room();
    enter(ada);
    ada.take();
    ada.send({action: Action.Sync, channel: 'c'});
    assert.deepEqual(ada.take(Action.Sync).map(({presence}) => presence?.length), [1]);
  });

  test('members leave at once with CLOSE and DETACH', () => {
    const {bench, watcher, ada} = room();
    enter(ada);
    const bob = bench.connect({clientId: 'bob'});
    enter(bob);
    seen(watcher);
    ada.send({action: Action.Detach, channel: 'c'});
    bob.send({action: Action.Close});
    assert.deepEqual(seen(watcher), [[PresenceAction.Leave, 'ada'], [PresenceAction.Leave, 'bob']]);
  });

  test('members of a dead socket leave after a while, under an id that is not their connection’s (RTP2b1)', () => {
    const {bench, watcher, ada} = room();
    enter(ada, {data: 'x'});
    ada.drop();
    bench.environment.advance(14_999);
    seen(watcher);
    bench.environment.advance(1);
    const [frame] = watcher.take(Action.Presence);
    const [leave] = frame?.presence ?? [];
    assert.deepEqual([leave?.action, leave?.clientId, leave?.data], [PresenceAction.Leave, 'ada', 'x']);
    assert.ok(!leave?.id.startsWith(ada.id));
  });

  test('a resume in time keeps members; `remainPresentFor` sets the delay, at least a second', () => {
    const {bench, watcher, ada} = room();
    enter(ada);
    seen(watcher);
    ada.drop();
    bench.environment.advance(10_000);
    const again = bench.connect({clientId: 'ada', resumeKey: ada.key, remainPresentFor: 0});
    bench.environment.advance(60_000);
    assert.deepEqual(seen(watcher), []);
    again.drop();
    bench.environment.advance(999);
    assert.deepEqual(seen(watcher), []);
    bench.environment.advance(1);
    assert.deepEqual(seen(watcher), [[PresenceAction.Leave, 'ada']]);
  });

  test('is limited per channel', () => {
    const bench = new Bench({limits: {maxMembers: 2}});
    const client = bench.connect();
    enter(client, {clientId: 'a'});
    enter(client, {clientId: 'b'});
    assert.equal(enter(client, {clientId: 'c'}).error?.code, 91003);
    assert.equal(announce(client, PresenceAction.Update, {clientId: 'a'}).action, Action.Ack);
  });

  test('an app’s own members are always there', () => {
    const member = {action: PresenceAction.Present, id: 'x:0:0', clientId: 'fixed', connectionId: 'x', timestamp: 1};
    const bench = new Bench({apps: [{...appRecord(), fixtures: {c: [member]}}]});
    const client = bench.connect();
    client.attach('c');
    assert.deepEqual(client.take(Action.Sync).flatMap(({presence}) => presence), [member]);
    client.send({action: Action.Close});
    bench.environment.advance(60_000);
    assert.equal(bench.broker.channels.size, 0);
  });
});
