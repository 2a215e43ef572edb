import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, mock, test} from 'node:test';
import {Absences, absenceMs} from '../../src/ably/absences.ts';
import type {RunSnapshot, RunStatus} from '../../src/session/snapshot.ts';

const run = (key: string, {status = 'active', agentId = 'bot'}: {status?: RunStatus; agentId?: string} = {}): RunSnapshot =>
  ({key, runId: key, inputId: undefined, status, stop: undefined, isAnswered: false, error: undefined, clientId: 'ana', agentId});

describe('an agent that is not present while a run of its is at work', () => {
  let changes: number;
  let absences: Absences;
  let away: Set<string>;
  let vanished: Map<string, number>;
  const expected = (...runs: RunSnapshot[]): string[] =>
    [...absences.expected(runs, {isAway: (clientId) => away.has(clientId), vanishedAt: (clientId) => vanished.get(clientId), begunAt: () => 1000})];

  beforeEach(() => {
    mock.timers.enable({apis: ['setTimeout']});
    changes = 0;
    away = new Set(['bot']);
    vanished = new Map();
    absences = new Absences(() => changes++);
  });
  afterEach(() => {
    absences.close();
    mock.timers.reset();
  });

  test('is expected for a while, and then no more, which is said', () => {
    assert.deepEqual(expected(run('r1')), ['bot']);
    mock.timers.tick(absenceMs - 1);
    assert.deepEqual([expected(run('r1')), changes], [['bot'], 0]);
    mock.timers.tick(1);
    assert.deepEqual([expected(run('r1')), changes], [[], 1]);
    mock.timers.tick(absenceMs);
    assert.deepEqual([expected(run('r1')), changes], [[], 1]);
  });

  test('is expected anew with the next run, and when it leaves once more', () => {
    expected(run('r1'));
    mock.timers.tick(absenceMs);
    assert.deepEqual(expected(run('r1', {status: 'complete'}), run('r2')), ['bot']);
    away.clear();
    assert.deepEqual(expected(run('r2')), []);
    mock.timers.tick(absenceMs);
    away.add('bot');
    assert.deepEqual([expected(run('r2')), changes], [['bot'], 1]);
  });

  test('is gone at once where it vanished since the run began, and not where that was before', () => {
    vanished.set('bot', 1001);
    assert.deepEqual(expected(run('r1')), []);
    vanished.set('bot', 999);
    assert.deepEqual(expected(run('r1')), ['bot']);
  });

  test('is none of the others, and none whose runs have ended', () => {
    away.add('other');
    assert.deepEqual(expected(run('r1', {status: 'complete'}), run('r2', {status: 'suspended'}), run('r3', {agentId: 'other'})), ['other']);
  });

  test('is not waited for once the session is closed', () => {
    expected(run('r1'));
    absences.close();
    mock.timers.tick(absenceMs);
    assert.equal(changes, 0);
  });
});
