import assert from 'node:assert/strict';
import {beforeEach, describe, test} from 'node:test';
import type * as Ably from 'ably';
import {WireSignals} from '../../src/ably/wire-signals.ts';
import type {RunSnapshot} from '../../src/session/snapshot.ts';

interface Sent {
  readonly serial: string;
  readonly clientId?: string;
  readonly connectionId?: string;
}

function messageOf(name: string, transport: Record<string, string>, {serial, clientId, connectionId}: Sent): Ably.InboundMessage {
  return {name, serial, clientId, connectionId, timestamp: Number(serial), extras: {ai: {transport}}} as unknown as Ably.InboundMessage;
}

const run = (runId: string, fields: Partial<RunSnapshot> = {}): RunSnapshot =>
  ({key: runId, runId, inputId: `asked-${runId}`, status: 'complete', stop: undefined, isAnswered: false, error: undefined, clientId: 'bo', agentId: 'bot', ...fields});

describe('a stop on the channel', () => {
  let signals: WireSignals;
  const stop = (serial: string, clientId: string | undefined, target: Record<string, string> = {'run-id': 'r1'}): void =>
    void signals.observe(messageOf('ai-cancel', target, {serial, ...(clientId === undefined ? {} : {clientId})}));
  const start = (serial: string, runId: string): void => void signals.observe(messageOf('ai-run-start', {'run-id': runId}, {serial, clientId: 'bot'}));

  beforeEach(() => {
    signals = new WireSignals();
    start('01', 'r1');
  });

  test('is open until a run has begun for who asked for it, or for this person', () => {
    assert.equal(signals.openStop([run('r1')], 'ana'), undefined);
    stop('02', 'bo');
    assert.equal(signals.openStop([run('r1')], 'ana'), '02');
    start('03', 'r2');
    assert.equal(signals.openStop([run('r1'), run('r2', {clientId: 'cy'})], 'ana'), '02');
    assert.equal(signals.openStop([run('r1'), run('r2')], 'ana'), undefined);
    assert.equal(signals.openStop([run('r1'), run('r2', {clientId: 'ana'})], 'ana'), undefined);
  });

  test('stays open where what came after it is in another version than is seen', () => {
    stop('02', 'bo');
    start('03', 'r2');
    assert.equal(signals.openStop([run('r1')], 'ana'), '02');
  });

  test('stays open where the run that began later was the one to be stopped', () => {
    stop('02', 'bo', {'input-codec-message-id': 'asked-r2'});
    start('03', 'r2');
    assert.equal(signals.openStop([run('r1'), run('r2')], 'ana'), '02');
    assert.equal(signals.openStop([run('r1'), run('r2', {inputId: 'asked', status: 'cancelled'})], 'ana'), '02');
  });

  test('of one person is not over because another has gone on after theirs', () => {
    stop('02', 'bo');
    stop('04', 'cy');
    start('05', 'r2');
    assert.equal(signals.openStop([run('r1'), run('r2', {clientId: 'cy'})], 'ana'), '02');
    assert.equal(signals.openStop([run('r1')], 'ana'), '04');
  });

  test('of somebody without a name is over when somebody without a name has gone on', () => {
    stop('02', undefined);
    start('03', 'r2');
    assert.equal(signals.openStop([run('r2', {clientId: undefined})], 'ana'), undefined);
  });

  test('is known for the own page by its connection, whatever comes in which order', () => {
    signals.observe(messageOf('ai-cancel', {'run-id': 'r1'}, {serial: '07', clientId: 'ana', connectionId: 'here'}), 'here');
    signals.observe(messageOf('ai-cancel', {'run-id': 'r1'}, {serial: '05', clientId: 'ana', connectionId: 'here'}), 'here');
    signals.observe(messageOf('ai-cancel', {'run-id': 'r1'}, {serial: '08', clientId: 'ana', connectionId: 'there'}), 'here');
    assert.equal(signals.ownStop, '07');
    assert.equal(signals.openStop([], 'ana'), '08');
  });
});
