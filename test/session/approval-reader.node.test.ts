import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {ApprovalReader, approvalsOf, type ChannelDecision} from '../../src/session/approval-reader.ts';
import type {MessagePart, SessionMessage, ToolPart} from '../../src/session/message.ts';
import type {RunSnapshot, RunStatus} from '../../src/session/snapshot.ts';

const message = (...parts: MessagePart[]): SessionMessage => ({
  id: 'm', role: 'assistant', clientId: 'planner', mine: false, createdAt: 1000, runId: 'r', delivery: 'sent', error: undefined, steer: undefined, branch: undefined, parts,
});
const run = (status: RunStatus): RunSnapshot => ({key: 'r', runId: 'r', inputId: 'q', status, stop: undefined, isAnswered: false, error: undefined, clientId: 'ana', agentId: 'planner'});
const call = (state: ToolPart['state']): ToolPart => ({type: 'tool-book', toolCallId: 'c', state, input: {seats: 1}});
const decision = (serial: string, clientId: string | undefined, approved = true): ChannelDecision => ({serial, clientId, approved, reason: undefined, input: undefined, decidedAt: 2000});
const refused = (clientId?: string): MessagePart => ({type: 'data-approval-refused', data: {toolCallId: 'c', clientId, reason: 'no'}});
const matter: MessagePart = {type: 'data-approval', data: {toolCallId: 'c', approvers: ['boss', 7], note: 5}};

interface Given {
  readonly parts: readonly MessagePart[];
  readonly status?: RunStatus;
  readonly decisions?: readonly ChannelDecision[];
  readonly isDeciding?: boolean;
}

function approvalOf({parts, status = 'suspended', decisions = [], isDeciding = false}: Given): ReturnType<typeof approvalsOf>[number] | undefined {
  return approvalsOf([message(...parts)], [run(status)], {decisionsOn: () => decisions, isDeciding: () => isDeciding})[0];
}

/** What is seen, and what becomes of it: the state, and who decided. */
const table: readonly [name: string, given: Given, state: string | undefined, who?: string][] = [
  ['nobody has decided', {parts: [call('approval-requested')]}, 'pending'],
  ['the run has not paused yet', {parts: [call('approval-requested')], status: 'active'}, 'pending'],
  ['the agent is gone', {parts: [call('approval-requested')], status: 'lost'}, 'pending'],
  ['this client is deciding', {parts: [call('approval-requested')], isDeciding: true}, 'deciding'],
  ['the run ended', {parts: [call('approval-requested')], status: 'complete'}, 'expired'],
  ['the run ended while this client was deciding', {parts: [call('approval-requested')], status: 'error', isDeciding: true}, 'expired'],
  ['somebody decided', {parts: [call('approval-responded')], decisions: [decision('1', 'ana')]}, 'decided', 'ana'],
  ['somebody decided, and the run ended', {parts: [call('output-available')], status: 'complete', decisions: [decision('1', 'ana')]}, 'decided', 'ana'],
  ['two decided, and the part shows the second', {parts: [call('output-denied')], decisions: [decision('2', 'ben', false), decision('1', 'ana')]}, 'decided', 'ana'],
  ['the first was refused', {parts: [call('approval-responded'), refused('ana')], decisions: [decision('1', 'ana'), decision('2', 'ben')]}, 'decided', 'ben'],
  ['all were refused', {parts: [call('approval-responded'), refused('ana')], decisions: [decision('1', 'ana'), decision('3', 'ana')]}, 'pending'],
  ['an anonymous one was refused', {parts: [call('approval-responded'), refused()], decisions: [decision('1', undefined), decision('2', 'ben')]}, 'decided', 'ben'],
  ['the agent went on without', {parts: [call('output-available'), matter]}, 'expired'],
  ['the call needs nobody', {parts: [call('input-available')]}, undefined],
  ['the call needed nobody', {parts: [call('output-available')]}, undefined],
];

describe('what agents ask people to decide', () => {
  for (const [name, given, state, who] of table) {
    test(`${name}: ${state ?? 'no approval'}`, () => {
      const approval = approvalOf(given);
      assert.deepEqual([approval?.state, approval?.decision?.clientId], [state, who]);
    });
  }

  test('what an agent says in another shape than the documented one is passed over', () => {
    const approval = approvalOf({parts: [call('approval-requested'), matter, {type: 'data-approval-refused', data: null}]});
    assert.deepEqual([approval?.approvers, approval?.note, approval?.refused], [['boss'], undefined, []]);
  });

  test('what says the same keeps its identity', () => {
    const reader = new ApprovalReader();
    const read = (decisions: readonly ChannelDecision[]): ReturnType<ApprovalReader['read']> =>
      reader.read([message(call('approval-requested'), matter)], [run('suspended')], {decisionsOn: () => decisions, isDeciding: () => false});
    const first = read([]);
    assert.equal(read([]), first);
    assert.notEqual(read([decision('1', 'boss')]), first);
  });
});
