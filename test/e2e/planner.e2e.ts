import assert from 'node:assert/strict';
import {after, afterEach, before, beforeEach, describe, test} from 'node:test';
import type {Locator, Page} from 'playwright-core';
import {type Kind, kinds} from '../../demo/planner/trip.ts';
import {Stage, type Visitor} from './stage.ts';

const planWish = 'Plan four days in Lisbon for two people from 14 May, €1500';

describe('the holiday planner in the browser', () => {
  let stage: Stage;
  let sessions = 0;
  let session: string;
  before(async () => {
    // Closing a tab is no reason to pause here: what completes meanwhile is to be seen. Nor is it for searches that the next
    // answer takes a while to take over.
    stage = await Stage.set({}, {specialists: {stepMs: 'stepped', patienceMs: 600_000, graceMs: 600_000}});
  });
  beforeEach(() => {
    sessions += 1;
    session = `plan-${sessions}`;
    stage.gate.open();
  });
  afterEach(async () => {
    // A search that a test left behind would take the steps of the next one's.
    for (const kind of kinds) stage.demo.specialists.step(kind, 100);
    await stage.clear();
  });
  after(() => stage.strike());

  const task = (page: Page, kind: Kind): Locator => page.locator(`agent-progress [data-task-id^="${kind}"]`).first();
  const bar = (page: Page, kind: Kind): Locator => task(page, kind).locator('progress');
  const value = async (page: Page, kind: Kind): Promise<number> => Number((await bar(page, kind).getAttribute('value')) ?? -1);
  const begins = (visitor: Visitor) =>
    visitor.sees('three bars', async () => (await Promise.all(kinds.map((kind) => bar(visitor.page, kind).count()))).every((count) => count === 1), 20_000);
  const isOver = (visitor: Visitor, kind: Kind, state: string) =>
    visitor.sees(`${kind} ${state}`, async () => (await task(visitor.page, kind).getAttribute('class'))?.includes(state) ?? false);
  const card = (page: Page, kind: Kind): Locator => page.locator('trip-board section').nth(kinds.indexOf(kind)).locator('.card');

  test('three specialists’ bars move by themselves while the orchestrator waits, and their finds come as cards', async () => {
    const ana = await stage.visit({session});
    await ana.say(planWish);
    await begins(ana);
    await ana.sees('all at their beginning', async () => (await Promise.all(kinds.map((kind) => value(ana.page, kind)))).every((count) => count === 0));
    stage.demo.specialists.step('hotels', 5);
    await ana.sees('hotels ahead', async () => (await value(ana.page, 'hotels')) === 5);
    assert.equal(await value(ana.page, 'flights'), 0);
    stage.demo.specialists.step('flights', 3);
    await ana.sees('flights follow', async () => (await value(ana.page, 'flights')) === 3);
    assert.equal(await value(ana.page, 'activities'), 0);
    await ana.seesText(task(ana.page, 'flights'), 'Searching direct flights to Lisbon on the 14th');
    await ana.seesText(ana.page.locator('agent-status .frame'), /flights-agent[\s\S]*hotels-agent[\s\S]*travel-agent[\s\S]*Ana/);
    await ana.seesCount(card(ana.page, 'hotels'), 2);
    assert.equal(await ana.page.getByLabel('Where').inputValue(), 'Lisbon');

    for (const kind of kinds) stage.demo.specialists.step(kind, 100);
    for (const kind of kinds) await isOver(ana, kind, 'done');
    await ana.seesText(ana.answers, '3 nights in Lisbon, 14 May to 17 May');
    await ana.seesRest();
  });

  test('closed and opened elsewhere, it shows the same progress, choices and text, with what completed meanwhile', async () => {
    const ana = await stage.visit({session, context: await stage.newContext()});
    await ana.say(planWish);
    await begins(ana);
    stage.demo.specialists.step('hotels', 4);
    await card(ana.page, 'hotels').first().click();
    await ana.seesCount(ana.page.locator('.card[aria-pressed="true"]'), 1);
    const chosen = await card(ana.page, 'hotels').first().locator('b').innerText();
    await ana.page.context().close();

    stage.demo.specialists.step('flights', 100);
    const elsewhere = await stage.visit({session});
    await isOver(elsewhere, 'flights', 'done');
    await elsewhere.sees('hotels where they were', async () => (await value(elsewhere.page, 'hotels')) === 4);
    await elsewhere.seesText(elsewhere.page.locator('.card[aria-pressed="true"]'), chosen);
    await elsewhere.seesCount(card(elsewhere.page, 'flights'), 4);
    await elsewhere.seesText(elsewhere.own, planWish);
    for (const kind of ['hotels', 'activities'] as const) stage.demo.specialists.step(kind, 100);
    await elsewhere.seesText(elsewhere.answers, 'Choose on the page');

    await elsewhere.say('What is my current itinerary?');
    await elsewhere.seesText(elsewhere.answers.last(), `Hotel: ${chosen}`);
    await elsewhere.page.locator('.card[aria-pressed="true"]').click();
    await elsewhere.seesCount(elsewhere.page.locator('.card[aria-pressed="true"]'), 0);
    await elsewhere.say('What is my current itinerary?');
    await elsewhere.seesText(elsewhere.answers.last(), 'Nothing is chosen yet');
  });

  test('after kill -9 a specialist is lost, the others go on, and the orchestrator says what is missing', async () => {
    stage.faults.shorten({presenceLeaveDelay: 1500});
    const former = stage.demo.specialists.pid('hotels');
    if (former !== undefined) process.kill(former, 'SIGKILL');
    const ana = await stage.visit({session});
    await ana.sees('it is gone', () => Promise.resolve(stage.demo.specialists.pid('hotels') === undefined));
    await ana.say(planWish);
    await begins(ana);
    const pid = stage.demo.specialists.pid('hotels');
    assert.ok(pid !== undefined);
    process.kill(pid, 'SIGKILL');
    stage.demo.specialists.step('flights', 6);
    await ana.sees('flights go on', async () => (await value(ana.page, 'flights')) === 6);
    await ana.seesText(task(ana.page, 'hotels'), /lost/i);
    await ana.seesText(ana.page.locator('agent-status .frame'), /Hotels[^]*?lost/i);
    for (const kind of ['flights', 'activities'] as const) stage.demo.specialists.step(kind, 100);
    await ana.seesText(ana.answers, /Hotels: its agent was lost[\s\S]*Missing: hotels/);
    await ana.seesText(ana.answers, 'Flights: 4 found');
  });

  test('wanting a museum cancels the search for activities and begins another; the others go on', async () => {
    const ana = await stage.visit({session});
    await ana.say(planWish);
    await begins(ana);
    await ana.say('I want to visit a museum');
    await ana.seesText(ana.page.locator('agent-progress .frame'), 'Looking for museums in Lisbon');
    await ana.seesCount(ana.page.locator('agent-progress .cancelled'), 1);
    stage.demo.specialists.step('flights', 2);
    await ana.sees('flights go on', async () => (await value(ana.page, 'flights')) === 2);
    stage.demo.specialists.step('activities', 100);
    await ana.seesText(ana.answers.last(), /Museum visits: \d found/);
    for (const kind of ['flights', 'hotels'] as const) stage.demo.specialists.step(kind, 100);
  });

  test('a supervisor on another device sees the same session, its people, its work and its state', async () => {
    const ana = await stage.visit({session});
    await ana.say('Find hotels in Porto');
    await ana.seesText(task(ana.page, 'hotels'), 'Looking at rooms');
    stage.demo.specialists.step('hotels', 100);
    await ana.seesText(ana.answers, 'Hotels: 5 found');
    const supervisor = await stage.visit({session, as: 'Supervisor'});
    await supervisor.page.goto(`${stage.demo.url}/operator?session=${session}`);
    await supervisor.seesText(supervisor.answers, 'Hotels: 5 found');
    await supervisor.seesText(supervisor.page.locator('agent-status .frame'), /Ana/);
    await supervisor.seesText(supervisor.page.locator('agent-progress .frame'), 'Found 5 hotels');
    await supervisor.seesText(supervisor.page.locator('shared-state .frame'), 'selection');
  });
});
