import assert from 'node:assert/strict';
import {after, afterEach, before, beforeEach, describe, test} from 'node:test';
import {instantPace} from '../../demo/model/pace.ts';
import {type RunningDemo, startDemo} from '../../demo/start-demo.ts';
import {Traveller} from './travellers.ts';

describe('an agent that asks a page where somebody is', () => {
  let demo: RunningDemo;
  let ana: Traveller;
  let conversations = 0;

  before(async () => {
    demo = await startDemo({port: 0, isTest: true, pace: instantPace, log: () => undefined});
  });
  after(() => demo.close());
  beforeEach(async () => {
    conversations += 1;
    ana = await Traveller.join(demo, `conversations:locate-${conversations}`);
    await ana.person.say('What is near me?');
    await ana.sees('a call', () => ana.person.statuses.join() === 'suspended');
  });
  afterEach(() => ana.leave());

  test('tells what is near', async () => {
    assert.equal(ana.person.question('locate').state, 'input-available');
    await ana.person.wake(await ana.person.give(ana.person.question('locate'), {output: {latitude: 38.7, longitude: -9.1}}));
    await ana.sees('an answer', () => ana.person.statuses.join() === 'complete');
    assert.match(ana.person.answer, /^You are in \*\*Lisbon\*\*/);
  });

  test('takes the first of two results', async () => {
    const first = await ana.person.give(ana.person.question('locate'), {output: {latitude: 41.9, longitude: 12.5}});
    await ana.person.give(ana.person.question('locate'), {output: {latitude: 38.7, longitude: -9.1}});
    await ana.person.wake(first);
    await ana.sees('an answer', () => ana.person.statuses.join() === 'complete');
    assert.match(ana.person.answer, /^You are in \*\*Rome\*\*/);
  });

  test('goes on when somebody does not want to say', async () => {
    await ana.person.wake(await ana.person.give(ana.person.question('locate'), {error: 'User denied Geolocation'}));
    await ana.sees('an answer', () => ana.person.statuses.join() === 'complete');
    assert.match(ana.person.answer, /^I cannot see where you are, and that is fine/);
    assert.equal(ana.person.question('locate').state, 'output-error');
  });
});
