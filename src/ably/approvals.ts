import {ApprovalReader, countingDecision} from '../session/approval-reader.ts';
import type {Approval} from '../session/approvals.ts';
import {SessionError} from '../session/errors.ts';
import type {RespondIntent} from '../session/intent.ts';
import {alreadyDecided, approvalToDecide} from '../session/may-respond.ts';
import type {SessionSnapshot} from '../session/snapshot.ts';
import {decisionMessage} from './answer-messages.ts';
import type {AskFacts} from './ask-facts.ts';
import type {AskRoom} from './asks.ts';

interface Deciding {
  readonly toolCallId: string;
  readonly eventId: string;
  settle(error?: SessionError): void;
}

/** What agents ask people to decide, and this person's decisions on their way to the channel. */
export class Approvals {
  readonly #room: AskRoom;
  readonly #reader = new ApprovalReader();
  readonly #deciding = new Map<string, Deciding>();

  constructor(room: AskRoom) {
    this.#room = room;
  }

  read({messages, runs}: Pick<SessionSnapshot, 'messages' | 'runs'>, facts: AskFacts): readonly Approval[] {
    for (const {toolCallId, eventId, settle} of this.#deciding.values()) {
      if (facts.decisionsOn(toolCallId).some((decision) => decision.eventId === eventId)) settle();
    }
    return this.#reader.read(messages, runs, {
      decisionsOn: (toolCallId) => facts.decisionsOn(toolCallId),
      isDeciding: (toolCallId) => this.#deciding.has(toolCallId),
    });
  }

  /**
   * Puts a decision on the channel and sees whether it was the first one there.
   * @throws {SessionError} where it cannot be made, or somebody else was first.
   */
  async respond(intent: RespondIntent): Promise<void> {
    const {toolCallId} = intent;
    const {clientId} = this.#room.snapshot();
    const {messageId, runId} = approvalToDecide(this.#room.snapshot().approvals, toolCallId, clientId);
    if (!this.#room.transport()) {
      throw new SessionError('The decision was not sent: the line is down.', {kind: 'connection', hint: 'Decide again once it is back.'});
    }
    const {eventId, message} = decisionMessage({toolCallId, messageId, runId, clientId, codec: this.#room.codec}, intent);
    const isThere = new Promise<void>((resolve, reject) => {
      this.#deciding.set(toolCallId, {toolCallId, eventId, settle: (error) => (error ? reject(error) : resolve())});
    });
    // It may also come back before the channel has confirmed it, or never where the session is closed.
    isThere.catch(() => undefined);
    this.#room.invalidate();
    try {
      await this.#room.publish(message);
      await isThere;
    } finally {
      this.#deciding.delete(toolCallId);
      this.#room.invalidate();
    }
    const approval = this.#room.snapshot().approvals.find((candidate) => candidate.toolCallId === toolCallId);
    const counting = countingDecision(this.#room.facts().decisionsOn(toolCallId), approval?.refused ?? []);
    if (approval && counting && counting.eventId !== eventId) throw alreadyDecided(approval);
    if (runId !== undefined) this.#room.wakes.now({eventId, messageId, runId});
  }

  close(): void {
    for (const {settle} of this.#deciding.values()) settle(new SessionError('The session is closed.', {kind: 'closed'}));
  }
}
