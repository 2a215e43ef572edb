import assert from 'node:assert/strict';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import type {SharedStateElement} from 'agent-session-elements';
import {simulateReadableStream} from 'ai';
import {MockLanguageModelV4} from 'ai/test';
import type {Browser} from 'playwright-core';
import {build} from 'vite';
import {chunksOfPage} from '../../scripts/weights.mjs';
import {type RunningBackend, startBackend} from '../../examples/server/backend.ts';
import {Site} from '../../examples/server/site.ts';
import {Visit} from '../examples/visit.ts';
import {ask, assertCalm, launch, open, sendPage, serve, type Watched} from './script-page.ts';

const root = join(import.meta.dirname, '../..');

const allElements = '<agent-status show="all"></agent-status><shared-state path="trip"><input name="nights" type="number"></shared-state><agent-chat></agent-chat>';

/** Of the library's own words: a connection that LiveObjects come to late is made anew, which the browser may remark on. */
function assertWarnedOnce({said}: Watched): void {
  const own = said.filter((text) => text.startsWith('[agent-session-elements]'));
  assert.equal(own.length, 1, said.join('\n'));
  assert.match(own[0] ?? '', /The page has loaded agent-session-elements before/);
}

/** Answers with a few words and a block of code. */
const model = new MockLanguageModelV4({
  doStream: () => Promise.resolve({
    stream: simulateReadableStream({
      chunks: [
        {type: 'stream-start', warnings: []},
        {type: 'text-start', id: 'text'},
        ...['Look at ', 'this:\n\n```js\n', 'const answer = 42;\n', '```\n'].map((delta) => ({type: 'text-delta' as const, id: 'text', delta})),
        {type: 'text-end', id: 'text'},
        {type: 'finish', finishReason: {unified: 'stop', raw: 'stop'}, usage: {inputTokens: {total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0}, outputTokens: {total: 1, text: 1, reasoning: 0}}},
      ],
    }),
  }),
});

