import {ApprovalReader, type ChannelDecision} from '../session/approval-reader.ts';
import type {Approval, RefusedDecision} from '../session/approvals.ts';
import {SessionError} from '../session/errors.ts';
import type {RespondIntent} from '../session/intent.ts';
import {alreadyDecided, approvalToDecide} from '../session/may-respond.ts';
import type {MessagePart, ToolPart} from '../session/message.ts';
import {callsOf, isUnanswered, withAnswers} from '../session/open-answers.ts';
import type {RunSnapshot, RunStatus, SessionSnapshot} from '../session/snapshot.ts';
import {isToolPart} from '../session/tool-part.ts';
import type {MemoryRoom} from './memory-room.ts';

/** A decision of somebody, as {@link MemoryApprovals.decide} takes it. */
export interface MemoryDecision extends Omit<RespondIntent, 'type' | 'toolCallId'> {
  /** Who decides. */
  readonly clientId: string;
}

/**
 * What agents ask people to decide, in a {@link MemorySession}. An agent asks by a tool part in the state
 * `approval-requested`, with `data-approval` beside it where it says more, and suspends its run.
 */
export class MemoryApprovals {
  readonly #room: MemoryRoom;
  readonly #reader = new ApprovalReader();
  readonly #decisions = new Map<string, ChannelDecision[]>();
  readonly #deciding = new Set<string>();
  /** The calls that were answered when a run began to wait, by the run's id. */
  readonly #answeredBefore = new Map<string, ReadonlySet<string>>();
  #held: Promise<void> | undefined;
  #count = 0;

  constructor(room: MemoryRoom) {
    this.#room = room;
  }

  /** Somebody decides, on another device. */
  decide(toolCallId: string, {approved, reason, input, clientId}: MemoryDecision): void {
    const serial = String(++this.#count).padStart(6, '0');
    const decision = {approved, reason, input, clientId, decidedAt: this.#room.now(), serial};
    const earlier = this.#decisions.get(toolCallId) ?? [];
    this.#decisions.set(toolCallId, [...earlier, decision]);
    // As on the channel: the part shows the last one, whichever counts.
    this.#changePart(toolCallId, (part) => ({
      ...part,
      state: approved ? 'approval-responded' : 'output-denied',
      approval: {id: part.approval?.id ?? '', approved, ...(reason === undefined ? {} : {reason})},
    }));
  }

  /** The agent refuses what somebody has decided: it is not for them. */
  refuse(toolCallId: string, {clientId, reason}: Partial<RefusedDecision> = {}): void {
    const messageId = this.#find(toolCallId)?.messageId;
    const message = this.#room.snapshot().messages.find(({id}) => id === messageId);
    if (!message) return;
    const data = {toolCallId, ...(clientId === undefined ? {} : {clientId}), ...(reason === undefined ? {} : {reason})};
    partsOf(message.parts).push({type: 'data-approval-refused', data});
    this.#room.touch(message.id);
  }

  /** Keeps this person's decisions on their way until the returned function is called. */
  hold(): () => void {
    let release: (() => void) | undefined;
    this.#held = new Promise((resolve) => (release = resolve));
    return () => {
      this.#held = undefined;
      release?.();
    };
  }

  /** @internal */
  read(): readonly Approval[] {
    const {messages, runs} = this.#room.snapshot();
    return this.#reader.read(messages, runs, {
      decisionsOn: (toolCallId) => this.#decisions.get(toolCallId) ?? [],
      isDeciding: (toolCallId) => this.#deciding.has(toolCallId),
    });
  }

  /** A run begins to wait, unless it does so already. @internal */
  noteWaiting(runId: string, before: RunStatus | undefined): void {
    if (before === 'suspended') return;
    const {messages} = this.#room.snapshot();
    this.#answeredBefore.set(runId, new Set(answeredCalls(runId, {messages, approvals: this.read()})));
  }

  /** The runs, those that wait with whether all is answered. @internal */
  withAnswers(conversation: Pick<SessionSnapshot, 'messages' | 'runs' | 'approvals'>): readonly RunSnapshot[] {
    return withAnswers(conversation.runs, ({error}, runId) => {
      const answered = answeredCalls(runId, conversation);
      const isNew = answered.some((id) => this.#answeredBefore.get(runId)?.has(id) !== true);
      return {isAnswered: isNew && answered.length === callsOf(runId, conversation.messages).length, error};
    });
  }

  /** @internal */
  async respond({toolCallId, ...decision}: RespondIntent): Promise<void> {
    const {clientId} = this.#room;
    const snapshot = this.#room.snapshot();
    approvalToDecide(snapshot.approvals, toolCallId, clientId);
    if (snapshot.connection.state !== 'connected') {
      throw new SessionError('The decision was not sent: the line is down.', {kind: 'connection', hint: 'Decide again once it is back.'});
    }
    if (this.#held) {
      this.#deciding.add(toolCallId);
      this.#room.update({});
      await this.#held;
      this.#deciding.delete(toolCallId);
      const approval = this.#find(toolCallId);
      if (approval?.state === 'decided') {
        this.#room.update({});
        throw alreadyDecided(approval);
      }
    }
    this.decide(toolCallId, {...decision, clientId});
  }

  #find(toolCallId: string): Approval | undefined {
    return this.#room.snapshot().approvals.find((approval) => approval.toolCallId === toolCallId);
  }

  #changePart(toolCallId: string, change: (part: ToolPart) => ToolPart): void {
    for (const {id, parts} of this.#room.snapshot().messages) {
      const index = parts.findIndex((part) => isToolPart(part) && part.toolCallId === toolCallId);
      const part = parts[index];
      if (!part || !isToolPart(part)) continue;
      partsOf(parts)[index] = change(part);
      this.#room.touch(id);
    }
  }
}

function answeredCalls(runId: string, {messages, approvals}: Pick<SessionSnapshot, 'messages' | 'approvals'>): readonly string[] {
  return callsOf(runId, messages).flatMap(({part}) => (isUnanswered(part, approvals) ? [] : part.toolCallId));
}

/** The session's parts change in place; only those who read them may not. */
export function partsOf(parts: readonly MessagePart[]): MessagePart[] {
  return parts as MessagePart[];
}
