import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, mock, test} from 'node:test';
import {Stops, stopTimeoutMs} from '../../src/ably/stops.ts';
import {FaultyStage, isReady, tokensFor} from '../helpers/faulty-stage.ts';
import {until} from '../helpers/until.ts';

describe('a stop', () => {
  let stage: FaultyStage;

  beforeEach(async () => {
    stage = await FaultyStage.open('conversations:stops');
  });
  afterEach(() => stage.close());

  test('shows on every page, whoever asks for it, until the agent has confirmed it', async () => {
    // Not told of anything, so that no run begins and nothing is confirmed.
    const silent = {settings: {wakeAgent: () => Promise.resolve()}};
    const ana = stage.visit(silent);
    const bo = stage.visitFromElsewhere('bo', silent);
    await isReady(ana);
    await isReady(bo);
    await ana.dispatch({type: 'send', text: 'Hello'});
    await until(bo, ({runs}) => runs[0]?.status === 'starting');
    await bo.dispatch({type: 'cancel'});
    for (const page of [ana, bo]) await until(page, ({runs}) => runs[0]?.stop === 'requested');
  });

  test('of a run that was begun elsewhere shows there until the agent confirms it, and ends it everywhere', async () => {
    const ana = stage.visit();
    await isReady(ana);
    await ana.dispatch({type: 'send', text: 'Hello'});
    const run = await stage.agent.answerNext();
    await run.append('Good');
    const bo = stage.visitFromElsewhere('bo');
    await until(bo, ({runs}) => runs[0]?.status === 'active');
    const confirm = run.holdStop();
    await bo.dispatch({type: 'cancel'});
    for (const page of [ana, bo]) await until(page, ({runs}) => runs[0]?.stop === 'requested');
    confirm();
    for (const page of [ana, bo]) {
      const {runs} = await until(page, (snapshot) => snapshot.runs[0]?.status === 'cancelled');
      assert.equal(runs[0]?.stop, undefined);
    }
  });

  test('shows also to who comes while it is not confirmed', async () => {
    const silent = {settings: {wakeAgent: () => Promise.resolve()}};
    const ana = stage.visit(silent);
    await isReady(ana);
    await ana.dispatch({type: 'send', text: 'Hello'});
    await until(ana, ({runs}) => runs[0]?.status === 'starting');
    await ana.dispatch({type: 'cancel'});
    const later = stage.visitFromElsewhere('bo', silent);
    await until(later, ({runs}) => runs[0]?.stop === 'requested');
  });

  test('of an earlier run is not one of the next run of the same message', async () => {
    const ana = stage.visit();
    await isReady(ana);
    await ana.dispatch({type: 'send', text: 'Hello'});
    const first = await stage.agent.answerNext();
    await first.append('Good');
    await until(ana, ({runs}) => runs[0]?.status === 'active');
    await ana.dispatch({type: 'cancel'});
    const {runs} = await until(ana, (snapshot) => snapshot.runs[0]?.status === 'cancelled');
    await ana.dispatch({type: 'retry', messageId: runs[0]?.inputId ?? ''});
    await (await stage.agent.answerNext()).append('Good day');
    const bo = stage.visitFromElsewhere('bo');
    for (const page of [ana, bo]) {
      const now = await until(page, (snapshot) => snapshot.runs.at(-1)?.status === 'active');
      assert.equal(now.runs.at(-1)?.stop, undefined);
    }
  });

  test('that cannot be asked for says so, and takes nothing for stopped', async () => {
    const ana = stage.visit();
    await isReady(ana);
    await ana.dispatch({type: 'send', text: 'Hello'});
    await (await stage.agent.answerNext()).append('Good');
    const reader = stage.visit({settings: {authCallback: tokensFor('reader', {'*': ['subscribe', 'history', 'presence']})}});
    await until(reader, ({runs}) => runs[0]?.status === 'active');
    await assert.rejects(reader.dispatch({type: 'cancel'}), /The stop did not reach the agent.*publish/);
    assert.equal(reader.snapshot.runs[0]?.stop, undefined);
  });
});

describe('a stop that is waited for', () => {
  const run = {runId: 'r1', inputId: 'm1'};
  let stops: Stops;

  beforeEach(() => {
    mock.timers.enable({apis: ['setTimeout', 'Date'], now: 100_000});
    stops = new Stops(() => undefined);
  });
  afterEach(() => {
    stops.close();
    mock.timers.reset();
  });

  test('is unconfirmed after a while, also where it was seen on the channel', () => {
    stops.observe(run, 100_000);
    assert.equal(stops.stateOf(run), 'requested');
    mock.timers.tick(stopTimeoutMs);
    assert.equal(stops.stateOf({runId: 'r1', inputId: undefined}), 'unconfirmed');
  });

  test('has been waited for since it was asked for, and not since it was seen', () => {
    stops.observe(run, 100_000 - stopTimeoutMs + 100);
    mock.timers.tick(99);
    assert.equal(stops.stateOf(run), 'requested');
    mock.timers.tick(1);
    assert.equal(stops.stateOf(run), 'unconfirmed');
  });

  test('is not waited for longer than the time it takes, however wrong the clocks are', () => {
    stops.observe(run, 9_999_999);
    mock.timers.tick(stopTimeoutMs);
    assert.equal(stops.stateOf(run), 'unconfirmed');
  });

  test('is not asked for anew when it is seen again after it was settled', () => {
    stops.request(run);
    stops.observe(run, 100_000);
    stops.settle(run);
    stops.observe(run, 100_000);
    assert.equal(stops.stateOf(run), undefined);
  });
});
