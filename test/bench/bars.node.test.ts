import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {judge, judgeSession, type Verdict} from '../../bench/bars.ts';
import type {Failure} from '../../bench/measure.ts';
import {inTurns, medians, type Outcome, type Row} from '../../bench/outcomes.ts';
import type {PageCost} from '../../bench/session.ts';

const ran = (row: Row): Outcome => ({row: {busyQuiet: row.busy ?? NaN, ...row}, failure: undefined, finished: 3, runs: 3});
const failed = (failure: Failure): Outcome => ({row: undefined, failure, finished: 0, runs: 1});
const outcomesOf = (verdicts: readonly Verdict[]): string[] => verdicts.map(({outcome}) => outcome);

describe('The bars of the benchmark', () => {
  const kits = ['kit', 'other kit'];
  const beside = (own: number, of: Record<string, Outcome>, times = 20): Verdict[] =>
    judge('burst', new Map([['floor blocks', ran({busy: 100})], ['<agent-chat>', ran({busy: own})], ...Object.entries(of)]), {kits: times}, kits);

  it('compare with the best of the complete kits', () => {
    const others = {'kit': ran({busy: 9_000}), 'other kit': ran({busy: 4_000}), 'a renderer alone': ran({busy: 10})};
    assert.deepEqual(outcomesOf(beside(200, others)), ['met', 'met']);
    assert.deepEqual(outcomesOf(beside(201, others)), ['missed', 'missed']);
    assert.match(beside(200, others)[0]?.measured ?? '', /^20\.0 times less: 200 ms, other kit 4000$/);
  });

  it('count a kit that was cut by its limit, and say that it is more', () => {
    const others = {'kit': failed('cut'), 'other kit': failed('cut')};
    assert.deepEqual(outcomesOf(beside(600, others)), ['met', 'met']);
    assert.match(beside(600, others)[0]?.measured ?? '', /^more than 60\.0 times less/);
    // A kit that was given longer might still have been far enough away.
    assert.deepEqual(outcomesOf(beside(2_000, others)), ['open', 'open']);
    assert.deepEqual(outcomesOf(beside(2_000, {...others, 'other kit': ran({busy: 30_000})})), ['missed', 'missed']);
  });

  it('prove nothing by kits that were not measured, or never showed the end', () => {
    assert.deepEqual(outcomesOf(beside(1, {})), ['open', 'open']);
    assert.deepEqual(outcomesOf(beside(1, {kit: failed('lost')})), ['open', 'open']);
  });

  it('judge what follows the text, too', () => {
    const own = {...ran({busy: 100, busyQuiet: 300})};
    const verdicts = judge('burst', new Map([['<agent-chat>', own], ['kit', ran({busy: 2_000})]]), {kits: 20}, kits);
    assert.deepEqual(outcomesOf(verdicts), ['met', 'missed']);
  });

  it('take the times of the floor, and hold no clock against ours that the floor cannot keep', () => {
    const judged = (floor: Row, own: Row): Verdict[] =>
      judge('burst', new Map([['floor blocks', ran(floor)], ['<agent-chat>', ran(own)]]), {times: 1.9, growth: 1.3, longest: 50, p95: 17}, kits);
    const floor = {busy: 100, growth: 9, longest: 0, p95: 16.7};
    assert.deepEqual(outcomesOf(judged(floor, {busy: 190, growth: 1.3, longest: 50, p95: 17})), ['met', 'met', 'met', 'met']);
    assert.deepEqual(outcomesOf(judged(floor, {busy: 191, growth: 1.4, longest: 51, p95: 17.1})), ['missed', 'missed', 'missed', 'missed']);
    assert.deepEqual(outcomesOf(judged({...floor, longest: 60, p95: 33}, {busy: 191, growth: 1.4, longest: 51, p95: 17.1})), ['missed', 'missed', 'open', 'open']);
  });

  it('say that ours did not finish', () => {
    assert.deepEqual(outcomesOf(judge('burst', new Map([['<agent-chat>', failed('lost')]]), {times: 1.9}, kits)), ['missed']);
  });

  it('ask that the elements cost less than the SDK, by scripts and by pages', () => {
    const cost = (all: number): PageCost => ({all, script: 0, style: 0, layout: 0, other: 0, lasted: 0});
    const shares = {'Ably and AI Transport': 290, 'our session and elements': 100, 'our renderer, with marked': 72, 'Lit': 14, 'garbage collection': 400};
    assert.deepEqual(outcomesOf(judgeSession({runs: 1, shares, bare: cost(500), chat: cost(1_100)})), ['met', 'missed']);
    assert.deepEqual(outcomesOf(judgeSession({runs: 1, shares: {...shares, Lit: 200}, bare: cost(500), chat: cost(900)})), ['missed', 'met']);
  });
});

describe('What the benchmark makes of several runs', () => {
  it('is the median, of the longest task as well, and the worst of those', () => {
    assert.deepEqual(medians([{busy: 3, longest: 0}, {busy: 1, longest: 90}, {busy: 2, longest: 60}]), {busy: 2, longest: 60, worst: 90});
    assert.deepEqual(medians([{busy: 1}, {busy: 2}]), {busy: 1.5});
  });

  it('takes turns, measures each as often as is wanted, and nobody again who failed', async () => {
    const calls: string[] = [];
    const outcomes = await inTurns(['ours', 'kit', 'bad kit'], (name) => (name === 'ours' ? 3 : 2), async (name) => {
      calls.push(name);
      return await Promise.resolve(name === 'bad kit' ? 'cut' : {busy: calls.length});
    });
    assert.deepEqual(calls, ['ours', 'kit', 'bad kit', 'ours', 'kit', 'ours']);
    assert.deepEqual(outcomes.get('ours'), {row: {busy: 4}, failure: undefined, finished: 3, runs: 3});
    assert.deepEqual(outcomes.get('bad kit'), {row: undefined, failure: 'cut', finished: 0, runs: 1});
  });
});
