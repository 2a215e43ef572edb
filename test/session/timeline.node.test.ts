import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {SessionMessage} from '../../src/session/message.ts';
import type {RunSnapshot} from '../../src/session/snapshot.ts';
import {timelineOf, type TimelineItem} from '../../src/session/timeline.ts';

const dayMs = 86_400_000;
const dayOf = (time: number): number => time - (time % dayMs);

function message(id: string, fields: Partial<SessionMessage> = {}): SessionMessage {
  return {id, role: 'user', clientId: 'ana', mine: true, createdAt: 5, runId: undefined, delivery: 'sent', error: undefined, steer: undefined, branch: undefined, parts: [], ...fields};
}

function run(key: string, fields: Partial<RunSnapshot> = {}): RunSnapshot {
  return {key, runId: key, inputId: undefined, status: 'active', stop: undefined, isAnswered: false, error: undefined, clientId: 'ana', agentId: 'bot', ...fields};
}

function keys(items: readonly TimelineItem[]): string[] {
  return items.map((item) => (item.type === 'message' && item.streaming ? `${item.key}*` : item.key));
}

test('the state of a run stands behind its last message, and that message is the one being written', () => {
  const messages = [message('m1'), message('a1', {role: 'assistant', runId: 'r1'}), message('a2', {role: 'assistant', runId: 'r1'})];
  assert.deepEqual(keys(timelineOf({messages, runs: [run('r1', {inputId: 'm1'})]}, dayOf)), ['day:0', 'm1', 'a1', 'a2*', 'run:r1']);
});

test('a steer is no message being written, and the state of its run stands behind it', () => {
  const messages = [message('m1'), message('a1', {role: 'assistant', runId: 'r1'}), message('m2', {runId: 'r1', steer: 'waiting'})];
  assert.deepEqual(keys(timelineOf({messages, runs: [run('r1', {inputId: 'm1'})]}, dayOf)), ['day:0', 'm1', 'a1*', 'm2', 'run:r1']);
});

test('a run without output stands behind the message that asked for it, and names it for a retry', () => {
  const messages = [message('m1'), message('m2')];
  const items = timelineOf({messages, runs: [run('r1', {inputId: 'm1', status: 'cancelled'})]}, dayOf);
  assert.deepEqual(keys(items), ['day:0', 'm1', 'run:r1', 'm2']);
  assert.equal(items[2]?.type === 'run' && items[2].retryId, 'm1');
});

test('a run that ended well says nothing', () => {
  const messages = [message('m1'), message('a1', {role: 'assistant', runId: 'r1'})];
  assert.deepEqual(keys(timelineOf({messages, runs: [run('r1', {status: 'complete'})]}, dayOf)), ['day:0', 'm1', 'a1']);
});

test('a run whose messages are not revealed yet stands at the end', () => {
  assert.deepEqual(keys(timelineOf({messages: [message('m1')], runs: [run('r9')]}, dayOf)), ['day:0', 'm1', 'run:r9']);
});

test('each day begins with a separator; messages not sent yet belong to the day before them', () => {
  const messages = [message('m1'), message('m2', {createdAt: dayMs + 1}), message('m3', {createdAt: undefined})];
  assert.deepEqual(keys(timelineOf({messages, runs: []}, dayOf)), ['day:0', 'm1', `day:${dayMs}`, 'm2', 'm3']);
});
