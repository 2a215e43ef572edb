import assert from 'node:assert/strict';
import {after, afterEach, before, beforeEach, describe, test} from 'node:test';
import type {Locator} from 'playwright-core';
import {Stage, type Visitor} from './stage.ts';

describe('versions of what is being written', () => {
  let stage: Stage;
  let sessions = 0;
  let session: string;
  before(async () => {
    stage = await Stage.set();
  });
  beforeEach(() => {
    sessions += 1;
    session = `versions-${sessions}`;
  });
  afterEach(() => stage.clear());
  after(() => stage.strike());

  const button = ({page}: Visitor, name: string): Locator => page.getByRole('button', {name, exact: true});
  const answersOf = ({answers}: Visitor): Promise<string[]> => answers.locator('.content').allInnerTexts();
  const runsOf = ({page}: Visitor): Promise<string[]> => page.evaluate(() => document.querySelector('agent-session')!.runs.map(({status}) => status));

  /** Ana and Bo, in front of a first answer; how often the model had been called before it. */
  async function answered(): Promise<{ana: Visitor; bo: Visitor; calls: number}> {
    const ana = await stage.visit({session});
    const bo = await stage.visit({session, as: 'Bo'});
    const calls = stage.demo.modelCalls();
    stage.gate.open();
    await ana.say('Two days in Rome');
    await ana.seesText(ana.answers, '2 days in Rome');
    await ana.seesRest();
    return {ana, bo, calls};
  }

  test('who looks at an earlier version while the next one is written is left there, and finds the new one whole', async () => {
    const {ana, bo, calls} = await answered();
    const first = await answersOf(ana);
    stage.gate.close();

    await button(ana, 'Answer again').click();
    stage.gate.allow(12);
    await ana.seesText(ana.answers, '2 of 2');
    await ana.seesText(ana.answers, '2 days in');
    await button(ana, 'Previous version').click();
    await ana.seesText(ana.answers, '1 of 2');
    assert.deepEqual(await answersOf(ana), first);

    stage.gate.open();
    await bo.seesText(bo.answers, '2 of 2');
    await bo.seesRest();
    const second = await answersOf(bo);
    assert.deepEqual(await answersOf(ana), first);
    await button(ana, 'Next version').click();
    await ana.sees('the new version whole', async () => JSON.stringify(await answersOf(ana)) === JSON.stringify(second));
    await ana.seesText(ana.answers, '2 of 2');
    assert.deepEqual(await runsOf(ana), ['complete']);
    assert.equal(stage.demo.modelCalls() - calls, 2);
  });

  test('who wants an earlier answer again while a steered one is written has that one stopped, and finds it as it was', async () => {
    const {ana, bo, calls} = await answered();
    stage.gate.close();
    await ana.say('Two days in Porto');
    stage.gate.allow(12);
    await ana.seesText(ana.answers.last(), '2 days in');
    await ana.box.fill('make it 3 days');
    await stage.heard(ana, () => ana.box.press('Control+Enter'));
    stage.gate.allow(12);
    await ana.seesText(ana.own, 'The agent has seen this');
    await ana.seesText(ana.answers.last(), '3 days in');

    await button(ana, 'Stop and answer again').click();
    stage.gate.open();
    for (const person of [ana, bo]) {
      await person.seesText(person.answers, '2 of 2');
      await person.seesText(person.answers, '2 days in Rome');
      await person.seesRest();
      await person.seesCount(person.messages, 2);
      assert.deepEqual(await runsOf(person), ['complete']);
    }
    assert.equal(stage.demo.modelCalls() - calls, 4);

    await button(ana, 'Previous version').click();
    await ana.seesText(ana.answers.first(), '1 of 2');
    await ana.seesText(ana.own.filter({hasText: 'make it 3 days'}), 'The agent has seen this');
    await ana.seesText(ana.answers.last(), '3 days in');
    assert.deepEqual(await runsOf(ana), ['complete', 'cancelled']);
    await bo.seesCount(bo.messages, 2);
  });
});
