import assert from 'node:assert/strict';
import {after, afterEach, before, beforeEach, describe, test} from 'node:test';
import type {Locator} from 'playwright-core';
import type {Session} from '../../src/index.ts';
import {Stage, type Visitor} from './stage.ts';

describe('steering in the browser', () => {
  let stage: Stage;
  let sessions = 0;
  let session: string;
  before(async () => {
    // Tools are at work until the test says otherwise, also while nobody looks.
    stage = await Stage.set({}, {specialists: {stepMs: 'stepped', patienceMs: 600_000, graceMs: 600_000}});
  });
  beforeEach(() => {
    sessions += 1;
    session = `steering-${sessions}`;
  });
  afterEach(async () => {
    stage.demo.specialists.step('hotels', 100);
    await stage.clear();
  });
  after(() => stage.strike());

  const unseen = 'The agent has not seen this yet';
  const seen = 'The agent has seen this';
  const missed = 'The agent ended without seeing this';
  const own = ({own: messages}: Visitor, text: string): Locator => messages.filter({hasText: text});

  /** Sends into the running answer: by the second of the ways, as the menu names its keys. */
  async function steer({box}: Visitor, text: string): Promise<void> {
    await box.fill(text);
    await box.press('Control+Enter');
  }

  /** An answer whose tool works until the test lets it end; gives how often the model was called. */
  async function toolAtWork(ana: Visitor): Promise<() => number> {
    stage.gate.open();
    const calls = stage.demo.modelCalls();
    await ana.say('Find hotels in Porto');
    await ana.seesText(ana.page.locator('agent-progress .frame'), 'Looking at rooms');
    return () => stage.demo.modelCalls() - calls;
  }

  /** An answer of which some words are there. */
  async function answerUnderWay(ana: Visitor): Promise<void> {
    await ana.say('Two days in Rome, 900 dollars');
    stage.gate.allow(12);
    await ana.seesText(ana.answers, '2 days in');
  }

  const runsOf = ({page}: Visitor): Promise<string[]> => page.evaluate(() => document.querySelector('agent-session')!.runs.map(({status}) => status));

  test('what is said while a tool works is before the model when it is called next, and is shown so', async () => {
    const ana = await stage.visit({session});
    const calls = await toolAtWork(ana);
    await steer(ana, 'in English please');
    await ana.seesText(own(ana, 'in English please'), unseen);
    assert.equal(calls(), 1, 'the tool works on');
    stage.demo.specialists.step('hotels', 100);
    await ana.seesText(ana.answers.last(), 'As you say: in English please');
    await ana.seesText(own(ana, 'in English please'), seen);
    await ana.seesRest();
    assert.equal(calls(), 2);
    assert.deepEqual(await runsOf(ana), ['complete']);
    await ana.page.reload();
    await ana.seesText(own(ana, 'in English please'), seen);
  });

  test('what is said after the last model call is missed, and is answered when it is sent again', async () => {
    const ana = await stage.visit({session});
    const watcher = await stage.visit({session, as: 'Bo'});
    await answerUnderWay(ana);
    await watcher.seesText(watcher.answers, '2 days in');
    const calls = stage.demo.modelCalls();
    // Her line stands still: the answer ends without her knowing, and what she says comes after it.
    stage.faults.freeze({clientId: 'Ana'});
    stage.gate.open();
    await watcher.seesRest();
    await steer(ana, 'make it 3 days');
    await ana.seesCount(own(ana, 'make it 3 days'), 1);
    stage.faults.thaw({clientId: 'Ana'});
    await ana.seesText(own(ana, 'make it 3 days'), missed);
    await ana.seesRest();
    assert.equal(stage.demo.modelCalls(), calls);

    await ana.page.getByRole('button', {name: 'Send again'}).click();
    await ana.seesText(ana.answers.last(), '3 days in Rome');
    await ana.seesRest();
    assert.deepEqual(await runsOf(ana), ['complete', 'complete']);
    const said = ['Two days in Rome, 900 dollars', 'make it 3 days', 'make it 3 days'];
    assert.deepEqual(await ana.own.locator('.content').allInnerTexts(), said);
    await watcher.seesSame(ana);
    assert.equal(stage.demo.modelCalls(), calls + 1);
  });

  test('an answer that was begun on another device can be steered', async () => {
    const laptop = await stage.visit({session});
    await answerUnderWay(laptop);
    const phone = await stage.visit({session});
    await phone.seesText(phone.answers, '2 days in');
    await stage.heard(phone, () => steer(phone, 'use euros, and make it 3 days'));
    stage.gate.open();
    for (const device of [phone, laptop]) {
      await device.seesText(own(device, 'use euros'), seen);
      await device.seesText(device.answers.last(), /3 days in Rome[^]*€/);
      await device.seesRest();
      assert.deepEqual(await runsOf(device), ['complete']);
    }
  });

  test('an answer can be steered after the page was reloaded in the middle of it', async () => {
    const ana = await stage.visit({session});
    const calls = await toolAtWork(ana);
    await ana.page.reload();
    await ana.seesText(ana.runs, 'travel-agent is working');
    await steer(ana, 'in English please');
    await ana.seesText(own(ana, 'in English please'), unseen);
    // What becomes of it is known as well to the page that comes after yet another reload.
    await ana.page.reload();
    await ana.seesText(own(ana, 'in English please'), unseen);
    stage.demo.specialists.step('hotels', 100);
    await ana.seesText(own(ana, 'in English please'), seen);
    await ana.seesText(ana.answers.last(), 'As you say: in English please');
    await ana.seesRest();
    assert.equal(calls(), 2);
  });

  test('where a session cannot steer, the page says so, keeps the text, and sends it in the nearest way', async () => {
    const ana = await stage.visit({session});
    await answerUnderWay(ana);
    await ana.page.evaluate(refuseSteers);
    await steer(ana, 'make it 3 days');
    await ana.seesText(ana.input, /Not sent[^]*This answer cannot be steered from here\./);
    assert.equal(await ana.box.inputValue(), 'make it 3 days');
    await ana.page.getByRole('button', {name: 'Add it to the queue instead'}).click();
    await ana.seesText(ana.input.locator('.queued-text'), 'make it 3 days');
    assert.equal(await ana.box.inputValue(), '');
    assert.deepEqual(await runsOf(ana), ['active'], 'the answer goes on');
    stage.gate.open();
    await ana.seesText(ana.answers.last(), '3 days in Rome');
    await ana.seesRest();
    assert.deepEqual(await runsOf(ana), ['complete', 'complete']);
  });
});

/**
 * Runs in the page: gives the chat a session over that of the page which cannot steer, as that of a page's own may be. The
 * library's own one can steer every run that it knows.
 */
function refuseSteers(): void {
  const chat = document.querySelector('agent-chat')!;
  let real: Session | undefined;
  chat.dispatchEvent(Object.assign(new Event('context-request', {bubbles: true, composed: true}), {
    context: Symbol.for('agent-session-elements.session'), contextTarget: chat, subscribe: false,
    callback: (state: {session?: Session}) => (real = state.session),
  }));
  const open = real!;
  chat.session = {
    channel: open.channel,
    state: open.state,
    get snapshot() {
      return open.snapshot;
    },
    subscribe: (listener) => open.subscribe(listener),
    offerTools: (handler) => open.offerTools(handler),
    dispatch: (intent) =>
      intent.type === 'send' && intent.policy === 'steer'
        ? Promise.reject(Object.assign(new Error('This answer cannot be steered from here.'), {name: 'SessionError', kind: 'input'}))
        : open.dispatch(intent),
  };
}
