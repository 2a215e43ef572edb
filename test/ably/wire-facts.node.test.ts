import assert from 'node:assert/strict';
import {test} from 'node:test';
import type * as Ably from 'ably';
import {WireFacts} from '../../src/ably/wire-facts.ts';

const messageOf = (name: string, serial: string, transport: Record<string, string>): Ably.InboundMessage =>
  ({name, serial, timestamp: 1, extras: {ai: {transport}}}) as unknown as Ably.InboundMessage;
const start = messageOf('ai-run-start', '01', {'run-id': 'run', 'parent': 'question', 'input-codec-message-id': 'again'});
const suspend = messageOf('ai-run-suspend', '02', {'run-id': 'run'});
const end = messageOf('ai-run-end', '03', {'run-id': 'run', 'run-reason': 'cancelled'});

test('the end of a run counts also where history brings its beginning later', () => {
  const facts = new WireFacts();
  assert.equal(facts.stateOf('run'), undefined);
  for (const message of [end, start, suspend]) facts.observe(message);
  assert.deepEqual(facts.stateOf('run'), {status: 'cancelled'});
});

test('a run that goes on is at work again, and says news of it', () => {
  const facts = new WireFacts();
  assert.deepEqual([start, suspend].map((message) => facts.observe(message)), [true, true]);
  assert.deepEqual(facts.stateOf('run'), {status: 'suspended'});
  assert.equal(facts.observe(messageOf('ai-run-resume', '04', {'run-id': 'run'})), true);
  assert.deepEqual(facts.stateOf('run'), {status: 'active'});
  assert.equal(facts.observe(suspend), false);
});

test('why a run failed is kept', () => {
  const facts = new WireFacts();
  facts.observe(messageOf('ai-run-end', '03', {'run-id': 'run', 'run-reason': 'error', 'error-code': '104003', 'error-message': 'the model failed'}));
  const state = facts.stateOf('run');
  assert.ok(state?.status === 'error');
  assert.deepEqual([state.error.code, state.error.message], [104003, 'the model failed']);
});

test('the runs that answer a message are known, those of another answer too', () => {
  const facts = new WireFacts();
  facts.observe(start);
  assert.deepEqual([...facts.runsFor('question')], ['run']);
  assert.deepEqual([...facts.runsFor('other')], []);
});
