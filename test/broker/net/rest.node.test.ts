import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {decode} from '@msgpack/msgpack';
import {createServer, type Server} from 'node:http';
import {type AddressInfo} from 'node:net';
import {createBroker, defaultKey, startBroker, type RunningBroker} from '../../../broker/index.ts';

let broker: RunningBroker;
before(async () => {
  broker = await startBroker({port: 0});
});
after(() => broker.close());

const basic = (key = defaultKey) => `Basic ${Buffer.from(key).toString('base64')}`;

interface RequestOptions {
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
  key?: string | null;
}

function request(path: string, {method = 'GET', body, headers = {}, key = defaultKey}: RequestOptions = {}): Promise<Response> {
  return fetch(`${broker.url}${path}`, {
    method,
    headers: {...(key !== null && {authorization: basic(key)}), ...(body !== undefined && {'content-type': 'application/json'}), ...headers},
    ...(body !== undefined && {body: JSON.stringify(body)}),
  });
}

const post = (path: string, body: unknown, options: RequestOptions = {}) => request(path, {method: 'POST', body, ...options});
const json = async <Value>(response: Promise<Response> | Response): Promise<Value> => (await (await response).json()) as Value;

interface Item {
  data: unknown;
  encoding?: string;
  serial: string;
  name?: string;
  clientId?: string;
  connectionId?: string;
}

