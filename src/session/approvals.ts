/** What became of a decision of a person. */
export interface Decision {
  readonly approved: boolean;
  readonly reason: string | undefined;
  /** What the tool is called with in place of what the agent proposed; undefined where that was left as it was. */
  readonly input: unknown;
  /** Who decided; undefined for anonymous clients. */
  readonly clientId: string | undefined;
  /** When the channel received it, in ms since the epoch. */
  readonly decidedAt: number;
}

/** A decision that the agent did not accept, because whoever made it may not decide this. */
export interface RefusedDecision {
  readonly clientId: string | undefined;
  /** The agent's words. */
  readonly reason: string | undefined;
}

/**
 * Something that an agent may not do before a person has said yes. It is a tool part in the state `approval-requested`
 * (or later), of the message `messageId`.
 */
export interface Approval {
  readonly toolCallId: string;
  readonly messageId: string;
  readonly runId: string | undefined;
  readonly toolName: string;
  readonly input: unknown;
  /** Which agent asks. */
  readonly agentId: string | undefined;
  /** When the message that holds it was begun, in ms since the epoch. */
  readonly askedAt: number | undefined;
  /**
   * Client ids of those who may decide, where the agent says; anybody when undefined. An agent says so, and what the
   * matter is, by a part `data-approval` of the same message: `{toolCallId, approvers?: string[], note?: string}`.
   */
  readonly approvers: readonly string[] | undefined;
  /** The agent's words for whoever decides. */
  readonly note: string | undefined;
  /**
   * - `pending`: nobody has decided.
   * - `deciding`: this client's decision is on its way.
   * - `decided`: `decision` counts. It is the first one on the channel that the agent has not refused.
   * - `expired`: the run ended without a decision.
   */
  readonly state: 'pending' | 'deciding' | 'decided' | 'expired';
  readonly decision: Decision | undefined;
  /**
   * Decisions that the agent has refused, oldest first. It says so by a part `data-approval-refused` of any message of
   * the run: `{toolCallId, clientId?, reason?}`.
   */
  readonly refused: readonly RefusedDecision[];
}
