import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {Action} from '../../../broker/protocol/actions.ts';
import {Bench, serialIn} from '../harness.ts';

describe('a connection', () => {
  test('is told its id, key and limits when it opens (RTN4, CD2)', () => {
    const [frame] = new Bench().connect({clientId: 'ada'}).take();
    assert.equal(frame?.action, Action.Connected);
    assert.equal(frame.connectionDetails?.clientId, 'ada');
    assert.ok(frame.connectionDetails.connectionKey.startsWith(frame.connectionId ?? '?'));
    assert.equal(frame.connectionDetails.connectionStateTtl, 120_000);
    assert.equal(frame.connectionDetails.maxMessageSize, 65_536);
  });

  test('answers a ping with its id (RTN13e)', () => {
    const bench = new Bench();
    const client = bench.connect();
    client.take();
    client.send({action: Action.Heartbeat, id: 'ping-1'});
    bench.environment.advance(10);
    assert.deepEqual(client.take(), [{action: Action.Heartbeat, id: 'ping-1'}]);
  });

  test('hears something in every idle interval (RTN23a)', () => {
    const bench = new Bench();
    const heartbeats = bench.connect();
    const pings = bench.connect({heartbeats: false});
    heartbeats.take();
    pings.take();
    for (let interval = 1; interval <= 4; interval++) {
      bench.environment.advance(15_000);
      assert.ok(heartbeats.take(Action.Heartbeat).length >= 1);
      assert.ok(pings.pings >= interval);
    }
    assert.deepEqual(pings.take(), []);
  });

  test('whose other side shows no life for two intervals counts as lost, and its members leave', () => {
    const bench = new Bench();
    const watcher = bench.connect();
    watcher.attach('c');
    const client = bench.connect({clientId: 'ada'});
    client.numbered({action: Action.Presence, channel: 'c', presence: [{action: 2}]});
    client.isDead = true;
    bench.environment.advance(30_000);
    assert.equal(client.closed, false);
    bench.environment.advance(5_000);
    assert.equal(client.closed, true);
    watcher.take();
    bench.environment.advance(15_000);
    assert.deepEqual(watcher.take(Action.Presence).flatMap(({presence}) => presence?.map(({action}) => action)), [3]);
    assert.equal(watcher.closed, false);
  });

  test('keeps its id and gets a new key when it resumes (RTN15c6)', () => {
    const bench = new Bench();
    const client = bench.connect();
    client.drop();
    const again = bench.connect({resumeKey: client.key});
    const [frame] = again.take();
    assert.equal(frame?.connectionId, client.id);
    assert.equal(frame.error, undefined);
  });

  test('resumes by the key before the newest too, until the client speaks: the answer with the newest may have been lost', () => {
    const bench = new Bench();
    const client = bench.connect();
    const {key} = client;
    client.drop();
    bench.connect({resumeKey: key}).drop();
    const again = bench.connect({resumeKey: key});
    assert.equal(again.id, client.id);
    assert.notEqual(again.key, key);
    again.send({action: Action.Heartbeat});
    again.drop();
    assert.notEqual(bench.connect({resumeKey: key}).id, client.id);
    assert.equal(bench.connect({resumeKey: again.key}).id, client.id);
  });

  test('gets a new id and 80018 when its state is gone (RTN15c7)', () => {
    const bench = new Bench();
    const client = bench.connect();
    client.drop();
    bench.environment.advance(120_001);
    const [late] = bench.connect({resumeKey: client.key}).take();
    assert.notEqual(late?.connectionId, client.id);
    assert.deepEqual([late?.error?.code, late?.error?.statusCode], [80018, 400]);
    const [garbage] = bench.connect({resumeKey: '_____!fake-key____'}).take();
    assert.equal(garbage?.error?.code, 80018);
  });

  test('cannot be resumed by another client id', () => {
    const bench = new Bench();
    const client = bench.connect({clientId: 'ada'});
    client.drop();
    const [frame] = bench.connect({clientId: 'eve', resumeKey: client.key}).take();
    assert.equal(frame?.error?.code, 80018);
  });

  test('is forgotten at once when it closes (RTN12)', () => {
    const bench = new Bench();
    const client = bench.connect();
    client.take();
    client.send({action: Action.Close});
    assert.deepEqual(client.take(), [{action: Action.Closed}]);
    assert.ok(client.closed);
    assert.equal(bench.broker.connections.size, 0);
  });

  test('gets the same answer again for a publish repeated after a resume, and nothing is published twice (RTN19a2)', () => {
    const bench = new Bench();
    const watcher = bench.connect();
    watcher.attach('c');
    const client = bench.connect();
    const frame = {action: Action.Message, channel: 'c', messages: [{name: 'once'}]};
    const first = client.numbered(frame, 0);
    client.drop();
    const again = bench.connect({resumeKey: client.key});
    const second = again.numbered(frame, 0);
    assert.equal(serialIn(second), serialIn(first));
    assert.equal(watcher.takeMessages().length, 1);
  });

  test('gets one ACK for what it publishes in one turn, an entry for each (TR4s)', () => {
    const bench = new Bench();
    const client = bench.connect();
    client.take();
    for (const msgSerial of [0, 1, 2]) {
      if (client.connection) {
        bench.broker.connections.receive(client.connection, {
          action: Action.Message, channel: 'c', flags: 0, params: {}, msgSerial, messages: [{name: 'a'}, {name: 'b'}], presence: [], annotations: [], state: [],
        });
      }
    }
    bench.environment.settle();
    const [ack, ...rest] = client.take();
    assert.deepEqual(rest, []);
    assert.deepEqual([ack?.msgSerial, ack?.count, ack?.res?.map(({serials}) => serials.length)], [0, 3, [2, 2, 2]]);
  });
});

