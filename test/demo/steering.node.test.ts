import assert from 'node:assert/strict';
import {after, afterEach, before, beforeEach, describe, test} from 'node:test';
import {instantPace, type Pace} from '../../demo/model/pace.ts';
import {type RunningDemo, startDemo} from '../../demo/start-demo.ts';
import {SteppedPace} from './stepped-pace.ts';
import {Person} from './person.ts';
import {Traveller} from './travellers.ts';

describe('an agent that is steered', () => {
  let demo: RunningDemo;
  let ana: Traveller;
  let stepped: SteppedPace;
  let pace: Pace;
  let conversations = 0;
  let callsBefore = 0;
  const log: string[] = [];

  const calls = (): number => demo.modelCalls() - callsBefore;
  const runId = (): string => ana.person.runs.at(-1)?.runId ?? '';
  /** The steers that the agent's messages name as heard. */
  const heard = (): string[] => ana.person.heardSteers();

  before(async () => {
    demo = await startDemo({port: 0, isTest: true, pace: (beat) => pace(beat), log: (line) => log.push(line), specialists: {stepMs: 'stepped', patienceMs: 0, graceMs: 300}});
  });
  after(() => demo.close());
  beforeEach(async () => {
    stepped = new SteppedPace();
    pace = stepped.pace;
    callsBefore = demo.modelCalls();
    log.splice(0);
    conversations += 1;
    ana = await Traveller.join(demo, `conversations:steer-${conversations}`);
  });
  afterEach(async () => {
    stepped.finish();
    await ana.leave();
  });

  test('gives up the model call at once, keeps what was written, and answers with the message before it', async () => {
    await ana.person.say('Two days in Rome, 900 dollars');
    stepped.write(12);
    await ana.sees('some words', () => ana.person.answer.startsWith('## 2 days in'));
    const steer = await ana.person.steer(runId(), 'use euros, and make it 3 days');
    await ana.sees('another call', () => calls() === 2);
    assert.equal(stepped.aborted, 1);
    stepped.finish();
    await ana.sees('the end', () => ana.person.statuses.join() === 'complete');
    assert.match(ana.person.answer, /^## 3 days in Rome[\s\S]*\d+ €/);
    assert.ok(!ana.person.answer.includes('$'), ana.person.answer);
    assert.deepEqual(ana.person.texts.map((text) => text.slice(0, 15)), ['user: Two days ', 'assistant: ## 2', 'user: use euros', 'assistant: ## 3']);
    assert.deepEqual(heard(), [steer]);
    assert.equal(calls(), 2);
  });

  test('hears what was said while tools worked with the next call, and lets the tools finish', async () => {
    pace = instantPace;
    await ana.person.say('Find hotels in Porto');
    await ana.sees('a search', () => ana.task('hotels')?.state === 'running');
    const steer = await ana.person.steer(runId(), 'in English please');
    await ana.person.until(() => ana.person.texts.includes('user: in English please'));
    assert.equal(ana.task('hotels')?.state, 'running');
    assert.equal(calls(), 1);
    demo.specialists.step('hotels', 100);
    await ana.sees('the end', () => ana.person.statuses.join() === 'complete');
    assert.match(ana.person.answer, /^As you say: \*in English please\*[\s\S]*\*\*Hotels:\*\* \d found/);
    assert.deepEqual(heard(), [steer]);
    assert.equal(calls(), 2);
  });

  test('searches again when what was said changes the trip', async () => {
    pace = instantPace;
    await ana.person.say('Find hotels in Porto');
    await ana.sees('a search', () => ana.task('hotels')?.state === 'running');
    await ana.person.steer(runId(), 'make it 2 nights');
    await ana.person.until(() => ana.person.texts.includes('user: make it 2 nights'));
    demo.specialists.step('hotels', 100);
    await ana.sees('another search', () => ana.tasks('hotels').length === 2 && ana.task('hotels')?.state === 'running');
    demo.specialists.step('hotels', 100);
    await ana.sees('the end', () => ana.person.statuses.join() === 'complete');
    assert.match(ana.person.answer, /## 2 nights in Porto/);
  });

  test('does not claim to have heard what came after its last call', async () => {
    pace = instantPace;
    await ana.person.say('hello');
    await ana.sees('the end', () => ana.person.statuses.join() === 'complete');
    await ana.person.steer(runId(), 'in German');
    await ana.person.until(() => ana.person.texts.includes('user: in German'));
    assert.deepEqual(heard(), []);
    assert.equal(calls(), 1);
  });

  test('goes on when somebody who takes no part in the session wants to stop it, and says so in its log', async () => {
    await ana.person.say('Two days in Rome');
    stepped.write(5);
    await ana.sees('some words', () => ana.person.answer.length > 3);
    const mallory = await Person.join(demo, {name: 'Mallory', channel: ana.person.channel});
    await mallory.session.cancel(runId());
    await ana.sees('a refusal', () => log.some((line) => line.includes('Mallory may not stop run')));
    stepped.finish();
    await ana.sees('the end', () => ana.person.statuses.join() === 'complete');
    await mallory.leave();
  });

  test('is stopped by somebody who is only present', async () => {
    await ana.person.say('Two days in Rome');
    stepped.write(5);
    await ana.sees('some words', () => ana.person.answer.length > 3);
    const bruno = await Traveller.join(demo, ana.person.channel, {name: 'Bruno'});
    await bruno.person.session.cancel(runId());
    await ana.sees('the end', () => ana.person.statuses.join() === 'cancelled');
    await bruno.leave();
  });
});