describe('REST', () => {
  test('tells the time to anybody', async () => {
    const [time] = await json<number[]>(request('/time', {key: null}));
    assert.ok(Math.abs((time ?? 0) - Date.now()) < 5_000);
  });

  test('answers in the format that Accept asks for, with a bare content type', async () => {
    const plain = await request('/time');
    assert.equal(plain.headers.get('content-type'), 'application/json');
    const packed = await request('/time', {headers: {accept: 'application/x-msgpack'}});
    assert.equal(packed.headers.get('content-type'), 'application/x-msgpack');
    assert.equal(typeof (decode(await packed.arrayBuffer()) as number[])[0], 'number');
  });

  test('publishes, and shows bytes as base64 in JSON and as they are in msgpack', async () => {
    const published = await post('/channels/bytes/messages', [{name: 'a', data: 'AQI=', encoding: 'base64'}, {name: 'b', data: {x: 1}}]);
    assert.equal(published.status, 201);
    const {channel, messageId, serials} = await json<{channel: string; messageId: string; serials: string[]}>(published);
    assert.deepEqual([channel, typeof messageId, serials.length], ['bytes', 'string', 2]);
    const [second, first] = await json<Item[]>(request('/channels/bytes/messages'));
    assert.deepEqual([first?.data, first?.encoding], ['AQI=', 'base64']);
    assert.deepEqual([second?.data, second?.encoding], ['{"x":1}', 'json']);
    assert.equal(first?.connectionId, undefined);
    const packed = await request('/channels/bytes/messages', {headers: {accept: 'application/x-msgpack'}});
    const [, bytes] = decode(await packed.arrayBuffer()) as Item[];
    assert.deepEqual(bytes?.data, new Uint8Array([1, 2]));
  });

  test('pages by relative links of one word, which repeat every parameter', async () => {
    for (const data of ['1', '2', '3']) await post('/channels/a%3Ab/messages', {data});
    const page = await request('/channels/a%3Ab/messages?limit=2&direction=forwards');
    const [, query] = /<\.\/messages\?([^>,]*)>; rel="next"/.exec(page.headers.get('link') ?? '') ?? [];
    assert.equal(new URLSearchParams(query).get('direction'), 'forwards');
    const rest = await request(`/channels/a%3Ab/messages?${query ?? ''}`);
    assert.deepEqual((await json<Item[]>(rest)).map(({data}) => data), ['3']);
    assert.doesNotMatch(rest.headers.get('link') ?? '', /rel="next"/);
  });

  test('wraps status and headers for browsers that cannot see them', async () => {
    await post('/channels/enveloped/messages', [{data: '1'}, {data: '2'}]);
    const page = await json<{statusCode: number; headers: {link: string}; response: Item[]}>(request('/channels/enveloped/messages?limit=1&envelope=json'));
    assert.equal(page.statusCode, 200);
    assert.match(page.headers.link, /rel="next"/);
    assert.deepEqual(page.response.map(({data}) => data), ['2']);
    const refused = await request('/channels/enveloped/messages?limit=0&envelope=json');
    assert.equal(refused.status, 200);
    const {statusCode, response} = await json<{statusCode: number; response: {error: {code: number}}}>(refused);
    assert.deepEqual([statusCode, response.error.code], [400, 40003]);
  });

  test('lets pages of any origin in, with credentials', async () => {
    const origin = 'http://localhost:3000';
    const preflight = await request('/channels/c/messages', {method: 'OPTIONS', key: null, headers: {origin, 'access-control-request-method': 'PATCH'}});
    assert.equal(preflight.status, 204);
    assert.equal(preflight.headers.get('access-control-allow-origin'), origin);
    assert.match(preflight.headers.get('access-control-allow-methods') ?? '', /PATCH/);
    for (const header of ['authorization', 'x-ably-clientid', 'x-ably-version', 'ably-agent', 'content-type']) {
      assert.ok(preflight.headers.get('access-control-allow-headers')?.toLowerCase().includes(header), header);
    }
    const answer = await request('/channels/c/messages', {headers: {origin}});
    assert.equal(answer.headers.get('access-control-allow-credentials'), 'true');
    assert.match(answer.headers.get('access-control-expose-headers') ?? '', /Link/);
  });

  test('refuses with a code in the body and in headers', async () => {
    const cases: [Promise<Response>, number, number][] = [
      [request('/channels/c/messages', {key: null}), 401, 40100],
      [request('/channels/c/messages', {key: 'local.demo:wrong'}), 401, 40101],
      [request('/keys/local.nobody/requestToken'), 404, 40400],
      [request('/channels/c/messages/none'), 404, 40400],
      [request('/channels/c/messages?limit=1001'), 400, 40003],
      [request('/channels/c/messages?direction=up'), 400, 40003],
      [post('/channels/c/messages', 'text'), 400, 40001],
      [request('/channels/c/messages', {method: 'POST', body: undefined, headers: {'content-type': 'application/json'}}), 400, 40001],
      [fetch(`${broker.url}/channels/c/messages`, {method: 'POST', headers: {authorization: basic()}, body: '{oops'}), 400, 40000],
      [fetch(`${broker.url}/channels/c/messages`, {method: 'POST', headers: {authorization: basic()}, body: 'x'.repeat(3_000_000)}), 413, 40009],
    ];
    for (const [pending, status, code] of cases) {
      const response = await pending;
      const {error} = await json<{error: {code: number; statusCode: number; message: string}}>(response);
      assert.deepEqual([response.status, error.code, error.statusCode, typeof error.message], [status, code, status, 'string']);
      assert.equal(response.headers.get('x-ably-errorcode'), String(code));
    }
  });

  test('history ends where `from_serial` says, inclusive (RTL10b)', async () => {
    const serials: string[] = [];
    for (const data of ['1', '2', '3']) serials.push((await json<{serials: string[]}>(post('/channels/until/messages', {data}))).serials[0] ?? '');
    const [channelSerial] = (serials[1] ?? '').split(':');
    const items = await json<Item[]>(request(`/channels/until/messages?from_serial=${encodeURIComponent(channelSerial ?? '')}`));
    assert.deepEqual(items.map(({data}) => data), ['2', '1']);
  });

  test('takes a channel with parameters or a filter in its name for the channel behind it', async () => {
    await post('/channels/behind/messages', {data: 'x'});
    for (const name of ['[?rewind=1]behind', `[filter=${btoa('name')}]behind`]) {
      const items = await json<Item[]>(request(`/channels/${encodeURIComponent(name)}/messages`));
      assert.deepEqual(items.map(({data}) => data), ['x']);
    }
  });

  test('updates a message, and shows it and its versions', async () => {
    const {serials} = await json<{serials: string[]}>(post('/channels/edit/messages', {name: 'n', data: '1'}));
    const path = `/channels/edit/messages/${encodeURIComponent(serials[0] ?? '')}`;
    const patched = await request(path, {method: 'PATCH', body: {action: 1, data: '2', version: {description: 'better'}}});
    const {versionSerial} = await json<{versionSerial: string}>(patched);
    const latest = await json<Item & {version: {serial: string; description: string}}>(request(path));
    assert.deepEqual([latest.data, latest.name, latest.version.serial, latest.version.description], ['2', 'n', versionSerial, 'better']);
    assert.deepEqual((await json<Item[]>(request(`${path}/versions`))).map(({data}) => data), ['1', '2']);
  });

  test('stamps the client id of the header, and refuses another', async () => {
    const headers = {'x-ably-clientid': Buffer.from('ada').toString('base64')};
    await post('/channels/who/messages', {data: '1'}, {headers});
    const [message] = await json<Item[]>(request('/channels/who/messages'));
    assert.equal(message?.clientId, 'ada');
    assert.equal((await post('/channels/who/messages', {data: '1', clientId: 'eve'}, {headers})).headers.get('x-ably-errorcode'), '40012');
  });

  test('publishes to many channels at once, each for itself (RSC22)', async () => {
    const body = {channels: ['one', ':bad'], messages: {data: 'x'}};
    interface Result { channel: string; messageId?: string; error?: {code: number} }
    const counted = await json<{successCount: number; failureCount: number; results: Result[]}>(post('/messages', body));
    assert.deepEqual([counted.successCount, counted.failureCount], [1, 1]);
    assert.match(counted.results[0]?.messageId ?? '', /:0$/);
    assert.equal(counted.results[1]?.error?.code, 40010);
    const flat = await json<Result[]>(post('/messages', body, {headers: {'x-ably-version': '2'}}));
    assert.deepEqual(flat.map(({channel}) => channel), ['one', ':bad']);
    assert.equal((await json<unknown[]>(post('/messages', [body]))).length, 1);
  });

  test('says what goes on on a channel (RSL8)', async () => {
    const {channelId, status} = await json<{channelId: string; status: {isActive: boolean; occupancy: {metrics: Record<string, number>}}}>(request('/channels/quiet'));
    assert.deepEqual([channelId, status.isActive], ['quiet', false]);
    assert.ok(Object.values(status.occupancy.metrics).every((value) => value === 0));
  });
});

