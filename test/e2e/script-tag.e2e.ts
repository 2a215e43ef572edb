/** The built file, as a page has it that knows nothing but its address: from any path, under a strict policy. */
import assert from 'node:assert/strict';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import Ably from 'ably';
import {type Browser, chromium, type Page} from 'playwright-core';
import {defaultKey, type RunningBroker, startBroker} from '../../broker/index.ts';
import {signToken} from '../../demo/http/token.ts';
import {browserArguments, findBrowser} from '../../scripts/find-browser.mjs';
import {bundleScriptTag} from '../../scripts/script-tag.mjs';
import type * as script from '../../src/script.ts';
import {DrivenAgent} from '../helpers/driven-agent.ts';
import {ResponsesAgent} from '../helpers/responses-agent.ts';

const base = '/cdn/agent-session-elements@1/files/';

describe('the file for the script tag', () => {
  const directory = mkdtempSync(join(tmpdir(), 'script-tag-'));
  const requests: string[] = [];
  const problems: string[] = [];
  let isWithoutFolder = false;
  /** Chunks that are not given out before it resolves. */
  let held: {readonly names: readonly string[]; readonly until: Promise<unknown>} | undefined;
  let broker: RunningBroker;
  let browser: Browser;
  let agent: DrivenAgent;
  let responses: ResponsesAgent;
  let agentClient: Ably.Realtime;

  const html = (body: string): string => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Page</title>
    <script type="module" src="${base}agent-session-elements.js?v=2"></script><body>${body}</body></html>`;
  const conversation = (): string => `<agent-session channel="conversations:tag" auth-url="/token" agent-url="/agent" endpoint="localhost" port="${broker.port}" insecure>
    <agent-chat></agent-chat><agent-progress></agent-progress><div id="late"></div></agent-session>`;
  const page: {body: () => string} = {body: conversation};
  const site = createServer((request, response) => void answer(request, response));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const {pathname, search} = new URL(request.url ?? '/', 'http://page');
    response.setHeader('content-security-policy', `default-src 'self'; connect-src 'self' ws://localhost:${broker.port} http://localhost:${broker.port}; require-trusted-types-for 'script'; trusted-types lit-html`);
    if (pathname === '/') return void response.setHeader('content-type', 'text/html').end(html(page.body()));
    if (pathname === '/token') return void response.setHeader('content-type', 'application/jwt').end(await signToken(defaultKey, {clientId: 'ana', capability: {'*': ['*']}, ttlSeconds: 600}));
    if (pathname === '/agent') {
      let body = '';
      for await (const part of request) body += String(part);
      const invocation = JSON.parse(body) as Parameters<DrivenAgent['wake']>[0];
      await (invocation.sessionName.endsWith('responses') ? responses : agent).wake(invocation);
      return void response.end();
    }
    requests.push(pathname.slice(base.length) + search);
    if (held?.names.some((name) => pathname.endsWith(name))) await held.until;
    const isThere = pathname.startsWith(base) && !(isWithoutFolder && pathname.includes('elements/'));
    if (!isThere) return void response.writeHead(404).end();
    response.setHeader('content-type', 'text/javascript').end(readFileSync(join(directory, pathname.slice(base.length))));
  }

  async function visit(): Promise<Page> {
    requests.length = problems.length = 0;
    const opened = await browser.newPage();
    opened.on('pageerror', (error) => problems.push(error.message));
    opened.on('console', (message) => {
      // A validator that the SDK brings asks once whether it may compile code, and does without.
      if (/Content Security Policy|TrustedHTML|already registered/.test(message.text()) && !/unsafe-eval/.test(message.text())) problems.push(message.text());
    });
    await opened.goto(`http://localhost:${(site.address() as AddressInfo).port}/`); // a TCP server has an address of this kind
    return opened;
  }

  before(async () => {
    await bundleScriptTag(directory);
    broker = await startBroker({port: 0});
    agentClient = new Ably.Realtime({endpoint: 'localhost', port: broker.port, tls: false, key: defaultKey, clientId: 'planner', logLevel: 0, disableConnectivityCheck: true});
    agent = await DrivenAgent.join(agentClient, 'conversations:tag');
    responses = await ResponsesAgent.join(agentClient, 'conversations:responses');
    await new Promise<void>((resolve) => site.listen(0, resolve));
    browser = await chromium.launch({executablePath: findBrowser(), args: browserArguments});
  });

  after(async () => {
    await browser.close();
    await responses.close();
    await agent.close();
    agentClient.close();
    await broker.close();
    site.close();
    site.closeAllConnections();
    rmSync(directory, {recursive: true});
  });

  test('brings a whole conversation, and loads the rest by itself, once', async () => {
    const opened = await visit();
    await opened.evaluate(async (address) => {
      const {registerFence} = (await import(address)) as typeof script;
      registerFence('loud', () => Promise.resolve((code) => document.createTextNode(code.toUpperCase())));
    }, `${base}agent-session-elements.js?v=2`);
    await opened.getByRole('textbox').fill('Hello');
    await opened.keyboard.press('Enter');
    const run = await agent.answerNext();
    await run.append('Some **bold** words\n\n```loud\nquiet\n```\n');
    await opened.locator('strong', {hasText: 'bold'}).waitFor();
    await opened.getByText('QUIET').waitFor();
    await run.end('complete');
    // In a shadow root nobody could look for it, and it comes after the page.
    await opened.evaluate(() => {
      const shadow = document.querySelector('#late')?.attachShadow({mode: 'open'});
      const element = document.createElement('shared-state');
      element.setAttribute('lang', 'de');
      shadow?.append(element);
    });
    await opened.waitForFunction(() => ['agent-session', 'agent-chat', 'barge-in-input', 'agent-status', 'agent-progress', 'shared-state'].every((tag) => customElements.get(tag)));
    await opened.waitForFunction(() => (document.querySelector('#late')?.shadowRoot?.querySelector('shared-state')?.shadowRoot?.childElementCount ?? 0) > 0);
    assert.deepEqual(requests.filter((name) => name.startsWith('agent-session-elements.js')), ['agent-session-elements.js?v=2']);
    assert.ok(requests.includes('agent-session-elements/markdown.js'));
    assert.deepEqual(problems, []);
    await opened.close();
  });

  test('keeps what the person does, and shows text, until the rest of its elements is there', async () => {
    const {promise, resolve} = Promise.withResolvers<undefined>();
    held = {names: ['cards.js', 'extras.js'], until: promise};
    page.body = () => conversation().replace('<agent-chat>', '<agent-chat accept="text/*">');
    const opened = await visit();
    await opened.getByRole('textbox').fill('Look it up');
    await opened.keyboard.press('Enter');
    const run = await agent.answerNext();
    await run.append('Looking now');
    await run.write({type: 'tool-input-available', toolCallId: 'call', toolName: 'searchFlights', input: {from: 'BER'}});
    await opened.getByText('Looking now').waitFor();
    await opened.getByText('Search flights').waitFor();
    assert.equal(await opened.locator('[part~=tool]').count(), 0);
    await opened.getByRole('textbox').fill('And then');
    await opened.locator('input[type=file]').setInputFiles({name: 'list.txt', mimeType: 'text/plain', buffer: Buffer.from('BER LIS')});
    resolve(undefined);
    await opened.locator('[part~=tool]', {hasText: 'Search flights'}).waitFor();
    await opened.locator('.file', {hasText: 'list.txt'}).waitFor();
    await opened.getByRole('button', {name: /How to send|Send/}).first().waitFor();
    assert.equal(await opened.getByRole('textbox').inputValue(), 'And then');
    assert.ok(await opened.getByRole('textbox').evaluate((textbox) => (textbox.getRootNode() as ShadowRoot).activeElement === textbox), 'the focus is in the text');
    // Their styles came with them.
    assert.equal(await opened.locator('[part~=tool]').evaluate((card) => getComputedStyle(card).display), 'grid');
    assert.deepEqual(problems, []);
    await run.end('complete');
    held = undefined;
    page.body = conversation;
    await opened.close();
  });

  test('shows what an agent writes that answers with OpenAI\'s Responses, and lets people decide', async () => {
    page.body = () => conversation().replace('conversations:tag"', 'conversations:responses" codec="openai"');
    const opened = await visit();
    await opened.getByRole('textbox').fill('Book it');
    await opened.keyboard.press('Enter');
    const run = await responses.answerNext();
    await run.think('They want a flight.');
    await run.append('One **moment**.');
    await opened.locator('strong', {hasText: 'moment'}).waitFor();
    await run.ask({toolCallId: 'book-1', toolName: 'bookFlight', input: {flight: 'TP 531'}});
    await run.suspend();
    await opened.getByRole('button', {name: 'Approve'}).click();
    await run.resumed();
    await run.result('book-1', 'Booked.');
    await run.append('Have a good flight.');
    await run.end('complete');
    await opened.getByText('Have a good flight.').waitFor();
    await opened.reload();
    await opened.getByText('Have a good flight.').waitFor();
    await opened.getByText('Approved by you').waitFor();
    assert.ok(requests.includes('agent-session-elements/responses-codec.js'));
    assert.deepEqual(problems, []);
    page.body = conversation;
    await opened.close();
  });

  test('speaks German in a German page', async () => {
    page.body = () => conversation().replace('<agent-chat>', '<agent-chat locale="de">');
    const opened = await visit();
    await opened.getByPlaceholder('Nachricht an den Agenten').waitFor();
    page.body = conversation;
    await opened.close();
  });

  test('says what is missing when its folder is', async () => {
    isWithoutFolder = true;
    const opened = await visit();
    await opened.getByText('The part of the library that talks to agents could not be loaded.').first().waitFor();
    isWithoutFolder = false;
    await opened.close();
  });
});
