import assert from 'node:assert/strict';
import {after, afterEach, before, beforeEach, describe, test} from 'node:test';
import {isDeepStrictEqual} from 'node:util';
import {instantPace} from '../../demo/model/pace.ts';
import {type Kind, kinds} from '../../demo/planner/trip.ts';
import {type RunningDemo, startDemo} from '../../demo/start-demo.ts';
import {Traveller} from './travellers.ts';

const planWish = 'Plan four days in Lisbon for two people from 14 May, €1500';

describe('the holiday planner', () => {
  let demo: RunningDemo;
  let ana: Traveller;
  let conversations = 0;

  before(async () => {
    demo = await startDemo({
      port: 0, isTest: true, pace: instantPace, faults: true, log: () => undefined,
      specialists: {stepMs: 'stepped', patienceMs: 0, graceMs: 300},
    });
  });
  after(() => demo.close());

  beforeEach(async () => {
    conversations += 1;
    ana = await Traveller.join(demo, `conversations:plan-${conversations}`);
  });
  afterEach(async () => {
    demo.broker?.faults?.reset();
    await ana.leave();
  });

  const begins = (...which: Kind[]) => ana.sees(`${which.join()} at work`, () => which.every((kind) => ana.task(kind)?.state === 'running'));
  /** Lets specialists work until they are done. */
  const finishes = async (...which: Kind[]) => {
    for (const kind of which) demo.specialists.step(kind, 100);
    await ana.sees(`${which.join()} done`, () => which.every((kind) => ana.task(kind)?.state === 'done'));
  };

  test('has three specialists search side by side, each at its own pace, and answers from what they found', async () => {
    await ana.person.say(planWish);
    await begins(...kinds);
    assert.deepEqual(await ana.agents(), ['activities-agent', 'flights-agent', 'hotels-agent', 'travel-agent']);
    assert.equal(ana.task('flights')?.label, 'Searching direct flights to Lisbon on the 14th');
    assert.deepEqual((ana.state['selection'] as {trip: object}).trip, {destination: 'Lisbon', nights: 3, budget: 1500, people: 2, startDate: `${startYear()}-05-14`});

    demo.specialists.step('hotels', 4);
    await ana.sees('hotels ahead', () => (ana.task('hotels')?.value ?? 0) >= 4);
    assert.equal(ana.task('flights')?.value, 0);
    assert.equal(ana.options('hotels').length, 1);
    demo.specialists.step('flights', 3);
    await ana.sees('flights follow', () => (ana.task('flights')?.value ?? 0) >= 3);
    assert.deepEqual(ana.person.statuses, ['active']);

    await finishes(...kinds);
    await ana.sees('the answer', () => ana.person.statuses.join() === 'complete');
    assert.match(ana.person.answer, /## 3 nights in Lisbon, 14 May to 17 May/);
    assert.match(ana.person.answer, /\*\*Flights:\*\* 4 found, from \d+ €/);
    assert.match(ana.person.answer, /of your budget|than your budget/);
    assert.equal(ana.options('activities').length, 5);
    await ana.sees('nobody at work', async () => (await ana.agents()).length === 0);
  });

  test('answers what the itinerary is from the page, where things are chosen and removed', async () => {
    await ana.person.say('Find hotels in Porto');
    await begins('hotels');
    await finishes('hotels');
    await ana.sees('the answer', () => ana.person.statuses.join() === 'complete');
    const [hotel] = ana.options('hotels');
    assert.ok(hotel);
    await ana.root.get('selection').set('hotel', {...hotel});
    await ana.person.say('What is my current itinerary?');
    await ana.sees('an itinerary', () => ana.person.statuses.join() === 'complete,complete');
    assert.ok(ana.person.answer.includes(`**Hotel:** ${hotel.title}`), ana.person.answer);
    assert.match(ana.person.answer, /You have not chosen a flight or any activities yet/);

    await ana.root.get('selection').remove('hotel');
    await ana.person.say('What is my current itinerary?');
    await ana.sees('an itinerary', () => ana.person.statuses.join() === 'complete,complete,complete');
    assert.match(ana.person.answer, /Nothing is chosen yet/);
  });

  test('searches for the trip as the form has it, whoever filled it in', async () => {
    const trip = ana.root.get('selection').get('trip');
    await trip.set('destination', 'Ghent');
    await trip.set('nights', '6');
    await ana.person.say('Find hotels');
    await begins('hotels');
    await finishes('hotels');
    await ana.sees('the answer', () => ana.person.statuses.join() === 'complete');
    assert.match(ana.person.answer, /## 6 nights in Ghent/);
  });

  test('cancels the search for activities when somebody wants a museum, and goes on with the others', async () => {
    const first = await ana.person.say(planWish);
    await begins(...kinds);
    // As the page does it: what runs is stopped, and the next message follows.
    await first.cancel();
    await ana.person.say('I want to visit a museum');
    await ana.sees('another search', () => ana.tasks('activities').length === 2 && ana.task('activities')?.state === 'running');
    assert.deepEqual(ana.tasks('activities').map(({state, label}) => [state, label]), [
      ['cancelled', 'Looking for things to do in Lisbon'], ['running', 'Looking for museums in Lisbon'],
    ]);
    await finishes('activities');
    await ana.sees('the answer', () => ana.person.statuses.join() === 'cancelled,complete');
    assert.match(ana.person.answer, /\*\*Museum visits:\*\* \d found/);
    assert.match(ana.person.answer, /The search for flights and hotels goes on/);
    assert.ok(ana.options('activities').some(({title}) => title === 'MAAT'));
    await finishes('flights', 'hotels');
  });

  test('cancels all searches after a stop that nothing follows', async () => {
    const run = await ana.person.say(planWish);
    await begins(...kinds);
    await run.cancel();
    await ana.sees('all cancelled', () => kinds.every((kind) => ana.task(kind)?.state === 'cancelled'));
    await ana.sees('nobody at work', async () => (await ana.agents()).length === 0);
  });

  test('cancels a search that somebody no longer wants', async () => {
    await ana.person.say(planWish);
    await begins(...kinds);
    const bruno = await Traveller.join(demo, ana.person.channel, {name: 'Bruno'});
    await bruno.person.say('Forget the flights');
    await ana.sees('no flights', () => ana.task('flights')?.state === 'cancelled');
    await finishes('hotels', 'activities');
    await ana.sees('both answers', () => ana.person.statuses.join() === 'complete,complete');
    assert.ok(ana.person.texts.some((text) => text.includes('I have cancelled the search for flights')));
    assert.ok(ana.person.texts.some((text) => text.includes('**Flights:** the search was cancelled')));
    await bruno.leave();
  });

  test('goes on without a specialist that was killed, and says what is missing', async () => {
    demo.broker?.faults?.shorten({presenceLeaveDelay: 800});
    // Its connection is to know the shorter delay.
    const before = demo.specialists.pid('hotels');
    if (before !== undefined) process.kill(before, 'SIGKILL');
    await ana.sees('it is gone', () => demo.specialists.pid('hotels') === undefined);
    await ana.person.say(planWish);
    await begins(...kinds);
    demo.specialists.step('hotels', 4);
    await ana.sees('a hotel', () => ana.options('hotels').length === 1);
    const pid = demo.specialists.pid('hotels');
    assert.ok(pid !== undefined && pid !== before);
    process.kill(pid, 'SIGKILL');
    await finishes('flights', 'activities');
    await ana.sees('it is told as lost', () => ana.task('hotels')?.state === 'failed');
    assert.equal(ana.task('hotels')?.error, 'lost');
    await ana.sees('the answer', () => ana.person.statuses.join() === 'complete');
    assert.match(ana.person.answer, /\*\*Hotels:\*\* its agent was lost; 1 found before/);
    assert.match(ana.person.answer, /\*\*Missing:\*\* hotels/);
    assert.match(ana.person.answer, /\*\*Flights:\*\* 4 found/);

    await ana.person.say('Find hotels');
    await begins('hotels');
    await finishes('hotels');
  });

  test('pauses while nobody is there, and goes on when somebody comes', async () => {
    await ana.person.say('Find flights to Rome');
    await begins('flights');
    demo.specialists.step('flights', 1);
    await ana.sees('a step', () => ana.task('flights')?.value === 1);
    await ana.go();
    demo.specialists.step('flights', 1);
    await ana.sees('a pause', () => ana.task('flights')?.detail === 'Paused: nobody is here');
    demo.specialists.step('flights', 1);
    const bruno = await Traveller.join(demo, ana.person.channel, {name: 'Bruno'});
    await ana.sees('it goes on', () => ana.task('flights')?.detail === undefined && ana.task('flights')?.value === 3);
    await finishes('flights');
    await bruno.leave();
  });

  test('holds the same state everywhere after an outage in the middle of all of it', async () => {
    const bruno = await Traveller.join(demo, ana.person.channel, {name: 'Bruno'});
    await ana.person.say(planWish);
    await begins(...kinds);
    demo.specialists.step('hotels', 4);
    demo.broker?.faults?.goDark({ms: 1000});
    for (const kind of kinds) demo.specialists.step(kind, 100);
    await ana.sees('all done', () => kinds.every((kind) => ana.task(kind)?.state === 'done'), 20_000);
    await ana.sees('the answer', () => ana.person.statuses.join() === 'complete', 20_000);
    await bruno.sees('the same', () => isDeepStrictEqual(bruno.state, ana.state));
    assert.deepEqual(kinds.map((kind) => ana.options(kind).length), [4, 5, 5]);
    assert.deepEqual(bruno.person.texts, ana.person.texts);
    await bruno.leave();
  });
});

function startYear(): string {
  const now = new Date();
  return String(now.toISOString().slice(5, 10) < '05-14' ? now.getUTCFullYear() : now.getUTCFullYear() + 1);
}