describe('a token connection', () => {
  test('is asked for a new token half a minute before the end, and disconnected at the end (RTN22, RTN15h)', () => {
    const bench = new Bench();
    const client = bench.connect({token: bench.token({ttl: 60_000})});
    client.take();
    bench.environment.advance(30_001);
    assert.equal(client.take(Action.Auth).length, 1);
    bench.environment.advance(30_000);
    const [end] = client.take(Action.Disconnected);
    assert.deepEqual([end?.error?.code, end?.error?.statusCode], [40142, 401]);
    assert.ok(client.closed);
  });

  test('goes on with a new token, whose capability counts at once (RTC8a)', () => {
    const bench = new Bench();
    const client = bench.connect({token: bench.token({capability: '{"c":["subscribe"],"gone":["subscribe"]}', ttl: 10_000})});
    client.attach('c');
    client.attach('gone');
    assert.equal(client.publish('c', {name: 'x'}).error?.code, 40160);
    const {connection} = client;
    assert.ok(connection);
    client.take();
    bench.broker.connections.reauthorise(connection, bench.broker.authenticator.authenticate({token: bench.token({capability: '{"c":["publish","subscribe"]}'})}));
    bench.environment.settle();
    const [connected, failed] = client.take();
    assert.deepEqual([connected?.action, connected?.connectionId], [Action.Connected, client.id]);
    assert.deepEqual([failed?.action, failed?.channel, failed?.error?.code], [Action.Error, 'gone', 40160]);
    assert.equal(client.publish('c', {name: 'x'}).action, Action.Ack);
    bench.environment.advance(20_000);
    assert.equal(client.closed, false);
  });

  test('cannot change its client id (RTC8a1)', () => {
    const bench = new Bench();
    const client = bench.connect({token: bench.token({clientId: 'ada'})});
    const other = bench.broker.authenticator.authenticate({token: bench.token({clientId: 'eve'})});
    const {connection} = client;
    assert.ok(connection);
    assert.throws(() => bench.broker.connections.reauthorise(connection, other), {code: 40102});
  });
});
