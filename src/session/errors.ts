/**
 * What went wrong, in terms the page can act on:
 *
 * - `settings`: an attribute or property is missing or wrong; the page's author must change it.
 * - `auth`: the token endpoint failed or its token was refused.
 * - `capability`: the token lacks a right that the session needs.
 * - `channel`: the channel cannot hold a session as it is set up (for example no mutable messages).
 * - `connection`: the line is down; it mends by itself.
 * - `agent`: the agent could not be woken, did not answer, or its run failed.
 * - `input`: what the person sent cannot be sent as it is.
 * - `closed`: the session was closed.
 */
export type SessionErrorKind = 'settings' | 'auth' | 'capability' | 'channel' | 'connection' | 'agent' | 'input' | 'closed';

export interface SessionErrorDetails {
  kind: SessionErrorKind;
  /** What to do about it, as a sentence for whoever runs the page. */
  hint?: string;
  /** The code of Ably or AI Transport behind it, where there is one (for example 40160). */
  code?: number;
  cause?: unknown;
}

/** A failure of the session. `message` says what failed and why, `hint` what to do. */
export class SessionError extends Error {
  /** An error of another copy of this class counts too: a page may have two, and what plays recordings has its own. */
  static override [Symbol.hasInstance](value: unknown): value is SessionError {
    return value instanceof Error && value.name === 'SessionError';
  }

  override readonly name = 'SessionError';
  readonly kind: SessionErrorKind;
  readonly hint: string | undefined;
  readonly code: number | undefined;

  constructor(message: string, {kind, hint, code, cause}: SessionErrorDetails) {
    super(message, cause === undefined ? undefined : {cause});
    this.kind = kind;
    this.hint = hint;
    this.code = code;
  }
}
