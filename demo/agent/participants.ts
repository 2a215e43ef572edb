import type {Cancel, ChannelLog} from './channel-log.ts';
import type {HeldSession} from './channel-sessions.ts';

/**
 * Whether somebody takes part in a session: has said something in it, or is present. A token for a channel makes nobody
 * a participant, and may be older than a change of who is one.
 */
export async function isParticipant(held: HeldSession, clientId: string | undefined): Promise<boolean> {
  if (clientId === undefined) return false;
  if (held.log().inputs().some((input) => input.clientId === clientId)) return true;
  const members = await held.session.presence.get({clientId, waitForSync: true});
  return members.length > 0;
}

/** The first of these stops that a participant has asked for. */
export async function permitted(held: HeldSession, cancels: readonly Cancel[]): Promise<Cancel | undefined> {
  for (const cancel of cancels) if (await isParticipant(held, cancel.clientId)) return cancel;
  return undefined;
}

/** Whether a run, or the run for a message, was stopped by somebody who may. */
export async function isStopped(held: HeldSession, log: ChannelLog, ...ids: readonly (string | undefined)[]): Promise<boolean> {
  return (await permitted(held, log.cancelsOf(...ids))) !== undefined;
}