describe('The file for a script tag', () => {
  let backend: RunningBackend;
  let browser: Browser;
  let bundles: string;
  const closers: (() => unknown)[] = [];

  before(async () => {
    backend = await startBackend({port: 0, model});
    browser = await launch();
    bundles = mkdtempSync(join(tmpdir(), 'agent-session-bundle-'));
  });

  after(async () => {
    await browser.close();
    for (const close of closers) await close();
    await backend.close();
    rmSync(bundles, {recursive: true, force: true});
  });

  /** A page on `localhost` with scripts of `127.0.0.1`, where each path's last segments are a file of its folder. */
  async function pageWith(channel: string, scripts: readonly string[], folders: Readonly<Record<string, string>>, elements = allElements): Promise<{url: string; asked: string[]}> {
    // Two copies of Lit make the policy `lit-html` twice.
    const policies = scripts.length > 1 ? ["'allow-duplicates'"] : [];
    const asked: string[] = [];
    const content = await serve((path, response) => {
      asked.push(path);
      const prefix = Object.keys(folders).find((start) => path.startsWith(start));
      const isServed = prefix !== undefined && new Site(folders[prefix] ?? '').handle(response, path.slice(prefix.length - 1));
      if (!isServed) response.writeHead(404).end();
    });
    const origin = `http://127.0.0.1:${content.port}`;
    const html = `<!doctype html><html lang="en"><title>Page</title>
      ${scripts.map((script) => `<script type="module" src="${origin}${script}"></script>`).join('\n')}
      <agent-session channel="${channel}" auth-url="${backend.url}/api/auth/token?channel=${channel}&clientId=Ana"
        agent-url="${backend.url}/api/chat" endpoint="localhost" port="${backend.port}" insecure>
        ${elements}
      </agent-session>`;
    const page = await serve((path, response) => (path === '/' ? sendPage(response, html, origin, policies) : void response.writeHead(404).end()));
    closers.push(content.close, page.close);
    return {url: `http://localhost:${page.port}/`, asked};
  }

  it('works from a nested path of another origin, and loads the rest from beside it when it is needed', async () => {
    const path = '/npm/agent-session-elements@0.1.0/dist/';
    const {url, asked} = await pageWith('conversations:nested', [`${path}agent-session-elements.js?v=1`], {[path]: join(root, 'dist')});
    const watched = await open(browser, url);
    assert.match(await ask(watched, 'Show me'), /Look at this:\s+.*const answer = 42;/s);
    await watched.page.locator('agent-chat .markdown code [class*="keyword"], agent-chat .markdown code span span').first().waitFor({state: 'attached', timeout: 10_000});
    await watched.page.locator('input[name=nights]').fill('3');
    await watched.page.locator('shared-state').evaluate(async (element: SharedStateElement) => {
      while (JSON.stringify(element.value) !== '{"nights":3}') await new Promise((resolve) => element.addEventListener('agent-state-changed', resolve, {once: true}));
    });
    const chunks = asked.filter((one) => one.startsWith(`${path}agent-session-elements/`));
    for (const name of ['liveobjects', 'highlighter', 'javascript']) assert.ok(chunks.some((chunk) => chunk.endsWith(`/${name}.js`)), `${name} in ${chunks.join(', ')}`);
    assert.equal(asked.filter((one) => one === `${path}agent-session-elements.js`).length, 1, 'the file itself is loaded once');
    assertCalm(watched);
    await watched.page.close();
  });

  it('loads by itself what its weight is said to be, and no more', async () => {
    const {url, asked} = await pageWith('conversations:weight', ['/w/agent-session-elements.js'], {'/w/': join(root, 'dist')}, '<agent-chat></agent-chat>');
    const watched = await open(browser, url);
    await watched.page.getByRole('textbox', {name: 'Message'}).waitFor();
    const chunks = (): string[] => [...new Set(asked.flatMap((path) => /^\/w\/agent-session-elements\/(.+)$/.exec(path)?.[1] ?? []))].sort();
    const counted = chunksOfPage(root);
    const limit = performance.now() + 20_000;
    while (counted.some((name) => !chunks().includes(name)) && performance.now() < limit) await watched.page.waitForEvent('requestfinished', {timeout: 1_000}).catch(() => undefined);
    // What a page loads by itself follows in idle time: nothing more of it is under way.
    await watched.page.waitForLoadState('networkidle');
    assert.deepEqual(chunks(), counted);
    assertCalm(watched);
    await watched.page.close();
  });

  it('plays a recording by a file beside it, and says who its errors are of', async () => {
    const asked: string[] = [];
    const content = await serve((path, response) => {
      asked.push(path);
      if (!new Site(join(root, 'dist')).handle(response, path)) response.writeHead(404).end();
    });
    const origin = `http://127.0.0.1:${content.port}`;
    const html = `<!doctype html><html lang="en"><title>Page</title><script type="module" src="${origin}/agent-session-elements.js?v=1"></script>
      <agent-session src="/recording.json" replay-speed="instant"><agent-chat></agent-chat></agent-session>`;
    const recording = readFileSync(join(root, 'docs/site/recordings/lisbon.json'));
    const page = await serve((path, response) => {
      if (path === '/') sendPage(response, html, origin);
      else response.writeHead(path === '/recording.json' ? 200 : 404, {'Content-Type': 'application/json'}).end(path === '/recording.json' ? recording : '');
    });
    closers.push(content.close, page.close);
    const watched = await open(browser, `http://localhost:${page.port}/`);
    await watched.page.locator('agent-chat article.assistant').getByText('Lisbon').first().waitFor();
    const refusal = await watched.page.evaluate(() => document.querySelector('agent-session')?.send('Hello').catch((error: unknown) => (error instanceof Error && 'kind' in error ? `${String(error.kind)}: ${error.message}` : 'another error')));
    assert.equal(refusal, 'input: This is a recording: nothing can be said or changed in it.');
    assert.deepEqual(asked.filter((path) => path.endsWith('agent-session-elements.js')), ['/agent-session-elements.js']);
    assertCalm(watched);
    await watched.page.close();
  });

  it('takes its socket, and its listeners on the window, away with it', async () => {
    const {url} = await pageWith('conversations:gone', ['/a/agent-session-elements.js'], {'/a/': join(root, 'dist')});
    const visit = await Visit.at(browser, url);
    const ofConnections = async (): Promise<string[]> => (await visit.listeners()).filter((name) => /^window (online|offline|beforeunload)$/.test(name));
    await visit.page.locator('agent-status').getByText('Ana').waitFor();
    await visit.sees('one socket', () => visit.sockets === 1);
    assert.deepEqual(await ofConnections(), ['window beforeunload', 'window offline', 'window online']);
    await visit.page.evaluate(() => document.querySelector('agent-session')?.remove());
    await visit.sees('no open socket', () => visit.sockets === 0);
    assert.deepEqual(await ofConnections(), []);
    await visit.page.close();
  });

  it('warns once and works when it is on the page twice', async () => {
    const {url} = await pageWith('conversations:twice', ['/a/agent-session-elements.js', '/b/agent-session-elements.js'], {'/a/': join(root, 'dist'), '/b/': join(root, 'dist')});
    const watched = await open(browser, url);
    assert.match(await ask(watched, 'Show me'), /Look at this/);
    assertWarnedOnce(watched);
    assert.deepEqual(watched.problems, []);
    await watched.page.close();
  });

  it("shares the session with another build's elements", async () => {
    // As an application that bundles one element, on a page that loads the script tag's file for the others.
    await build({
      root, configFile: false, logLevel: 'error',
      build: {outDir: bundles, emptyOutDir: true, copyPublicDir: false, lib: {entry: join(root, 'dist/elements/agent-status/agent-status.js'), formats: ['es'], fileName: () => 'bundle.js'}},
    });
    const {url} = await pageWith('conversations:bundle', ['/app/bundle.js', '/lib/agent-session-elements.js'], {'/app/': bundles, '/lib/': join(root, 'dist')});
    const watched = await open(browser, url);
    assert.match(await ask(watched, 'Show me'), /Look at this/);
    await watched.page.locator('agent-status').getByText('Ana').waitFor();
    assertWarnedOnce(watched);
    assert.deepEqual(watched.problems, []);
    await watched.page.close();
  });
});
