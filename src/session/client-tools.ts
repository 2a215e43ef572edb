/** A tool call that an agent leaves to the page. */
export interface ToolCall {
  readonly toolCallId: string;
  readonly toolName: string;
  readonly input: unknown;
  /** The message that holds the call. */
  readonly messageId: string;
  /** Aborted when the run ends, or this page lets go of the session. */
  readonly signal: AbortSignal;
}

/**
 * Looks at a call; returns what carries it out, or undefined where it is not for this page. Nothing is to be done before
 * the returned function is called: another page may be the one that carries the call out. What the function throws goes
 * to the agent as the call's failure.
 */
export type ToolHandler = (call: ToolCall) => (() => unknown) | undefined;
