import type {SessionError} from './errors.ts';

/**
 * The parts a message is made of. They are the shapes of the AI SDK's `UIMessage` parts (https://ai-sdk.dev, "UIMessage"),
 * written out here so that this room needs no package. AI Transport changes parts in place while a run streams: read
 * them afresh when the session announces the message's id, and never compare them by identity.
 */
export type MessagePart =
  | TextPart
  | ReasoningPart
  | ToolPart
  | SourceUrlPart
  | SourceDocumentPart
  | FilePart
  | StepStartPart
  | DataPart;

export interface TextPart {
  type: 'text';
  text: string;
  state?: 'streaming' | 'done';
}

export interface ReasoningPart {
  type: 'reasoning';
  text: string;
  state?: 'streaming' | 'done';
}

/** A tool call. `type` is `tool-<name>`, or `dynamic-tool` with the name in `toolName`. */
export interface ToolPart {
  type: `tool-${string}` | 'dynamic-tool';
  toolCallId: string;
  toolName?: string;
  title?: string;
  state:
    | 'input-streaming'
    | 'input-available'
    | 'approval-requested'
    | 'approval-responded'
    | 'output-available'
    | 'output-error'
    | 'output-denied';
  input?: unknown;
  output?: unknown;
  errorText?: string;
  preliminary?: boolean;
  approval?: {id: string; approved?: boolean; reason?: string};
  /** Whether the provider, and neither the agent nor the page, carries it out. */
  providerExecuted?: boolean;
}

export interface SourceUrlPart {
  type: 'source-url';
  sourceId: string;
  url: string;
  title?: string;
}

export interface SourceDocumentPart {
  type: 'source-document';
  sourceId: string;
  mediaType: string;
  title: string;
  filename?: string;
}

export interface FilePart {
  type: 'file';
  mediaType: string;
  filename?: string;
  /** A hosted or `data:` URL. */
  url: string;
}

export interface StepStartPart {
  type: 'step-start';
}

export interface DataPart {
  type: `data-${string}`;
  id?: string;
  data: unknown;
}

export type MessageRole = 'user' | 'assistant' | 'system';

/**
 * Where a message of this person is on its way:
 *
 * - `queued`: kept here until the line is back.
 * - `sending`: handed to the channel, not confirmed yet.
 * - `sent`: on the channel. All messages of others are `sent`.
 * - `failed`: refused; `error` says why. It stays until it is sent again or discarded.
 */
export type Delivery = 'queued' | 'sending' | 'sent' | 'failed';

/**
 * What became of a message that was to join a run:
 *
 * - `waiting`: the run has not come to it yet. One that is suspended comes to it when it goes on.
 * - `consumed`: the agent's model has had it before it.
 * - `missed`: the run ended without it; saying it again ({@link RetryIntent}) starts a run of its own. Where its
 *   `delivery` is `failed`, the run was stopped before it was even sent.
 */
export type SteerState = 'waiting' | 'consumed' | 'missed';

/** Which of several messages in the same place is shown. */
export interface Branch {
  /** From 0. */
  readonly index: number;
  /** At least 2. */
  readonly count: number;
}

/** A message of the visible branch. */
export interface SessionMessage {
  /** Codec message id: the message's identity on the channel, the same in every client. */
  readonly id: string;
  readonly role: MessageRole;
  /** Who published it; undefined while unknown or anonymous. */
  readonly clientId: string | undefined;
  /** Whether this client's own identity published it. */
  readonly mine: boolean;
  /** When the channel received it, in ms since the epoch; undefined until it has. */
  readonly createdAt: number | undefined;
  /** The run that this message belongs to: that wrote it, or that it was said into; undefined for those that ask for a run. */
  readonly runId: string | undefined;
  readonly delivery: Delivery;
  readonly error: SessionError | undefined;
  /** Undefined for messages that start a run of their own. */
  readonly steer: SteerState | undefined;
  /** Undefined where nothing else was ever said in this place. */
  readonly branch: Branch | undefined;
  /** The message's parts as they are now. See {@link MessagePart} about change in place. */
  readonly parts: readonly MessagePart[];
}

/** The text of a message: its text parts, a blank line between two. */
export function textOf(message: Pick<SessionMessage, 'parts'>): string {
  return message.parts
    .filter((part) => part.type === 'text')
    .map((part) => part.text)
    .join('\n\n');
}
