import assert from 'node:assert/strict';
import {after, afterEach, before, describe, test} from 'node:test';
import {type RunningBroker, startBroker} from '../../broker/index.ts';
import {type RunningDemo, startDemo} from '../../demo/start-demo.ts';
import {TokenGate} from '../e2e/token-gate.ts';
import {type EnginePage, openPage, wantedEngines} from '../helpers/engines.ts';

/** What is looked at in the page, as the body of a function: engines have nothing else in common. */
const look = {
  answers: `return [...document.querySelector('agent-chat')?.shadowRoot?.querySelectorAll('article.assistant .content') ?? []].map((row) => row.innerText.trim())`,
  own: `return [...document.querySelector('agent-chat')?.shadowRoot?.querySelectorAll('article.mine .content') ?? []].map((row) => row.innerText.trim())`,
  runs: `return [...document.querySelector('agent-chat')?.shadowRoot?.querySelectorAll('.run') ?? []].map((row) => row.innerText).join()`,
  focusBox: `const box = document.querySelector('agent-chat')?.shadowRoot?.querySelector('barge-in-input')?.shadowRoot?.querySelector('textarea');
    box?.focus(); return Boolean(box)`,
  nights: `return document.querySelector('[name="trip.nights"]')?.value ?? ''`,
};

for (const engine of wantedEngines()) {
  describe(`a conversation in ${engine}`, () => {
    let broker: RunningBroker;
    let demo: RunningDemo;
    let gate: TokenGate;
    const pages: EnginePage[] = [];

    before(async () => {
      broker = await startBroker({port: 0, faults: true});
      gate = new TokenGate();
      demo = await startDemo({port: 0, brokerPort: broker.port, isTest: true, pace: gate.pace});
    });
    afterEach(async () => {
      gate.open();
      for (const page of pages.splice(0)) await page.close();
      broker.server.faults?.reset();
      gate.close();
    });
    after(async () => {
      gate.open();
      await demo.close();
      await broker.close();
    });

    const visit = async (session: string, as = 'Ana'): Promise<EnginePage> => {
      const page = await openPage(engine);
      pages.push(page);
      await page.go(`${demo.url}/?${new URLSearchParams({as, session}).toString()}`);
      return page;
    };
    const sees = async <Value>(page: EnginePage, what: string, condition: (value: Value) => boolean): Promise<Value> => {
      const end = Date.now() + 20_000;
      for (;;) {
        const value = await page.evaluate<Value>(what);
        if (condition(value)) return value;
        if (Date.now() > end) assert.fail(`Not seen in time: ${String(condition)} of ${JSON.stringify(value)}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    const say = async (page: EnginePage, text: string): Promise<void> => {
      await sees<boolean>(page, look.focusBox, Boolean);
      await page.type(text);
      await page.press('Enter');
    };

    test('an answer streams, survives a reload, and can be stopped from another page', async () => {
      const ana = await visit('stream');
      await say(ana, 'Tell me about five days in Rome, as a list');
      await sees<string[]>(ana, look.own, ([own]) => own === 'Tell me about five days in Rome, as a list');
      gate.allow(25);
      const [before = ''] = await sees<string[]>(ana, look.answers, ([answer = '']) => answer.length > 40);
      await ana.go(`${demo.url}/?as=Ana&session=stream`);
      await sees<string[]>(ana, look.answers, ([answer = '']) => answer.startsWith(before.slice(0, 40)));
      const bo = await visit('stream', 'Bo');
      await sees<string[]>(bo, look.answers, ([answer = '']) => answer.length > 40);
      await sees<boolean>(bo, look.focusBox, Boolean);
      await bo.press('Escape');
      await sees<string>(ana, look.runs, (runs) => runs.includes('Stopped'));
    });

    test('the line is cut for a while in the middle of an answer: all of it is there', async () => {
      const ana = await visit('cut');
      await say(ana, 'Three days in Lisbon, about 600 euros');
      gate.allow(25);
      await sees<string[]>(ana, look.answers, ([answer = '']) => answer.length > 40);
      broker.server.faults?.cut();
      gate.open();
      await sees<string>(ana, look.runs, (runs) => runs === '');
      const [answer] = await ana.evaluate<string[]>(look.answers);
      const bo = await visit('cut', 'Bo');
      await sees<string[]>(bo, look.answers, ([other]) => other === answer);
    });

    test('what the agent writes into the shared state is in the form, and the other way round', async () => {
      gate.open();
      const ana = await visit('state');
      await say(ana, 'Find hotels in Porto for 4 nights');
      await sees<string>(ana, look.nights, (nights) => nights === '4');
      const bo = await visit('state', 'Bo');
      await sees<string>(bo, look.nights, (nights) => nights === '4');
      await bo.evaluate(`const field = document.querySelector('[name="trip.nights"]'); field.value = '6';
        field.dispatchEvent(new Event('input', {bubbles: true})); field.dispatchEvent(new Event('change', {bubbles: true}));`);
      await sees<string>(ana, look.nights, (nights) => nights === '6');
    });
  });
}
