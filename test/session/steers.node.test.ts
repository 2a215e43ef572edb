import assert from 'node:assert/strict';
import {test} from 'node:test';
import {runToSteer} from '../../src/session/barge-in.ts';
import type {RunSnapshot} from '../../src/session/snapshot.ts';
import {placeOf} from '../../src/session/steers.ts';

function run(key: string, fields: Partial<RunSnapshot> = {}): RunSnapshot {
  return {key, runId: key, inputId: 'm1', status: 'active', stop: undefined, isAnswered: false, error: undefined, clientId: 'ana', agentId: 'bot', ...fields};
}

test('a steer joins the newest run at work, and a suspended one only where there is no other', () => {
  assert.equal(runToSteer([run('r1'), run('r2')])?.key, 'r2');
  assert.equal(runToSteer([run('r1'), run('r2', {status: 'suspended'})])?.key, 'r1');
  assert.equal(runToSteer([run('r1', {status: 'suspended'}), run('r2', {status: 'complete'})])?.key, 'r1');
});

test('no steer joins a run that is being stopped, has lost its agent, or is over', () => {
  for (const fields of [{stop: 'requested'}, {stop: 'unconfirmed'}, {status: 'lost'}, {status: 'unanswered'}, {status: 'error'}] as const) {
    assert.equal(runToSteer([run('r1', fields)]), undefined);
  }
});

test('an unsent steer joins its run, waits for it, or is a message of its own, as the run stands', () => {
  const target = {runId: 'r1', inputId: 'm1'};
  const place = (fields: Partial<RunSnapshot>): string => placeOf(target, [run('r1', fields)]).kind;
  assert.equal(place({}), 'join');
  assert.equal(place({status: 'suspended'}), 'join');
  assert.equal(place({status: 'complete'}), 'alone');
  assert.equal(place({status: 'error'}), 'alone');
  assert.equal(place({status: 'lost'}), 'alone');
  assert.equal(placeOf(target, []).kind, 'alone');
});

test('an unsent steer whose run was stopped is kept back', () => {
  assert.equal(placeOf({runId: 'r1', inputId: 'm1'}, [run('r1', {status: 'cancelled'})]).kind, 'keep');
  assert.equal(placeOf({runId: undefined, inputId: 'm1'}, [run('x', {runId: undefined, status: 'starting', stop: 'requested'})]).kind, 'keep');
});

test('a steer said before its run began knows the run by its message, also once it has begun', () => {
  const target = {runId: undefined, inputId: 'm1'};
  assert.equal(placeOf(target, [run('input:m1', {runId: undefined, status: 'starting'})]).kind, 'wait');
  assert.deepEqual(placeOf(target, [run('r1', {status: 'error'}), run('r2')]), {kind: 'join', runId: 'r2'});
  assert.equal(placeOf(target, [run('input:m1', {runId: undefined, status: 'unanswered'})]).kind, 'alone');
  assert.equal(placeOf(target, [], true).kind, 'wait');
});
