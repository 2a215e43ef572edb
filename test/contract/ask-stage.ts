import type {Session} from '../../src/session/session.ts';

/** What a test has an agent ask. */
export interface Asked {
  readonly toolCallId: string;
  readonly toolName: string;
  readonly input: unknown;
  readonly approvers?: readonly string[];
  readonly note?: string;
}

/** A run that the contract tests drive by hand. */
export interface AskingRun {
  say(text: string): Promise<void>;
  /** Asks people whether it may call a tool. */
  ask(asked: Asked): Promise<void>;
  /** Leaves a tool call to pages. */
  call(asked: Asked): Promise<void>;
  /** Passes over what somebody has decided. */
  refuse(toolCallId: string, clientId: string, reason: string): Promise<void>;
  suspend(): Promise<void>;
  /** Waits until a page wakes the agent for this run, and goes on with it. */
  resumed(): Promise<void>;
  end(): Promise<void>;
  /** Ends the run while it is suspended. */
  giveUp(): Promise<void>;
}

export interface AskStage {
  /** This person's session; they are `ana`. */
  readonly session: Session;
  /** Waits until a message asks for an answer, and begins to answer it. */
  answerNext(): Promise<AskingRun>;
  close(): Promise<void>;
}

export type OpenAskStage = () => Promise<AskStage>;

export const flight: Asked = {toolCallId: 'book-1', toolName: 'book', input: {flight: 'TP 531', seats: 1}};
export const position: Asked = {toolCallId: 'locate-1', toolName: 'locate', input: {precise: true}};
