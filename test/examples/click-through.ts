/** Clicks through the examples that `EXAMPLES` names, as a person does, in a browser and against the broker. `npm run test:examples` runs it. */
import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {OBJECT_MODES} from '@ably/ai-transport';
import * as Ably from 'ably';
import {LiveObjects} from 'ably/liveobjects';
import type {Browser, Locator} from 'playwright-core';
import {defaultKey} from '../../broker/index.ts';
import {type RunningBackend, startBackend} from '../../examples/server/backend.ts';
import {TokenGate} from '../e2e/token-gate.ts';
import {type Example, exampleNamed} from './examples.ts';
import {copyAndAsk} from './first-page.ts';
import {startSite} from './start-site.ts';
import {launch, Visit} from './visit.ts';

let browser: Browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

for (const name of (process.env['EXAMPLES'] ?? '').split(',')) describe(`The example ${name}`, () => clickThrough(exampleNamed(name)));

describe('The first page of', () => {
  for (const document of ['README.md', 'docs/guides/getting-started.md']) it(`${document} works as it is copied`, () => copyAndAsk(document, browser));
});

function clickThrough(example: Example): void {
  const gate = new TokenGate();
  const closers: (() => unknown)[] = [];
  let backend: RunningBackend;
  let visit: Visit;

  before(async () => {
    backend = await startBackend({port: 0, pace: gate.pace, site: example.site, script: example.script, policies: example.policies});
    closers.push(() => backend.close());
    const url = example.server ? await startSite(example.server, backend.url, closers) : backend.url;
    visit = await Visit.at(browser, url);
    closers.push(() => visit.page.close());
  });

  after(async () => {
    gate.open();
    for (const close of closers.reverse()) await close();
  });

  const answers = (): Promise<string[]> => visit.texts('assistant');
  const answer = async (text: string): Promise<boolean> => (await answers()).some((shown) => shown.includes(text));
  const card = (): Locator => visit.page.locator('agent-chat > div > section');
  const fares = (): Promise<string[]> => card().getByRole('listitem').allInnerTexts();
  const counted = async (text: string): Promise<boolean> => (await visit.page.locator('output').innerText()).trim() === text;

  it('shows what is in its slot, and in its own colours', async () => {
    await visit.page.getByRole('heading', {name: 'Plan a trip'}).waitFor();
    const colour = await visit.page.locator('agent-chat').evaluate((element) => getComputedStyle(element).getPropertyValue('--agent-color-accent'));
    assert.match(colour, /#0b5c4c|rgb\(11, 92, 76\)/);
    assert.equal(await visit.page.getByRole('textbox', {name: 'Message'}).getAttribute('placeholder'), 'Where to?');
  });

  it('is in the HTML that the server sends, where there is one', {skip: example.server === undefined}, async () => {
    const html = await (await fetch(visit.page.url())).text();
    assert.match(html, /<agent-session[^>]* channel="conversations:next"[^>]* auth-url="/);
    assert.match(html, /<agent-chat placeholder="Where to\?">.*<h2>Plan a trip<\/h2>.*<shared-state path="trip">/s);
  });

  it('takes over what the server sent without a difference, of which React tells in development', {skip: example.server === undefined}, async () => {
    const inDevelopment = await Visit.at(browser, await startSite(example.server ?? '', backend.url, closers, 'dev'));
    closers.push(() => inDevelopment.page.close());
    await inDevelopment.page.getByRole('textbox', {name: 'Message'}).waitFor();
    // React has taken over where its button works.
    await inDevelopment.sees('that it can be closed', async () => {
      await inDevelopment.page.getByRole('button', {name: 'Close', exact: true}).click();
      return (await inDevelopment.page.locator('agent-chat').count()) === 0;
    });
    assert.deepEqual(inDevelopment.complaints.filter((complaint) => !complaint.startsWith('Lit is in dev mode')), []);
  });

  it('sends, and streams the answer', async () => {
    await visit.say('Two days in Lisbon');
    gate.allow(8);
    await visit.sees('the beginning of an answer', async () => (await answers()).join('').length > 8);
    const [beginning = ''] = await answers();
    gate.allow(8);
    await visit.sees('more of it', async () => ((await answers())[0] ?? '').length > beginning.length);
  });

  it('sends the headers that a property gives', () => {
    assert.deepEqual(backend.asked.map((headers) => headers['x-tenant']), ['acme']);
  });

  it('goes on where it was after a reload in mid-answer', async () => {
    const [beginning = ''] = await answers();
    await visit.page.reload();
    await visit.sees('the answer so far', async () => ((await answers())[0] ?? '').startsWith(beginning.slice(0, 20)));
    gate.open();
    await visit.sees('one answer counted', () => counted('Answers: 1'));
    assert.deepEqual(await visit.texts('mine'), ['Two days in Lisbon']);
    assert.equal((await answers()).length, 1);
    assert.equal(backend.asked.length, 1, 'nothing is asked twice');
  });

  it('shares its form with agents, both ways', async () => {
    const client = new Ably.Realtime({key: defaultKey, clientId: 'hotel-agent', endpoint: 'localhost', port: backend.port, tls: false, plugins: {LiveObjects}});
    closers.push(() => client.close());
    const root = await client.channels.get(`conversations:${example.name}`, {modes: [...OBJECT_MODES]}).object.get();
    const nights = visit.page.getByLabel('Nights');
    await nights.fill('4');
    await visit.sees('4 nights, by the agent', () => root.get('trip').get('nights').value() === 4);
    await nights.blur();
    await root.get('trip').set('nights', 7);
    await visit.sees('7 nights, on the page', async () => (await nights.inputValue()) === '7');
  });

  it('has the page carry out a tool, and goes on with its result', async () => {
    await visit.say('What time is it here?');
    await visit.sees('the time in the page', () => answer('where you are, in Asia/Tokyo'));
    await visit.sees('a second answer counted', () => counted('Answers: 2'));
  });

  it('shows a tool by a component of its own, which lives on as the tool goes on', async () => {
    gate.close();
    await visit.say('Compare the fares');
    await visit.sees('the component', async () => (await card().count()) === 1);
    assert.deepEqual(await fares(), []);
    gate.allow(1);
    await visit.sees('a fare', async () => (await fares()).length === 1);
    await card().evaluate((element) => Object.assign(element, {isFirst: true}));
    const [single = ''] = await fares();
    await card().getByRole('button', {name: 'For two'}).click();
    const double = single.replace(/\d+/, (price) => String(2 * Number(price)));
    await visit.sees('its price for two', async () => (await fares())[0] === double);
    gate.allow(1);
    await visit.sees('another fare', async () => (await fares()).length === 2);
    assert.equal((await fares())[0], double, 'the component has kept its own state');
    gate.open();
    await visit.sees('all fares', async () => (await fares()).length === 3);
    await visit.sees('the answer', () => answer('is the cheapest'));
    assert.ok(await card().evaluate((element) => 'isFirst' in element), 'it is the same component all the time');
    assert.deepEqual(await card().evaluate((element) => [getComputedStyle(element).display, element.checkVisibility()]), ['grid', true], 'the page styles it');
    await visit.sees('a third answer counted', () => counted('Answers: 3'));
  });

  it('asks the person, and goes on when they approve', async () => {
    await visit.say('Book it');
    await visit.page.getByText('7 nights in Lisbon').waitFor();
    assert.ok(!(await answer('Booked')), 'nothing is booked yet');
    await visit.page.getByRole('button', {name: 'Approve', exact: true}).click();
    await visit.sees('what came of it', () => answer('Booked: 7 nights in Lisbon.'));
    await visit.page.locator('agent-chat').getByText('Approved by you', {exact: true}).waitFor();
    await visit.sees('a fourth answer counted', () => counted('Answers: 4'));
  });

  it('leaves nothing behind when it is closed, however often', async () => {
    const toggle = async (name: 'Open' | 'Close'): Promise<void> => {
      await visit.page.getByRole('button', {name, exact: true}).click();
      if (name === 'Close') await visit.sees('no open socket', () => visit.sockets === 0);
      else await visit.sees('the conversation', () => answer('Booked'));
      if (name === 'Open') await visit.noteChat();
    };
    await toggle('Close');
    const listeners = await visit.listeners();
    for (let round = 0; round < 3; round += 1) {
      await toggle('Open');
      await visit.sees('one socket', () => visit.sockets === 1);
      await visit.sees('the component again, once', async () => (await fares()).length === 3);
      await toggle('Close');
      assert.equal(await card().count(), 0);
    }
    assert.deepEqual(await visit.listeners(), listeners);
    assert.ok((await visit.heldChats()) <= 1, 'elements that are gone are let go, but for one that a page or its framework keeps');
    assert.ok(listeners.length > 0, 'listeners are counted');
    await toggle('Open');
    assert.ok((await visit.listeners()).includes('window online'), 'a connection listens while it is there');
  });

  it('works as before when it is open again', async () => {
    await visit.say('And two in Porto');
    await visit.sees('a fifth answer counted', () => counted('Answers: 5'));
    assert.deepEqual((await visit.texts('mine')).at(-1), 'And two in Porto');
    assert.ok(await answer('Porto'));
  });

  it('complained of nothing, under a strict policy with Trusted Types', () => {
    assert.match(visit.policy, /default-src 'self'; script-src 'self'.*; require-trusted-types-for 'script'; trusted-types lit-html/);
    assert.doesNotMatch(visit.policy, /unsafe/);
    assert.deepEqual(visit.complaints, []);
  });
}
