import {AgentErrorEvent, AgentIntentEvent} from '../events.ts';
import {type Intent, type Session, SessionError} from '../session/index.ts';
import {type SessionHost, SessionSource} from './session-source.ts';

/**
 * Sends a request up: announces it, so that the page may prevent it, and hands it to the session.
 * @returns whether it was carried out; `false` when the page prevented it.
 * @throws {SessionError} when it could not be; one `agent-error` event says the same.
 */
export function intend(host: SessionHost, intent: Intent): Promise<boolean> {
  return intendIn(host, intent, () => sessionOf(host));
}

/** The same for a session other than the host's one, which is asked for once the page has not prevented it. */
export async function intendIn(host: HTMLElement, intent: Intent, session: () => Pick<Session, 'dispatch'>): Promise<boolean> {
  if (!host.dispatchEvent(new AgentIntentEvent(intent))) return false;
  try {
    await session().dispatch(intent);
    return true;
  } catch (cause) {
    const error = asSessionError(cause);
    host.dispatchEvent(new AgentErrorEvent(error, intent));
    throw error;
  }
}

function sessionOf(host: SessionHost): Pick<Session, 'dispatch'> {
  const {state} = SessionSource.of(host);
  switch (state.status) {
    case 'open':
      return state.session;
    case 'refused':
      throw state.error;
    case 'waiting':
      throw new SessionError('There is no session yet, so nothing was done.', {kind: 'closed', hint: 'Try again once the conversation is shown.'});
  }
}

/** What was thrown, as the error that elements show. */
export function asSessionError(cause: unknown): SessionError {
  if (cause instanceof SessionError) return cause;
  return new SessionError(cause instanceof Error ? cause.message : String(cause), {kind: 'closed', cause});
}
