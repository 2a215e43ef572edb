import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import type * as Ably from 'ably';
import {watchDecisions} from '../../src/agent/decisions.ts';

/** A session whose raw messages a test gives. */
class FakeSession {
  readonly tree = {on: (_event: 'ably-message', handler: (message: Ably.InboundMessage) => void) => {
    this.#handlers.add(handler);
    return () => void this.#handlers.delete(handler);
  }};
  readonly #handlers = new Set<(message: Ably.InboundMessage) => void>();

  receive(serial: string, clientId: string, approved: boolean, more: {toolCallId?: string; reason?: string; data?: unknown} = {}): void {
    const {toolCallId = 'book-1', reason, data = ''} = more;
    const codec = {kind: 'tool-approval-response', toolCallId, approved: String(approved), ...(reason === undefined ? {} : {reason})};
    const message = {name: 'ai-input', serial, clientId, timestamp: 5000, data, extras: {ai: {transport: {'run-id': 'run-1', 'event-id': serial}, codec}}};
    // The members that are read; the others are Ably's own.
    for (const handler of this.#handlers) handler(message as unknown as Ably.InboundMessage);
  }
}

describe('the decisions that an agent reads', () => {
  test('the first one on the channel counts, in whatever order they are read', () => {
    const session = new FakeSession();
    const decisions = watchDecisions(session);
    assert.deepEqual(decisions.decisionOn('book-1'), {decision: undefined, refused: []});
    session.receive('03', 'ben', false, {reason: 'too dear'});
    session.receive('02', 'ana', true, {data: {input: {seats: 2}}});
    session.receive('01', 'ana', false, {toolCallId: 'another'});
    const {decision, refused} = decisions.decisionOn('book-1');
    assert.deepEqual([decision?.clientId, decision?.approved, decision?.input, decision?.decidedAt], ['ana', true, {seats: 2}, 5000]);
    assert.deepEqual(refused, []);
  });

  test('who may not decide is passed over, and named once where they came first', () => {
    const session = new FakeSession();
    const decisions = watchDecisions(session);
    const mayDecide = (clientId: string | undefined): boolean => clientId === 'boss';
    session.receive('01', 'ana', true);
    session.receive('02', 'ana', true);
    assert.deepEqual(decisions.decisionOn('book-1', {mayDecide}), {decision: undefined, refused: [{clientId: 'ana'}]});
    session.receive('03', 'boss', false, {reason: 'over budget'});
    session.receive('04', 'ben', true);
    const {decision, refused} = decisions.decisionOn('book-1', {mayDecide});
    assert.deepEqual([decision?.clientId, decision?.approved, decision?.reason], ['boss', false, 'over budget']);
    assert.deepEqual(refused, [{clientId: 'ana'}]);
  });

  test('messages that are no decision, or come after closing, change nothing', () => {
    const session = new FakeSession();
    const decisions = watchDecisions(session);
    decisions.close();
    session.receive('01', 'ana', true);
    assert.equal(decisions.decisionOn('book-1').decision, undefined);
  });
});
