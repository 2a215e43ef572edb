import type {Approval, Decision, RefusedDecision} from './approvals.ts';
import {keepListIfEqual} from './keep-identity.ts';
import {isSameValue} from './live-path.ts';
import type {LiveValue} from './live-state.ts';
import type {MessagePart, SessionMessage, ToolPart} from './message.ts';
import type {RunSnapshot} from './snapshot.ts';
import {isToolPart, toolNameOf} from './tool-part.ts';

/** A decision as the channel has it. */
export interface ChannelDecision extends Decision {
  /** Its place on the channel; compares as text. */
  readonly serial: string;
}

/** What is known of decisions beside what the messages say. */
export interface DecisionFacts {
  /** The decisions on a tool call that are on the channel, in any order. */
  decisionsOn(toolCallId: string): readonly ChannelDecision[];
  /** Whether this client's decision is on its way. */
  isDeciding(toolCallId: string): boolean;
}

/** What an agent says of a call that a person is to decide: a part `data-approval`. */
interface Matter {
  readonly approvers: readonly string[] | undefined;
  readonly note: string | undefined;
}

interface Refusal extends RefusedDecision {
  readonly toolCallId: string;
}

/** What agents ask people to decide, oldest first; what says the same as before keeps its identity. */
export class ApprovalReader {
  #last: readonly Approval[] = [];

  read(messages: readonly SessionMessage[], runs: readonly RunSnapshot[], facts: DecisionFacts): readonly Approval[] {
    const known = new Map(this.#last.map((approval) => [approval.toolCallId, approval]));
    const next = approvalsOf(messages, runs, facts).map((approval) => {
      const previous = known.get(approval.toolCallId);
      // Both are plain values: what came over the channel as JSON, and fields of ours.
      return previous && isSameValue(previous as unknown as LiveValue, approval as unknown as LiveValue) ? previous : approval;
    });
    this.#last = keepListIfEqual(this.#last, next);
    return this.#last;
  }
}

/** Derives the approvals of a branch from its messages, its runs, and the decisions on the channel. */
export function approvalsOf(messages: readonly SessionMessage[], runs: readonly RunSnapshot[], facts: DecisionFacts): readonly Approval[] {
  const refusals = messages.flatMap(({parts}) => parts.flatMap(refusalOf));
  return messages.flatMap((message) => message.role !== 'assistant' ? [] : message.parts.flatMap((part) => {
    if (!isToolPart(part)) return [];
    const {toolCallId, input} = part;
    const decisions = facts.decisionsOn(toolCallId);
    const matter = matterOf(message.parts, toolCallId);
    if (!isAsking(part) && !(isSettled(part) && (part.approval ?? matter ?? decisions[0]) !== undefined)) return [];
    const refused = refusals.filter((refusal) => refusal.toolCallId === toolCallId);
    const decision = countingDecision(decisions, refused);
    const run = runs.find(({runId}) => runId !== undefined && runId === message.runId);
    return [{
      toolCallId, input,
      messageId: message.id,
      runId: message.runId,
      toolName: toolNameOf(part),
      agentId: message.clientId,
      askedAt: message.createdAt,
      approvers: matter?.approvers,
      note: matter?.note,
      state: decision ? 'decided' : isOver(part, run) ? 'expired' : facts.isDeciding(toolCallId) ? 'deciding' : 'pending',
      decision: decision && decisionAlone(decision),
      refused: refused.map(({clientId, reason}) => ({clientId, reason})),
    } satisfies Approval];
  }));
}

/** The decision that counts: the first one on the channel by somebody whose decision the agent has not refused. */
export function countingDecision<T extends ChannelDecision>(decisions: readonly T[], refused: readonly Pick<RefusedDecision, 'clientId'>[]): T | undefined {
  return firstOf(decisions.filter(({clientId}) => !refused.some((refusal) => refusal.clientId === clientId)));
}

/** What was first on the channel. */
export function firstOf<T extends {readonly serial: string}>(items: readonly T[]): T | undefined {
  return items.reduce<T | undefined>((first, item) => (first && first.serial <= item.serial ? first : item), undefined);
}

function isAsking({state}: ToolPart): boolean {
  return state === 'approval-requested' || state === 'approval-responded';
}

/** A result overwrites what the part said of having been asked. */
function isSettled({state}: ToolPart): boolean {
  return state === 'output-available' || state === 'output-error' || state === 'output-denied';
}

/** Whether nobody can decide any more. */
function isOver(part: ToolPart, run: RunSnapshot | undefined): boolean {
  if (run?.status === 'complete' || run?.status === 'cancelled' || run?.status === 'error') return true;
  return part.state === 'output-available' || part.state === 'output-error';
}

function matterOf(parts: readonly MessagePart[], toolCallId: string): Matter | undefined {
  for (const part of parts) {
    const data = part.type === 'data-approval' && 'data' in part ? recordOf(part.data) : undefined;
    if (data?.['toolCallId'] !== toolCallId) continue;
    const {approvers, note} = data;
    return {
      approvers: Array.isArray(approvers) ? approvers.filter((id) => typeof id === 'string') : undefined,
      note: typeof note === 'string' ? note : undefined,
    };
  }
  return undefined;
}

function refusalOf(part: MessagePart): readonly Refusal[] {
  const data = part.type === 'data-approval-refused' && 'data' in part ? recordOf(part.data) : undefined;
  const {toolCallId, clientId, reason} = data ?? {};
  if (typeof toolCallId !== 'string') return [];
  return [{toolCallId, clientId: typeof clientId === 'string' ? clientId : undefined, reason: typeof reason === 'string' ? reason : undefined}];
}

function decisionAlone({approved, reason, input, clientId, decidedAt}: Decision): Decision {
  return {approved, reason, input, clientId, decidedAt};
}

function recordOf(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
}
