import {SessionError, type SessionErrorDetails, type SessionErrorKind} from '../session/errors.ts';

/** What was being done when Ably or AI Transport reported a failure. */
export type Operation = 'connect' | 'attach' | 'publish' | 'cancel' | 'history' | 'run' | 'edit';

interface AblyError {
  readonly code?: number;
  readonly statusCode?: number;
  readonly message?: string;
  readonly cause?: unknown;
}

const capabilityOf: Record<Operation, string> = {
  connect: 'any', attach: 'subscribe', publish: 'publish', cancel: 'publish', history: 'history', run: 'publish', edit: 'object-publish',
};

const doing: Record<Operation, string> = {
  connect: 'The connection was refused',
  attach: 'The channel could not be joined',
  publish: 'The message was not sent',
  cancel: 'The stop did not reach the agent',
  history: 'Earlier messages could not be loaded',
  run: 'The agent failed',
  edit: 'The shared state was not changed',
};

/** Turns a failure into one that says what failed, why, and what to do. A {@link SessionError} is returned as it is. */
export function explainError(failure: unknown, operation: Operation, channel?: string): SessionError {
  const own = chainOf(failure).find((error) => error instanceof SessionError);
  if (own) return own;
  const {code, message} = tellingError(failure);
  // An agent's own words stand alone.
  const {what = operation === 'run' ? message : `${doing[operation]}: ${message}`, ...details} = detailsOf(code, operation, channel);
  return new SessionError(what, {...details, code, cause: failure});
}

/** Whether trying again later, with nothing changed, may work. */
export function isTransient(failure: unknown): boolean {
  const {code} = tellingError(failure);
  if (code === undefined) return true;
  if (code >= 80000 && code < 90000) return true;
  // Rates that were exceeded: Ably asks to try again a little later.
  if (code >= 42910 && code < 42930) return true;
  return code === 90001 || code === 90007 || code === 104007 || code === 104011 || (code >= 50000 && code < 60000);
}

export function missingCapability(capability: string, consequence: string, channel: string): SessionError {
  return new SessionError(`${consequence}: the token lacks the capability "${capability}" on channel "${channel}".`, {
    kind: 'capability',
    code: 40160,
    hint: `Let the token endpoint grant "${capability}" on "${channel}".`,
  });
}

/** AI Transport wraps what Ably reported; the innermost error with a code of Ably's own tells the reason. */
function tellingError(failure: unknown): {code: number | undefined; statusCode: number | undefined; message: string} {
  const chain = chainOf(failure) as AblyError[];
  const coded = chain.filter((error) => typeof error.code === 'number');
  const telling = coded.findLast((error) => !isTransportCode(error.code)) ?? coded.at(-1) ?? chain[0];
  return {code: telling?.code, statusCode: telling?.statusCode, message: telling?.message ?? String(failure)};
}

function isTransportCode(code: number | undefined): boolean {
  return code !== undefined && code >= 104000 && code < 105000;
}

function chainOf(failure: unknown): unknown[] {
  const chain: unknown[] = [];
  for (let error = failure; typeof error === 'object' && error !== null && !chain.includes(error); error = (error as AblyError).cause) {
    chain.push(error);
  }
  return chain;
}

function detailsOf(code: number | undefined, operation: Operation, channel = 'this channel'): SessionErrorDetails & {what?: string} {
  if (code === 93002) {
    return {
      kind: 'channel',
      what: `The channel "${channel}" cannot hold a session: its namespace does not allow messages to be updated.`,
      hint: 'Enable "Message annotations, updates, deletes and appends" in the channel rule of this namespace.',
    };
  }
  if (code === 40160 || code === 40165) {
    const {kind, hint, message} = missingCapability(capabilityOf[operation], doing[operation], channel);
    return {kind, what: message, ...(hint === undefined ? {} : {hint})};
  }
  if (code === 104000) {
    return {
      kind: 'agent',
      what: 'The channel refused what the agent wrote.',
      hint: `See that the namespace of "${channel}" allows messages to be updated, and that the agent's token grants "message-update-own".`,
    };
  }
  if (code === 40009) {
    return {kind: 'input', what: `${doing[operation]}: it is larger than the channel allows.`, hint: 'Shorten it, or send large content as a file.'};
  }
  if (code === 40012 || code === 40102) {
    return {
      kind: 'auth',
      hint: 'The token carries another client id than the one in use. Leave out client-id, or make the two equal.',
    };
  }
  if (code !== undefined && isAccountCode(code)) {
    return {kind: 'connection', hint: 'See the dashboard and the limits of the Ably account: it or its app is blocked, or at one of them.'};
  }
  if (code !== undefined && (isTokenCode(code) || code === 80019)) {
    return {kind: 'auth', hint: 'See what the token endpoint (auth-url) answers, and that its key belongs to this app.'};
  }
  return {kind: kindOf(code, operation)};
}

/** Ably refuses the account or the app as such, mostly for a limit, whatever token there is. */
function isAccountCode(code: number): boolean {
  return (code >= 40110 && code < 40130) || code === 40150;
}

function isTokenCode(code: number): boolean {
  return (code >= 40100 && code < 40160) || code === 40170 || code === 40171;
}

function kindOf(code: number | undefined, operation: Operation): SessionErrorKind {
  if (operation === 'run') return 'agent';
  return code !== undefined && code >= 90000 && code < 104000 ? 'channel' : 'connection';
}