describe('POST /apps', () => {
  const setup = {
    keys: [{}, {capability: '{"b:*":["subscribe","publish"],"a":["publish"]}'}],
    namespaces: [{id: 'mutable', mutableMessages: true}],
    channels: [{name: 'fixtures', presence: [{clientId: 'one', data: 'AQI=', encoding: 'base64'}, {clientId: 'two', data: 'x'}]}],
  };
  interface App {
    appId: string;
    keys: {keyName: string; keySecret: string; keyStr: string; capability: string}[];
    namespaces: unknown[];
    endpoint: string;
    port: number;
    tls: boolean;
  }
  const create = () => json<App>(post('/apps', setup, {key: null}));

  test('makes an app with the keys, namespaces and members asked for', async () => {
    const app = await create();
    assert.deepEqual(app.keys.map(({capability}) => capability), ['{"*":["*"]}', '{"a":["publish"],"b:*":["publish","subscribe"]}']);
    assert.ok(app.keys.every(({keyName, keySecret, keyStr}) => keyName.startsWith(`${app.appId}.`) && keyStr === `${keyName}:${keySecret}`));
    assert.deepEqual([app.namespaces.length, app.endpoint, app.port, app.tls], [1, 'localhost', broker.port, false]);
    const key = app.keys[0]?.keyStr ?? '';
    const members = await json<(Item & {action: number})[]>(request('/channels/fixtures/presence', {key}));
    assert.deepEqual(members.map(({clientId, data, action}) => [clientId, data, action]), [['one', 'AQI=', 1], ['two', 'x', 1]]);
    const events = await json<{action: number}[]>(request('/channels/fixtures/presence/history', {key}));
    assert.deepEqual(events.map(({action}) => action), [2, 2]);
    const plain = await json<{serials: string[]}>(post('/channels/plain/messages', {data: 'x'}, {key}));
    const refused = await request(`/channels/plain/messages/${encodeURIComponent(plain.serials[0] ?? '')}`, {method: 'PATCH', body: {action: 1, data: 'y'}, key});
    assert.equal(refused.headers.get('x-ably-errorcode'), '93002');
  });

  test('keeps apps apart, and forgets one when told to', async () => {
    const [one, two] = [await create(), await create()];
    const keyOf = (app: App) => app.keys[0]?.keyStr ?? '';
    await post('/channels/same/messages', {data: 'one'}, {key: keyOf(one)});
    assert.deepEqual(await json(request('/channels/same/messages', {key: keyOf(two)})), []);
    assert.equal((await request(`/apps/${two.appId}`, {method: 'DELETE', key: keyOf(one)})).status, 401);
    assert.equal((await request(`/apps/${one.appId}`, {method: 'DELETE', key: keyOf(one)})).status, 204);
    assert.equal((await request('/channels/same/messages', {key: keyOf(one)})).status, 401);
  });

  test('three hundred in a row leave nothing behind', async () => {
    const {broker: core} = broker.server;
    for (let index = 0; index < 300; index++) {
      const app = await create();
      const key = app.keys[0]?.keyStr ?? '';
      await post('/channels/c/messages', {data: 'x'}, {key});
      await request(`/apps/${app.appId}`, {method: 'DELETE', key});
    }
    assert.ok([...core.apps.all()].length < 10);
    core.channels.sweep();
    assert.ok(core.channels.size < 10);
  });
});

describe('a guest on another server', () => {
  let host: Server;
  const guest = createBroker();
  before(async () => {
    host = createServer((message, response) => {
      if (!guest.handleRequest(message, response)) response.end('the host');
    });
    host.on('upgrade', (message, socket, head) => {
      if (!guest.handleUpgrade(message, socket, head)) socket.destroy();
    });
    await new Promise<void>((resolve) => {
      host.listen(0, resolve);
    });
  });
  after(() => {
    guest.close();
    host.close();
    host.closeAllConnections();
  });

  test('answers its own paths and leaves the others', async () => {
    const url = `http://localhost:${(host.address() as AddressInfo).port}`;
    assert.equal(await (await fetch(`${url}/index.html`)).text(), 'the host');
    assert.equal(((await (await fetch(`${url}/time`)).json()) as number[]).length, 1);
    const socket = new WebSocket(`${url.replace('http', 'ws')}/?key=${defaultKey}&v=6&format=json`);
    const first = await new Promise<string>((resolve) => {
      socket.onmessage = ({data}) => resolve(String(data));
    });
    assert.match(first, /"action":4/);
    socket.close();
    const other = new WebSocket(`${url.replace('http', 'ws')}/?token=vite`);
    await new Promise((resolve) => {
      other.onerror = resolve;
    });
  });
});
