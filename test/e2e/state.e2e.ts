import assert from 'node:assert/strict';
import {after, afterEach, before, describe, test} from 'node:test';
import type {Page} from 'playwright-core';
import {Stage, type Visitor} from './stage.ts';

const outageMs = 3000;

describe('the state that pages share', () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.set();
  });
  afterEach(() => stage.clear());
  after(() => stage.strike());

  const valueOf = ({page}: Visitor, label: string): Promise<string> => page.getByLabel(label).inputValue();
  const stateOf = ({page}: Visitor): Promise<string> =>
    page.evaluate(() => JSON.stringify((document.querySelector('#selection') as HTMLElement & {value?: unknown}).value ?? null, (_key, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))) : value));
  const fill = async ({page}: Visitor, label: string, value: string): Promise<void> => {
    await page.getByLabel(label).fill(value);
    await page.getByLabel(label).blur();
  };
  const bothSee = async (visitors: readonly Visitor[], what: string, fields: Record<string, string>): Promise<void> => {
    for (const visitor of visitors) {
      await visitor.sees(what, async () => {
        for (const [label, value] of Object.entries(fields)) if ((await valueOf(visitor, label)) !== value) return false;
        return true;
      }, 15_000);
    }
  };
  const isLoaded = ({page}: Visitor): Promise<void> => page.evaluate(() => customElements.whenDefined('shared-state').then(() => undefined));

  async function both(session: string): Promise<[Visitor, Visitor]> {
    const visitors: [Visitor, Visitor] = [await stage.visit({session}), await stage.visit({session, as: 'Bo'})];
    for (const visitor of visitors) await isLoaded(visitor);
    return visitors;
  }

  test('two who fill different fields at once both keep theirs; the same field ends the same for both', async () => {
    const [ana, bo] = await both('fields');
    await Promise.all([fill(ana, 'Where', 'Lisbon'), fill(bo, 'Nights', '4')]);
    await bothSee([ana, bo], 'both fields', {Where: 'Lisbon', Nights: '4'});
    await Promise.all([fill(ana, 'Where', 'Rome'), fill(bo, 'Where', 'Vienna')]);
    await ana.sees('one value', async () => (await stateOf(ana)) === (await stateOf(bo)) && (await valueOf(ana, 'Where')) === (await valueOf(bo, 'Where')));
    assert.match(await valueOf(ana, 'Where'), /^(Rome|Vienna)$/);
  });

  test('a change from elsewhere does not disturb who is typing', async () => {
    const [ana, bo] = await both('typing');
    await fill(bo, 'Where', 'Porto');
    await bothSee([ana], 'the first value', {Where: 'Porto'});
    await ana.page.getByLabel('Where').fill('Lis');
    await fill(bo, 'Where', 'Vienna');
    await fill(bo, 'Nights', '6');
    await bothSee([ana], 'the other field', {Nights: '6'});
    assert.equal(await valueOf(ana, 'Where'), 'Lis');
    await ana.page.getByLabel('Where').pressSequentially('bon');
    await ana.page.getByLabel('Where').blur();
    await bothSee([ana, bo], 'the last write', {Where: 'Lisbon'});
  });

  test('what a person fills in before the elements are loaded is shared once they are', async () => {
    const bo = await stage.visit({session: 'early', as: 'Bo'});
    const load = Promise.withResolvers<undefined>();
    const ana = await stage.visit({session: 'early', prepare: (page) => page.route('**/assets/define-*.js', (route) => load.promise.then(() => route.continue()))});
    await fill(bo, 'Budget, €', '500');
    await fill(ana, 'Where', 'Lisbon');
    // Sends the form, as far as the browser is concerned, with all that is not filled in.
    await ana.page.getByLabel('Where').press('Enter');
    await ana.page.getByLabel('Nights').fill('4');
    load.resolve(undefined);
    await bothSee([ana, bo], 'what was left before, and what was there', {Where: 'Lisbon', 'Budget, €': '500'});
    await ana.page.getByLabel('Nights').blur();
    await bothSee([ana, bo], 'what was being typed meanwhile', {Where: 'Lisbon', Nights: '4'});
  });

  test('cut off for 3 s while others go on, a page ends with the state of the others', async () => {
    const [ana, bo] = await both('cut');
    await fill(ana, 'Where', 'Lisbon');
    await bothSee([bo], 'the first value', {Where: 'Lisbon'});
    stage.faults.goDark({clientId: 'Ana', ms: outageMs});
    await ana.seesText(ana.banner, 'Connection lost');
    await fill(bo, 'Nights', '5');
    await fill(bo, 'Where', 'Rome');
    await bothSee([ana, bo], 'what was changed meanwhile', {Where: 'Rome', Nights: '5'});
    assert.equal(await stateOf(ana), await stateOf(bo));
  });

  test('each element works alone on a page, with only its own attributes', async () => {
    const ana = await stage.visit({session: 'alone'});
    await isLoaded(ana);
    await fill(ana, 'Where', 'Lisbon');
    stage.gate.open();
    await ana.say('Two days in Paris');
    await ana.seesText(ana.answers, 'Paris');
    const alone = await stage.visit({session: 'alone', as: 'Bo'});
    await alone.page.evaluate(() => {
      const session = document.querySelector('agent-session');
      const settings = ['channel', 'auth-url', 'endpoint', 'port', 'insecure'].flatMap((name) => (session?.hasAttribute(name) ? [[name, session.getAttribute(name)]] : []));
      const elements = [['agent-status', {show: 'all'}], ['agent-progress', {show: 'all'}], ['shared-state', {path: 'selection'}], ['agent-chat', {readonly: ''}], ['barge-in-input', {}]] as const;
      document.body.replaceChildren(...elements.map(([tag, own]) => {
        const element = document.createElement(tag);
        for (const [name, value] of [...settings, ...Object.entries(own)]) element.setAttribute(name ?? '', value ?? '');
        return element;
      }));
    });
    const seen = async (page: Page, tag: string, text: RegExp): Promise<void> =>
      alone.sees(`${tag} alone`, async () => text.test(await page.evaluate((name) => document.querySelector(name)?.shadowRoot?.textContent ?? '', tag)), 15_000);
    await seen(alone.page, 'agent-status', /Ana/);
    await seen(alone.page, 'shared-state', /Lisbon/);
    await seen(alone.page, 'agent-chat', /Paris/);
    await alone.box.fill('And two in Rome');
    await alone.box.press('Enter');
    await ana.seesText(ana.messages, 'And two in Rome');
  });
});
