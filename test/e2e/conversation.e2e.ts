import assert from 'node:assert/strict';
import {after, afterEach, before, describe, test} from 'node:test';
import {Stage} from './stage.ts';

describe('a conversation in the browser', () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.set();
  });
  afterEach(() => stage.clear());
  after(() => stage.strike());

  test('an answer streams, and the page keeps its strict policy', async () => {
    const ana = await stage.visit({session: 'stream'});
    await ana.say('Three days in Lisbon, about 600 euros');
    await ana.seesText(ana.runs, /Waiting for the agent|travel-agent is working/);
    stage.gate.allow(25);
    await ana.sees('some text', async () => ((await ana.texts())[1]?.length ?? 0) > 40);
    stage.gate.open();
    await ana.seesText(ana.answers, 'Lisbon');
    await ana.seesRest();
    assert.equal(await ana.answers.locator('h2, h3, h4, [role=heading]').count() > 0, true, 'Markdown became elements');
  });

  test('reloaded at 20 places of an answer, it ends as for somebody who never reloaded', async () => {
    const calls = stage.demo.modelCalls();
    const watcher = await stage.visit({session: 'reloads', as: 'Bo'});
    const ana = await stage.visit({session: 'reloads'});
    await ana.say('Tell me about five days in Rome, as a list');
    await ana.seesCount(ana.own, 1);
    for (let place = 1; place <= 20; place++) {
      stage.gate.allow(11);
      await watcher.seesCount(watcher.answers, 1);
      const seen = (await watcher.texts())[1] ?? '';
      await ana.page.reload();
      await ana.sees(`what was written by reload ${place}`, async () => ((await ana.texts())[1]?.length ?? 0) >= seen.length);
    }
    stage.gate.open();
    await watcher.seesRest();
    await ana.seesRest();
    assert.ok(((await ana.texts())[1]?.length ?? 0) > 400, 'the answer is long enough for 20 places');
    await ana.seesSame(watcher);
    assert.equal(stage.demo.modelCalls() - calls, 1);
  });

  test('Stop in a second tab ends the run of the first, and both keep the text', async () => {
    const context = await stage.newContext();
    const first = await stage.visit({session: 'stop', context});
    const second = await stage.visit({session: 'stop', context});
    await first.say('Four days in Porto');
    stage.gate.allow(30);
    await second.sees('the beginning of the answer', async () => ((await second.texts())[1]?.length ?? 0) > 60);
    await second.stopButton.click();
    for (const tab of [first, second]) {
      await tab.seesText(tab.runs, 'Stopped');
      await tab.seesRest();
    }
    await second.seesSame(first);
    assert.ok(((await first.texts())[1]?.length ?? 0) > 60);
  });

  test('Esc stops as well', async () => {
    const ana = await stage.visit({session: 'escape'});
    await ana.say('Four days in Porto');
    stage.gate.allow(20);
    await ana.seesCount(ana.answers, 1);
    await ana.box.press('Escape');
    await ana.seesText(ana.runs, 'Stopped');
  });

  test('a message sent during an answer cancels it and is answered; both stay readable', async () => {
    const ana = await stage.visit({session: 'interrupt'});
    await ana.say('Four days in Porto');
    stage.gate.allow(30);
    await ana.sees('the beginning', async () => ((await ana.texts())[1]?.length ?? 0) > 60);
    await ana.say('Rather three days in Vienna');
    await ana.seesText(ana.runs, 'Stopped');
    stage.gate.open();
    await ana.seesText(ana.answers.last(), 'Vienna');
    await ana.seesRest();
    const texts = await ana.texts();
    assert.deepEqual([texts[0], texts[2], texts.length], ['Four days in Porto', 'Rather three days in Vienna', 4]);
    assert.match(texts[1] ?? '', /Porto/);
  });

  test('a message sent before the run has begun cancels it as well', async () => {
    const calls = stage.demo.modelCalls();
    const held: (() => void)[] = [];
    const ana = await stage.visit({
      session: 'early',
      prepare: (page) => page.route('**/api/chat', async (route) => {
        if (held.length === 0) await new Promise<void>((resolve) => held.push(resolve));
        await route.continue();
      }),
    });
    await ana.say('Four days in Porto');
    await ana.seesText(ana.runs, 'Waiting for the agent');
    await ana.say('Rather three days in Vienna');
    await ana.seesCount(ana.own, 2);
    held[0]?.();
    stage.gate.open();
    await ana.seesText(ana.answers, 'Vienna');
    await ana.seesRest();
    assert.deepEqual((await ana.texts()).map((text) => text.slice(0, 12)).slice(0, 1), ['Four days in']);
    assert.equal(await ana.answers.count(), 1, 'only the second message is answered');
    assert.equal(stage.demo.modelCalls() - calls, 1);
  });

  test('another person’s messages come with their name', async () => {
    const ana = await stage.visit({session: 'people'});
    const bo = await stage.visit({session: 'people', as: 'Bo'});
    stage.gate.open();
    await bo.say('Three days in Prague');
    await ana.seesText(ana.messages, 'Bo');
    await ana.seesText(ana.messages, 'Three days in Prague');
    assert.equal(await ana.own.count(), 0);
    await ana.seesRest();
  });

  test('older messages come as one scrolls up, and the reader’s place is kept', async () => {
    const ana = await stage.visit({session: 'long'});
    stage.gate.open();
    for (let n = 1; n <= 20; n++) {
      await ana.say(`Hello number ${n}`);
      // Not by their count: those far above are not in the page any more.
      await ana.sees(`an answer to number ${n}`, async () => (await ana.texts()).at(-2) === `Hello number ${n}`);
      await ana.seesRest();
    }
    await ana.page.reload();
    await ana.seesText(ana.messages, 'Hello number 20');
    assert.equal(await ana.messages.getByText('Hello number 1', {exact: true}).count(), 0, 'not all of it at once');
    await ana.page.locator('agent-chat .scroller').hover();
    const seen = new Set<string>();
    await ana.sees('the first message', async () => {
      for (const text of await ana.texts()) seen.add(text);
      await ana.page.mouse.wheel(0, -600);
      return (await ana.messages.getByText('Hello number 1', {exact: true}).count()) === 1;
    });
    for (const text of await ana.texts()) seen.add(text);
    const questions = [...seen].filter((text) => text.startsWith('Hello number')).sort((one, other) => one.localeCompare(other, 'en', {numeric: true}));
    assert.deepEqual(questions, Array.from({length: 20}, (_, index) => `Hello number ${index + 1}`));
  });
});
