import type {Session} from './session.ts';

/** What the agent needs to find the message that it shall answer. AI Transport's `InvocationData`. */
export interface Invocation {
  readonly inputEventId: string;
  /** The channel's name. */
  readonly sessionName: string;
}

export interface WakeContext {
  readonly agentUrl: string | undefined;
  /** The message that asks for an answer. */
  readonly messageId: string;
  /** Aborted when the session closes; never for what the page has said in leaving. */
  readonly signal: AbortSignal;
}

/** Asks the agent to begin. Resolves when it was told, rejects when it could not be. */
export type WakeAgent = (invocation: Invocation, context: WakeContext) => Promise<void>;

/** Ably's `authCallback`: gives a token string, a TokenDetails or a TokenRequest to its callback. */
export type AuthCallback = (
  params: {clientId?: string; [name: string]: unknown},
  callback: (error: unknown, tokenOrRequest: unknown) => void,
) => void;

/** How runs are written on the channel: the chunks of the AI SDK, or the events of OpenAI's Responses. */
export type CodecName = 'vercel' | 'openai';

/** How to reach a session: which channel, over which connection, and how to wake its agent. */
export interface SessionSettings {
  channel: string;
  /** Answers with a token: a JWT, or Ably's TokenDetails or TokenRequest as JSON. */
  authUrl?: string;
  authMethod?: 'GET' | 'POST';
  authCallback?: AuthCallback;
  /** An `Ably.Realtime` of the page's own. It is used as it is and never closed. */
  client?: object;
  /** For development only: in production the token carries the identity. */
  clientId?: string;
  /** Host of a broker other than Ably's own; with `port` and `insecure` for a local one. */
  endpoint?: string;
  port?: number;
  /** Plain ws and http instead of wss and https. */
  insecure?: boolean;
  agentUrl?: string;
  /** Replaces the POST to `agentUrl`. */
  wakeAgent?: WakeAgent;
  /** Added to the POST to `agentUrl`; called for each when it is a function. */
  requestHeaders?: Record<string, string> | (() => Record<string, string> | Promise<Record<string, string>>);
  /** How runs are written on the channel; `vercel` when absent. */
  codec?: CodecName;
  /** Messages revealed on start, and by each load of older ones; 30 when absent. */
  history?: number;
}

/** A counted hold on a session. The last one to let go closes it. */
export interface SessionHandle {
  readonly session: Session;
  /** Lets go; calling it again does nothing. */
  release(): void;
}

/**
 * Opens the session that the settings name, or joins it where it is open.
 * @throws {SessionError} of kind `settings` where they cannot name one.
 */
export type SessionOpener = (settings: SessionSettings) => SessionHandle;
