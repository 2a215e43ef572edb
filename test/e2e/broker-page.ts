/** What the page of the broker's browser tests does: each scenario uses the real SDK and returns what it saw. */
import Ably from 'ably';
import {LiveCounter, LiveMap, LiveObjects} from 'ably/liveobjects';

interface Address {
  port: number;
  key: string;
}

const open = new Set<InstanceType<typeof Ably.Realtime>>();

function connect({port, key}: Address, options: Ably.ClientOptions = {}): InstanceType<typeof Ably.Realtime> {
  const client = new Ably.Realtime({
    endpoint: 'localhost', port, tls: false, logLevel: 0, disableConnectivityCheck: true, disconnectedRetryTimeout: 50, plugins: {LiveObjects},
    ...(options.authCallback ? {} : {key}), ...options,
  });
  open.add(client);
  return client;
}

/** The first `count` values handed to `push`. */
function collect<Item>(count: number): {push: (item: Item) => void; all: Promise<Item[]>} {
  const items: Item[] = [];
  let resolve: (items: Item[]) => void = () => undefined;
  const all = new Promise<Item[]>((done) => (resolve = done));
  return {
    push(item) {
      items.push(item);
      if (items.length === count) resolve(items);
    },
    all,
  };
}

async function fault({port}: Address, body: unknown): Promise<void> {
  await fetch(`http://localhost:${port}/admin/faults`, {method: 'POST', headers: {'content-type': 'application/json'}, body: JSON.stringify(body)});
}

/** A failure as far as applications look at it. */
async function failure(promise: Promise<unknown>): Promise<{code?: number; statusCode?: number}> {
  try {
    await promise;
    return {};
  } catch (error) {
    const {code, statusCode} = error as Ably.ErrorInfo;
    return {code, statusCode};
  }
}

export const scenarios = {
  async messages(at: Address) {
    const received = collect<Ably.InboundMessage>(3);
    await connect(at).channels.get('kinds').subscribe(received.push);
    const sender = connect(at).channels.get('kinds');
    await sender.publish('text', 'héllo');
    await sender.publish('object', {nested: [1, {two: null}]});
    await sender.publish('bytes', new Uint8Array([0, 255, 128]));
    const [text, object, bytes] = await received.all;
    return [text?.data as unknown, object?.data as unknown, [...new Uint8Array(bytes?.data as ArrayBuffer)]];
  },

  async history(at: Address) {
    const client = connect(at);
    const channel = client.channels.get('paged');
    for (const data of ['a', 'b', 'c', 'd', 'e']) await channel.publish('m', data);
    const pages: unknown[][] = [];
    let page: Ably.PaginatedResult<Ably.InboundMessage> | null = await channel.history({limit: 2});
    for (; page; page = page.hasNext() ? await page.next() : null) pages.push(page.items.map(({data}) => data as unknown));
    return {pages, unknown: await failure(channel.getMessage('00000000000000-000@none:000'))};
  },

  async mutable(at: Address) {
    const writer = connect(at).channels.get('stream');
    const early = collect<Ably.InboundMessage>(4);
    await connect(at).channels.get('stream').subscribe(early.push);
    const {serials} = await writer.publish({name: 'answer', data: 'The', extras: {headers: {run: '1'}}});
    const serial = serials[0] ?? '';
    await writer.appendMessage({serial, data: ' whole'});
    const late = collect<Ably.InboundMessage>(2);
    await connect(at).channels.get('stream').subscribe(late.push);
    await writer.appendMessage({serial, data: ' answer'});
    await writer.appendMessage({serial, data: '.'});
    const shown = ({action, name, data, extras}: Ably.InboundMessage): unknown[] => [action, name, data as unknown, extras as unknown];
    const latest = await writer.getMessage(serial);
    return {early: (await early.all).map(shown), late: (await late.all).map(shown), latest: shown(latest as Ably.InboundMessage)};
  },

  async presence(at: Address) {
    const watcher = connect(at).channels.get('room');
    const seen = collect<Ably.PresenceMessage>(3);
    await watcher.presence.subscribe(seen.push);
    const room = connect(at, {clientId: 'ada'}).channels.get('room');
    await room.presence.enter({mood: 'fine'});
    const members = await watcher.presence.get();
    await room.presence.update('busy');
    await room.presence.leave();
    return {members: members.map(({clientId}) => clientId), seen: (await seen.all).map(({action, clientId, data}) => [action, clientId, data as unknown])};
  },

  async objects(at: Address) {
    const get = () => connect(at).channels.get('plan', {modes: ['OBJECT_PUBLISH', 'OBJECT_SUBSCRIBE']}).object.get();
    const mine = await get();
    const theirs = await get();
    const arrived = new Promise<void>((resolve) => {
      theirs.subscribe(() => {
        if (theirs.get('done').value() === true) resolve();
      });
    });
    await mine.set('plan', LiveMap.create({destination: 'Porto', days: 4, photo: new Uint8Array([1, 2, 3]).buffer}));
    await mine.set('budget', LiveCounter.create(100));
    await mine.get('budget').increment(25);
    await mine.get('plan').remove('days');
    await mine.set('done', true);
    await arrived;
    return {live: theirs.compactJson(), late: (await get()).compactJson()};
  },

  async tokens(at: Address) {
    const keyHolder = new Ably.Rest({endpoint: 'localhost', port: at.port, tls: false, key: at.key, logLevel: 0});
    let asked = 0;
    const client = connect(at, {
      authCallback: (_, done) => {
        asked++;
        void keyHolder.auth.createTokenRequest({clientId: 'dave'}).then((request) => done(null, request));
      },
    });
    await client.connection.whenState('connected');
    const {id} = client.connection;
    const reasons: (number | undefined)[] = [];
    client.connection.on('disconnected', ({reason}) => reasons.push(reason?.code));
    const again = new Promise((resolve) => client.connection.once('disconnected', () => client.connection.once('connected', resolve)));
    await fault(at, {expireTokens: true});
    await again;
    await client.channels.get('after-renewal').publish('m', 'x');
    return {asked, reasons, isSame: client.connection.id === id, clientId: client.auth.clientId};
  },

  async resume(at: Address) {
    const writer = connect(at).channels.get('cut');
    const client = connect(at, {clientId: 'erin'});
    const received = collect<Ably.InboundMessage>(3);
    await client.channels.get('cut').subscribe(received.push);
    const {id} = client.connection;
    await writer.publish('m', '1');
    await fault(at, {dark: {clientId: 'erin'}});
    await client.connection.whenState('disconnected');
    await writer.publish('m', '2');
    await fault(at, {dark: false});
    await client.connection.whenState('connected');
    await writer.publish('m', '3');
    return {texts: (await received.all).map(({data}) => data as unknown), isSame: client.connection.id === id};
  },

  async gap(at: Address) {
    const channel = connect(at).channels.get('gap');
    await channel.attach();
    const update = new Promise<Ably.ChannelStateChange>((resolve) => channel.once('update', resolve));
    await fault(at, {gap: 'gap'});
    const {resumed, reason} = await update;
    return {resumed, code: reason?.code};
  },
};

export function closeAll(): void {
  for (const client of open) client.close();
  open.clear();
}

Object.assign(globalThis, {scenarios, closeAll});
