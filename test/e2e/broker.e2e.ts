/** The real SDK in a real browser on the broker: JSON over WebSocket, REST through CORS and the envelope. */
import assert from 'node:assert/strict';
import {createServer} from 'node:http';
import {type AddressInfo} from 'node:net';
import {join} from 'node:path';
import {after, afterEach, before, describe, test} from 'node:test';
import {chromium, type Browser, type Page} from 'playwright-core';
import {build, type Rolldown} from 'vite';
import {defaultKey, startBroker, type RunningBroker} from '../../broker/index.ts';
import {browserArguments, findBrowser} from '../../scripts/find-browser.mjs';
import {type closeAll, type scenarios} from './broker-page.ts';

type Scenarios = typeof scenarios;

/** The page's script with the SDK in it. */
async function bundle(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    build: {write: false, minify: false, lib: {entry: join(import.meta.dirname, 'broker-page.ts'), formats: ['iife'], name: 'brokerPage'}},
  });
  const [bundled] = result as Rolldown.RolldownOutput[]; // one for each format, without a watcher
  assert.ok(bundled);
  return bundled.output[0].code;
}

describe('the broker in a browser', () => {
  const requests: URL[] = [];
  const problems: string[] = [];
  const sockets: string[] = [];
  let broker: RunningBroker;
  let browser: Browser;
  let page: Page;
  // Another origin than the broker's: requests have to pass CORS.
  const site = createServer((_, response) => response.setHeader('content-type', 'text/html').end('<!doctype html><title>broker</title>'));

  before(async () => {
    const script = await bundle();
    broker = await startBroker({port: 0, faults: true});
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    browser = await chromium.launch({executablePath: findBrowser(), args: browserArguments});
    page = await browser.newPage();
    page.on('pageerror', (error) => problems.push(error.stack ?? error.message));
    page.on('request', (request) => requests.push(new URL(request.url())));
    page.on('websocket', (socket) => sockets.push(socket.url()));
    await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`); // a TCP server has an address of this kind
    await page.addScriptTag({content: script});
  });

  afterEach(async () => {
    broker.server.faults?.reset();
    await page.evaluate(() => (globalThis as unknown as {closeAll: typeof closeAll}).closeAll()); // the page's script put it there
    assert.deepEqual(problems.splice(0), []);
  });

  after(async () => {
    await browser.close();
    await broker.close();
    site.close();
  });

  async function play<Name extends keyof Scenarios>(name: Name): Promise<Awaited<ReturnType<Scenarios[Name]>>> {
    const run = ({name, at}: {name: keyof Scenarios; at: Parameters<Scenarios[Name]>[0]}): Promise<unknown> =>
      (globalThis as unknown as {scenarios: Scenarios}).scenarios[name](at); // the page's script put them there
    const seen: unknown = await page.evaluate(run, {name, at: {port: broker.port, key: defaultKey}});
    return seen as Awaited<ReturnType<Scenarios[Name]>>; // what the scenario returned, by way of JSON
  }

  test('text, objects and bytes arrive as they were sent, as JSON', async () => {
    assert.deepEqual(await play('messages'), ['héllo', {nested: [1, {two: null}]}, [0, 255, 128]]);
    assert.ok(sockets.length > 0 && sockets.every((url) => new URL(url).searchParams.get('format') !== 'msgpack'));
  });

  test('history comes page by page through the envelope, and failures with their code', async () => {
    const {pages, unknown} = await play('history');
    assert.deepEqual(pages, [['e', 'd'], ['c', 'b'], ['a']]);
    assert.deepEqual(unknown, {code: 40400, statusCode: 404});
    const asked = requests.filter(({pathname}) => pathname === '/channels/paged/messages');
    assert.ok(asked.length >= 3 && asked.every(({searchParams}) => searchParams.get('envelope') === 'json'));
  });

  test('a subscriber gets deltas, a latecomer the whole message first', async () => {
    const {early, late, latest} = await play('mutable');
    const extras = {headers: {run: '1'}};
    assert.deepEqual(early, [
      ['message.create', 'answer', 'The', extras],
      ['message.append', 'answer', ' whole', extras],
      ['message.append', 'answer', ' answer', extras],
      ['message.append', 'answer', '.', extras],
    ]);
    assert.deepEqual(late, [
      ['message.update', 'answer', 'The whole answer', extras],
      ['message.append', 'answer', '.', extras],
    ]);
    assert.deepEqual(latest, ['message.update', 'answer', 'The whole answer.', extras]);
  });

  test('a member enters, updates and leaves', async () => {
    assert.deepEqual(await play('presence'), {
      members: ['ada'],
      seen: [['enter', 'ada', {mood: 'fine'}], ['update', 'ada', 'busy'], ['leave', 'ada', 'busy']],
    });
  });

  test('a live map and a live counter of one client reach another, live and on attach', async () => {
    const expected = {plan: {destination: 'Porto', photo: 'AQID'}, budget: 125, done: true};
    assert.deepEqual(await play('objects'), {live: expected, late: expected});
  });

  test('an expired token is renewed without losing the connection', async () => {
    assert.deepEqual(await play('tokens'), {asked: 2, reasons: [40142], isSame: true, clientId: 'dave'});
  });

  test('a client that was cut off resumes and gets what it missed, once and in order', async () => {
    assert.deepEqual(await play('resume'), {texts: ['1', '2', '3'], isSame: true});
  });

  test('a gap shows as an update that was not resumed', async () => {
    assert.deepEqual(await play('gap'), {resumed: false, code: 80008});
  });
});
