import type {Decision} from 'agent-session-elements/agent';
import type {ToolSet, UIMessageChunk} from 'ai';

/** What a person is told of a call that waits for them. */
export interface Ask {
  /** Client ids of those who may decide; anybody when absent. */
  readonly approvers?: readonly string[];
  /** What it is about, for whoever decides. */
  readonly note: string;
}

/** A tool that works only when a person has approved. */
export interface AskedTool {
  /** What to tell whoever decides, and who that may be. */
  about(input: unknown): Promise<Ask>;
  /**
   * Does it. The input is valid, and may be another than the model proposed: what was asked for may not hold for it.
   * @throws {Error} when it cannot be done; the model is told.
   */
  carryOut(input: unknown, options: {readonly decision: Decision; readonly toolCallId: string; readonly signal: AbortSignal}): Promise<unknown>;
}

/** What a model can do in a run, besides writing. A tool of which nobody is asked and without `execute` is for a page. */
export interface AgentTools {
  readonly set: ToolSet;
  /** The tools that a person has to approve, by their names. In `set` they have no `execute`. */
  readonly asks: Readonly<Record<string, AskedTool>>;
  /** What a page shows of a tool's result, beside the answer. */
  readonly shows?: (toolName: string, output: unknown) => readonly UIMessageChunk[];
  /** What people may want to say next, from the names of the tools that an answer used, in their order. */
  readonly suggestions?: (used: readonly string[]) => readonly string[];
}

export const noTools: AgentTools = {set: {}, asks: {}};
