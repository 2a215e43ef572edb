import assert from 'node:assert/strict';
import {createServer, type Server, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {type Browser, chromium, type Page} from 'playwright-core';
import {policyFor} from '../../examples/server/site.ts';
import {browserArguments, findBrowser} from '../../scripts/find-browser.mjs';

/** A server for a test, on a port of its own. `127.0.0.1` and `localhost` are two origins. */
export async function serve(answer: (path: string, response: ServerResponse) => void): Promise<{port: number; close: () => Promise<void>}> {
  const server: Server = createServer((request, response) => answer(new URL(request.url ?? '/', 'http://localhost').pathname, response));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const {port} = server.address() as AddressInfo; // a server that listens on TCP has an address of this kind
  return {
    port,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  };
}

/** Answers with a page that may run scripts of one other origin, and otherwise stands under the strictest policy. */
export function sendPage(response: ServerResponse, html: string, scripts: string, policies: readonly string[] = []): void {
  const policy = policyFor(policies).replace("script-src 'self'", `script-src 'self' ${scripts}`);
  response.writeHead(200, {'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy}).end(html);
}

export interface Watched {
  readonly page: Page;
  /** What the console said as a warning or error, without a refused request for the page's icon. */
  readonly said: string[];
  /** Errors, and what the policy refused. */
  readonly problems: string[];
}

/**
 * What the browser says of a socket that its own page has closed before it was open. A connection that LiveObjects come to
 * late is made anew, and where the machine is slow the one before is not made yet. A socket that fails is told otherwise.
 */
const closedUnopened = /^WebSocket connection to '[^']*' failed: WebSocket is closed before the connection is established\.$/;

export const launch = (): Promise<Browser> => chromium.launch({executablePath: findBrowser(), args: browserArguments});

/** Opens a page and notes what it complains of. */
export async function open(browser: Browser, url: string): Promise<Watched> {
  const page = await browser.newPage();
  const said: string[] = [];
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.stack ?? error.message));
  page.on('console', (message) => {
    if (/Content Security Policy|TrustedHTML|TrustedScript/.test(message.text())) problems.push(message.text());
    else if (['warning', 'error'].includes(message.type()) && !message.location().url.endsWith('favicon.ico')) said.push(message.text());
  });
  await page.goto(url);
  return {page, said, problems};
}

/** Says something in the chat, and waits for the whole answer. */
export async function ask({page}: Watched, text: string): Promise<string> {
  const box = page.getByRole('textbox', {name: 'Message'});
  await box.fill(text);
  await box.press('Enter');
  const answer = page.locator('agent-chat article.assistant').last();
  await answer.getByRole('button', {name: 'Copy answer'}).waitFor({state: 'attached', timeout: 20_000});
  return answer.innerText();
}

export function assertCalm({said, problems}: Watched): void {
  assert.deepEqual(problems, []);
  assert.deepEqual(said.filter((text) => !closedUnopened.test(text)), []);
}
