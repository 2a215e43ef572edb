import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import type Ably from 'ably';
import {startBroker} from '../../broker/index.ts';
import {Action} from '../../broker/protocol/actions.ts';
import {WireClient} from '../broker/net/wire-client.ts';
import {brokerFixture, collect, type Realtime} from './broker-helpers.ts';

describe('the real SDK on a line that fails', () => {
  const fixture = brokerFixture({faults: true});
  const faults = () => {
    const switches = fixture.broker.server.faults;
    assert.ok(switches);
    return switches;
  };
  const state = (client: Realtime, wanted: Ably.ConnectionState) => client.connection.whenState(wanted);

  test('resumes after a cut and gets what it missed, once and in order', async () => {
    const writer = fixture.rest().channels.get('cut');
    const client = fixture.realtime({clientId: 'ada', disconnectedRetryTimeout: 50});
    const channel = client.channels.get('cut');
    const received = collect<Ably.InboundMessage>(3);
    await channel.subscribe(received.push);
    const {id} = client.connection;
    await writer.publish('m', '1');
    faults().goDark({clientId: 'ada'});
    await state(client, 'disconnected');
    await writer.publish('m', '2');
    faults().lightUp();
    await state(client, 'connected');
    await writer.publish('m', '3');
    assert.deepEqual((await received.all).map(({data}) => data as unknown), ['1', '2', '3']);
    assert.equal(client.connection.id, id);
    assert.equal(channel.state, 'attached');
  });

  test('what it publishes while cut off arrives once, also when the ACK was lost', async () => {
    const reader = fixture.realtime().channels.get('lost-ack');
    const received = collect<Ably.InboundMessage>(2);
    await reader.subscribe(received.push);
    const client = fixture.realtime({clientId: 'bob'});
    const channel = client.channels.get('lost-ack');
    await channel.attach();
    faults().set({dropAcks: true});
    const delivered = new Promise<void>((resolve) => {
      void reader.subscribe('first', () => resolve());
    });
    const first = channel.publish('first', '1');
    await delivered;
    faults().set({dropAcks: false});
    faults().cut({clientId: 'bob'});
    const {serials} = await first;
    await channel.publish('second', '2');
    const messages = await received.all;
    assert.deepEqual(messages.map(({name}) => name), ['first', 'second']);
    assert.equal(serials[0], messages[0]?.serial);
  });

  test('a refused resume gives a new connection that continues its channels', async () => {
    const client = fixture.realtime({clientId: 'carol'});
    const channel = client.channels.get('refused');
    const received = collect<Ably.InboundMessage>(1);
    await channel.subscribe(received.push);
    const {id} = client.connection;
    faults().set({refuseResumes: true});
    const attached = new Promise<Ably.ChannelStateChange>((resolve) => channel.once('attached', resolve));
    faults().cut({clientId: 'carol'});
    await fixture.rest().channels.get('refused').publish('m', 'missed');
    assert.equal((await attached).resumed, true);
    assert.notEqual(client.connection.id, id);
    assert.deepEqual((await received.all).map(({data}) => data as unknown), ['missed']);
    faults().reset();
  });

  test('a forced gap shows as an update that was not resumed', async () => {
    const channel = fixture.realtime().channels.get('gap');
    await channel.attach();
    const update = new Promise<Ably.ChannelStateChange>((resolve) => channel.once('update', resolve));
    faults().forceGap('gap');
    const {resumed, reason} = await update;
    assert.deepEqual([resumed, reason?.code], [false, 80008]);
  });

  test('expired tokens are renewed without losing the connection', async () => {
    let tokens = 0;
    const client = fixture.realtime({
      authCallback: (_, done) => {
        tokens++;
        void fixture.rest().auth.createTokenRequest({clientId: 'dave'}).then((request) => done(null, request));
      },
    });
    await state(client, 'connected');
    const {id} = client.connection;
    const again = new Promise((resolve) => client.connection.once('disconnected', () => client.connection.once('connected', resolve)));
    faults().expireTokens();
    await again;
    assert.equal(tokens, 2);
    assert.equal(client.connection.id, id);
  });

  test('in-band re-authorisation widens what it may do', async () => {
    const grant = async (operations: string[]) => (await fixture.rest().auth.requestToken({capability: {narrow: operations as Ably.capabilityOp[]}})).token;
    const client = fixture.realtime({token: await grant(['subscribe'])});
    const channel = client.channels.get('narrow');
    await channel.attach();
    await assert.rejects(channel.publish('m', 'x'), {code: 40160});
    await client.auth.authorize({}, {token: await grant(['subscribe', 'publish'])});
    await channel.publish('m', 'x');
  });

  test('a frozen line stands still and goes on', async () => {
    const client = fixture.realtime({clientId: 'erin'});
    const channel = client.channels.get('frozen');
    const received = collect<Ably.InboundMessage>(1);
    await channel.subscribe(received.push);
    faults().freeze({clientId: 'erin'});
    await fixture.rest().channels.get('frozen').publish('m', 'late');
    faults().thaw();
    assert.equal((await received.all).length, 1);
  });

  test('members leave when their line stays down, and stay when it comes back in time', async () => {
    const watcher = fixture.realtime().channels.get('leaving');
    const left = new Promise<Ably.PresenceMessage>((resolve) => {
      void watcher.presence.subscribe('leave', resolve);
    });
    await watcher.attach();
    faults().shorten({presenceLeaveDelay: 20});
    const client = fixture.realtime({clientId: 'fred'});
    await client.channels.get('leaving').presence.enter();
    faults().goDark({clientId: 'fred'});
    assert.equal((await left).clientId, 'fred');
    faults().reset();
  });

  test('the switches work over HTTP, and are refused when the broker was started without', async () => {
    const post = (url: string, body: unknown) =>
      fetch(`${url}/admin/faults`, {method: 'POST', headers: {'content-type': 'application/json'}, body: JSON.stringify(body)});
    const on = await post(fixture.broker.url, {ackDelay: 5, limits: {presenceLeaveDelay: 10}, dark: {clientId: 'nobody'}});
    assert.deepEqual([on.status, ((await on.json()) as {ackDelay: number}).ackDelay], [200, 5]);
    await post(fixture.broker.url, {reset: true});
    const plain = await startBroker({port: 0});
    const refused = await post(plain.url, {cut: true});
    assert.deepEqual([refused.status, refused.headers.get('x-ably-errorcode')], [403, '40300']);
    await plain.close();
  });
});

describe('a subscriber that does not read', () => {
  const fixture = brokerFixture({limits: {maxBacklog: 200_000}});

  test('is disconnected with a reason at the limit, and does not hold up the others', async () => {
    const slow = new WireClient(fixture.broker.port);
    await slow.next(({action}) => action === Action.Connected);
    slow.send({action: Action.Attach, channel: 'flood'});
    await slow.next(({action}) => action === Action.Attached);
    slow.socket.pause();
    const quick = fixture.realtime().channels.get('flood');
    const writer = fixture.realtime().channels.get('flood');
    const count = 400;
    const received = collect<Ably.InboundMessage>(count);
    await quick.subscribe(received.push);
    for (let index = 0; index < count; index++) await writer.publish('m', 'x'.repeat(30_000));
    await received.all;
    const connections = [...fixture.broker.server.broker.connections.all()];
    assert.equal(connections.filter(({link}) => link !== undefined).length, 2);
    slow.socket.resume();
    const reason = await slow.next(({action}) => action === Action.Disconnected);
    assert.equal(reason?.error?.code, 42912);
  });
});
