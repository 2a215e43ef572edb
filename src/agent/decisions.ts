import type * as Ably from 'ably';
import {countingDecision} from '../session/approval-reader.ts';
import type {Decision, RefusedDecision} from '../session/approvals.ts';
import {decisionOf, type WireDecision} from '../session/wire-decision.ts';

/** What AI Transport's agent session has: the raw messages of the channel, live ones and those of the history it loads. */
export interface MessageSource {
  readonly tree: {on(event: 'ably-message', handler: (message: Ably.InboundMessage) => void): () => void};
}

export interface DecisionOptions {
  /** Whether somebody may decide; everybody when absent. The client id is the channel's word, not the client's own. */
  readonly mayDecide?: (clientId: string | undefined) => boolean;
}

/** What became of an approval that an agent asked for. */
export interface DecisionState {
  /** The decision that counts; undefined while there is none. */
  readonly decision: Decision | undefined;
  /**
   * Who decided before it and may not, oldest first, each once. Say so to each by a part
   * `{type: 'data-approval-refused', data: {toolCallId, clientId, reason?}}`: pages pass over a decision by that alone.
   */
  readonly refused: readonly Pick<RefusedDecision, 'clientId'>[];
}

/** The decisions of people that are on a channel. */
export interface Decisions {
  /** Which decision on a tool call counts: the first one on the channel by somebody who may decide. */
  decisionOn(toolCallId: string, options?: DecisionOptions): DecisionState;
  /** Listens no more. */
  close(): void;
}

/**
 * Collects the decisions on what an agent asked people to approve. AI Transport lets the last of several answers
 * overwrite the ones before it, whoever gave it; this says which one counts. Call it before the session connects or its
 * history is loaded, so that decisions made while the agent was not there are seen.
 *
 * ```ts
 * const decisions = watchDecisions(session);
 * await session.connect();
 * while (run.view.hasOlder()) await run.view.loadOlder();
 * const {decision, refused} = decisions.decisionOn(toolCallId, {mayDecide: (clientId) => supervisors.has(clientId)});
 * if (!decision) await run.suspend();
 * else if (decision.approved) await book(decision.input ?? part.input);
 * ```
 */
export function watchDecisions({tree}: MessageSource): Decisions {
  const known = new Map<string, WireDecision>();
  const close = tree.on('ably-message', (message) => {
    const decision = decisionOf(message);
    if (decision) known.set(decision.serial, decision);
  });
  return {
    decisionOn: (toolCallId, options) => decisionAmong([...known.values()], toolCallId, options),
    close,
  };
}

/** As {@link Decisions.decisionOn}, of these decisions. */
function decisionAmong(decisions: readonly WireDecision[], toolCallId: string, {mayDecide = () => true}: DecisionOptions = {}): DecisionState {
  const all = decisions.filter((decision) => decision.toolCallId === toolCallId);
  const foreign = all.filter(({clientId}) => !mayDecide(clientId)).sort((one, other) => (one.serial < other.serial ? -1 : 1));
  const decision = countingDecision(all, foreign);
  const before = foreign.filter(({serial}) => !decision || serial < decision.serial).map(({clientId}) => clientId);
  return {decision, refused: [...new Set(before)].map((clientId) => ({clientId}))};
}
