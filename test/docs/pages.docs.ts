import assert from 'node:assert/strict';
import {createRequire} from 'node:module';
import {readFileSync} from 'node:fs';
import {after, before, describe, test} from 'node:test';
import type {AxeResults} from 'axe-core';
import {type Browser, chromium, type Page} from 'playwright-core';
import {preview, type PreviewServer} from 'vite';
import {browserArguments, findBrowser} from '../../scripts/find-browser.mjs';
import {filesOf, root, site} from './files.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tabs = 3;

/** What is known to be wrong with a page as it is shown now. */
async function violations(page: Page, rules?: readonly string[]): Promise<string[]> {
  const {violations: found} = await page.evaluate(
    (only) => (globalThis as unknown as {axe: {run(context: Document, options: object): Promise<AxeResults>}}).axe.run(document, {resultTypes: ['violations'], ...(only ? {runOnly: only} : {})}),
    rules,
  );
  return found.map(({id, help, nodes}) => `${id} (${help}): ${nodes.slice(0, 3).map(({target}) => JSON.stringify(target)).join(', ')}`);
}

describe('Every page of the site', () => {
  let server: PreviewServer;
  let browser: Browser;
  const problems: string[] = [];

  /** Looks at a page in light, in dark, and on a phone. */
  async function look(page: Page, path: string, base: string): Promise<void> {
    const note = (text: string): number => problems.push(`${path}: ${text}`);
    page.removeAllListeners();
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && note(message.text()));
    page.on('pageerror', ({message}) => note(message));
    page.on('request', (request) => !request.url().startsWith(base) && !/^(data|blob):/.test(request.url()) && note(`asks for ${request.url()}`));
    await page.emulateMedia({colorScheme: 'light', reducedMotion: 'reduce'});
    await page.goto(base + path, {waitUntil: 'load'});
    // Elements show something of their own once they have a session.
    await page.waitForFunction(() => [...document.querySelectorAll(':not(:defined)')].length === 0);
    await page.evaluate(axe);
    for (const text of await violations(page)) note(`light: ${text}`);
    await page.emulateMedia({colorScheme: 'dark'});
    for (const text of await violations(page, ['color-contrast', 'link-in-text-block'])) note(`dark: ${text}`);
    await page.setViewportSize({width: 360, height: 740});
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (tooWide > 0) note(`is ${tooWide} px too wide for a phone`);
    await page.setViewportSize({width: 1280, height: 860});
  }

  before(async () => {
    server = await preview({root, base: '/', configFile: false, logLevel: 'silent', build: {outDir: site}, preview: {port: 0, host: '127.0.0.1'}});
    browser = await chromium.launch({executablePath: findBrowser(), args: browserArguments});
  });
  after(async () => {
    await browser.close();
    await server.close();
  });

  test('is accessible in light and dark, fits a phone, and keeps to its policy', async () => {
    const base = server.resolvedUrls?.local[0] ?? assert.fail('the site is served');
    const left = filesOf(site, '.html');
    await Promise.all(Array.from({length: tabs}, async () => {
      const page = await browser.newPage({viewport: {width: 1280, height: 860}});
      for (let path = left.shift(); path !== undefined; path = left.shift()) await look(page, path, base);
      await page.close();
    }));
    assert.deepEqual(problems, []);
  });

  test('can be searched, and leads to what was found', async () => {
    const page = await browser.newPage({viewport: {width: 360, height: 740}});
    await page.goto(server.resolvedUrls?.local[0] ?? '');
    await page.getByRole('button', {name: 'Search'}).click();
    await page.getByRole('searchbox').fill('93002');
    await page.getByRole('dialog').getByRole('link').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/guides\//);
    assert.match(await page.locator('main').innerText(), /93002/);
  });

  test('leads to the others by a menu on a phone, which Escape closes', async () => {
    const page = await browser.newPage({viewport: {width: 360, height: 740}});
    await page.goto(server.resolvedUrls?.local[0] ?? '');
    const menu = page.getByRole('button', {name: 'Pages'});
    await menu.click();
    await page.getByRole('navigation', {name: 'Pages'}).getByRole('link', {name: 'Playground'}).waitFor();
    const box = await page.locator('#nav').boundingBox();
    assert.deepEqual([box?.y, box?.height], [56, 740 - 56], 'it is below the header, and ends with the window');
    await page.keyboard.press('Escape');
    assert.equal(await menu.getAttribute('aria-expanded'), 'false');
    await menu.click();
    await page.getByRole('navigation', {name: 'Pages'}).getByRole('link', {name: 'agent-chat'}).click();
    await page.waitForURL(/agent-chat/);
  });

  test('has the theme that the reader chose, also on the next page', async () => {
    const page = await browser.newPage({colorScheme: 'light'});
    await page.goto(server.resolvedUrls?.local[0] ?? '');
    await page.getByRole('button', {name: /^Theme/}).click();
    await page.getByRole('link', {name: 'Get started'}).click();
    await page.waitForURL(/getting-started/);
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), 'dark');
  });

  test('plays on the home page what was recorded', async () => {
    const page = await browser.newPage();
    await page.goto(server.resolvedUrls?.local[0] ?? '');
    await page.locator('agent-chat article').first().waitFor();
    await page.locator('agent-progress [data-task-id]').first().waitFor();
  });

  test('runs examples of what waits for people, of a handover, of the launcher and of the themes', async () => {
    const page = await browser.newPage({reducedMotion: 'reduce'});
    const open = (path: string): Promise<unknown> => page.goto(`${server.resolvedUrls?.local[0] ?? ''}${path}`);
    await open('elements/approval-inbox.html');
    await page.locator('approval-inbox').getByRole('button', {name: 'Approve'}).first().click();
    await page.locator('approval-inbox').getByText('Approved by').waitFor();
    await open('elements/agent-handover.html');
    await page.getByRole('button', {name: 'Hand back'}).first().click();
    await page.locator('agent-chat').getByText('Sam of Lisbon Tours has taken over').waitFor({state: 'hidden'});
    await open('elements/agent-chat.html');
    // It begins where it comes into view.
    await page.locator('[data-live=launcher]').scrollIntoViewIfNeeded();
    await page.getByRole('button', {name: /^Ask the planner.*1 new/}).click();
    await page.getByRole('dialog', {name: 'Ask the planner'}).getByText('This answer comes from a script in this page.').first().waitFor();
    await open('guides/theming.html');
    const answer = page.locator('.live-themes agent-chat article').getByText('Shall I hold the hotel for you?');
    const font = (): Promise<string> => answer.evaluate((element) => getComputedStyle(element).fontFamily);
    await page.locator('[data-live=themes]').scrollIntoViewIfNeeded();
    await page.getByRole('combobox', {name: 'Theme'}).selectOption('brand');
    assert.match(await font(), /Palatino/);
    await page.getByRole('combobox', {name: 'Theme'}).selectOption('dense');
    assert.doesNotMatch(await font(), /Palatino/);
  });

  test('says what each entry weighs, and what it may weigh', async () => {
    const page = await browser.newPage();
    await page.goto(`${server.resolvedUrls?.local[0] ?? ''}performance.html`);
    const row = page.getByRole('row', {name: 'agent-session-elements.js needed at once'});
    const [, , , gzip, most] = await row.locator('th, td').allInnerTexts();
    assert.ok(Number(gzip) > 50 && Number(gzip) <= Number(most), `${gzip} of ${most} kB`);
  });

  test('shows in the playground what is set there, as markup to copy', async () => {
    const page = await browser.newPage();
    await page.goto(`${server.resolvedUrls?.local[0] ?? ''}playground.html#agent-status`);
    await page.getByLabel('variant', {exact: true}).selectOption('badge');
    const code = page.locator('[data-code]');
    assert.match(await code.innerText(), /<agent-status variant="badge"/);
    assert.equal(await page.locator('[data-stage] agent-status').getAttribute('variant'), 'badge');
    await page.getByLabel('Element', {exact: true}).selectOption('agent-chat');
    await page.getByRole('button', {name: 'A run fails'}).click();
    await page.locator('agent-chat').getByText('The model did not answer.').first().waitFor();
  });
});
