/** Clicks through one example, `EXAMPLE`, as a person does, in a browser and against the broker. `npm run test:examples` runs it. */
import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {OBJECT_MODES} from '@ably/ai-transport';
import * as Ably from 'ably';
import {LiveObjects} from 'ably/liveobjects';
import type {Browser} from 'playwright-core';
import {defaultKey} from '../../broker/index.ts';
import {type RunningBackend, startBackend} from '../../examples/server/backend.ts';
import {ScriptedModel} from '../../demo/model/scripted-model.ts';
import {TokenGate} from '../e2e/token-gate.ts';
import {exampleNamed} from './examples.ts';
import {startSite} from './start-site.ts';
import {launch, Visit} from './visit.ts';

const example = exampleNamed(process.env['EXAMPLE'] ?? '');

describe(`The example ${example.name}`, {timeout: 120_000}, () => {
  const gate = new TokenGate();
  const closers: (() => unknown)[] = [];
  let backend: RunningBackend;
  let browser: Browser;
  let visit: Visit;

  before(async () => {
    backend = await startBackend({port: 0, model: new ScriptedModel({pace: gate.pace}), site: example.site, script: example.script, policies: example.policies});
    closers.push(() => backend.close());
    const url = example.server ? await startSite(example.server, backend.url, closers) : backend.url;
    browser = await launch();
    closers.push(() => browser.close());
    visit = await Visit.at(browser, url);
  });

  after(async () => {
    gate.open();
    for (const close of closers.reverse()) await close();
  });

  const answers = (): Promise<string[]> => visit.texts('assistant');
  const counted = async (text: string): Promise<boolean> => (await visit.page.locator('output').innerText()).trim() === text;

  it('shows what is in its slot, and in its own colours', async () => {
    await visit.page.getByRole('heading', {name: 'Plan a trip'}).waitFor();
    const colour = await visit.page.locator('agent-chat').evaluate((element) => getComputedStyle(element).getPropertyValue('--agent-color-accent'));
    assert.match(colour, /#8a3ffc|rgb\(138, 63, 252\)/);
    assert.equal(await visit.page.getByRole('textbox', {name: 'Message'}).getAttribute('placeholder'), 'Where to?');
  });

  it('is in the HTML that the server sends, where there is one', {skip: example.server === undefined}, async () => {
    const html = await (await fetch(visit.page.url())).text();
    assert.match(html, /<agent-session[^>]* channel="conversations:next"[^>]* auth-url="/);
    assert.match(html, /<agent-chat placeholder="Where to\?">.*<h2>Plan a trip<\/h2>.*<shared-state path="trip">/s);
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

  it('leaves nothing behind when it is closed, however often', async () => {
    const toggle = async (name: 'Open' | 'Close'): Promise<void> => {
      await visit.page.getByRole('button', {name, exact: true}).click();
      if (name === 'Close') await visit.sees('no open socket', () => visit.sockets === 0);
      else await visit.sees('the conversation', async () => (await answers()).length === 1);
    };
    await toggle('Close');
    const listeners = await visit.listeners();
    for (let round = 0; round < 3; round += 1) {
      await toggle('Open');
      assert.equal(visit.sockets, 1);
      await toggle('Close');
    }
    assert.deepEqual(await visit.listeners(), listeners);
    assert.ok(listeners.length > 0, 'listeners are counted');
    await toggle('Open');
    assert.ok((await visit.listeners()).includes('window online'), 'a connection listens while it is there');
  });

  it('works as before when it is open again', async () => {
    await visit.say('And two in Porto');
    await visit.sees('a second answer counted', () => counted('Answers: 2'));
    assert.deepEqual(await visit.texts('mine'), ['Two days in Lisbon', 'And two in Porto']);
    assert.equal((await answers()).length, 2);
  });

  it(example.isStrict ? 'complained of nothing, under a strict policy with Trusted Types' : 'complained of nothing', () => {
    assert.deepEqual(visit.complaints, []);
  });
});
