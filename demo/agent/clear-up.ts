import {Invocation} from '@ably/ai-transport';
import type {HeldSession} from './channel-sessions.ts';
import {runFailure} from './failure.ts';
import {dueInputOf} from './go-on.ts';
import {isStopped} from './participants.ts';
import {echoMs, waitFor} from './wait-for.ts';

export interface ClearUpOptions {
  readonly held: HeldSession;
  /** Whether this process works on a run; others that are active have lost their agent. */
  readonly isOurs: (runId: string) => boolean;
  /** Told of what went wrong. */
  readonly onError: (error: unknown) => void;
}

/**
 * Ends runs that this agent left open when it was killed, so that nobody waits for them. It is the only agent on its
 * channels and runs in one process; where there are more, presence tells a busy one from a dead one.
 */
export async function closeOrphans({held, isOurs, onError}: ClearUpOptions): Promise<void> {
  const {session} = held;
  const log = held.log();
  for (const runId of log.runsThatAre('active').filter((id) => !isOurs(id))) {
    const trigger = Invocation.fromJSON({inputEventId: '', sessionName: ''});
    const orphan = session.adoptRun(trigger, {runId, invocationId: crypto.randomUUID()});
    try {
      await orphan.load();
      const isWanted = !(await isStopped(held, log, runId, log.inputIdOfRun(runId)));
      await orphan.end(isWanted ? {reason: 'error', error: runFailure('the agent was restarted in mid-answer')} : {reason: 'cancelled'});
      // What comes next goes by what the channel says.
      await waitFor(held, () => held.log().statusOf(runId) !== 'active' || undefined, {ms: echoMs});
    } catch (error) {
      onError(error);
    }
  }
}

/** Ends runs that wait for somebody and that a participant has stopped. */
export async function closeStopped({held, onError}: Pick<ClearUpOptions, 'held' | 'onError'>): Promise<void> {
  const log = held.log();
  for (const runId of log.runsThatAre('suspended')) {
    try {
      if (await isStopped(held, log, runId, log.inputIdOfRun(runId))) await held.endSuspended(runId, 'cancelled');
    } catch (error) {
      onError(error);
    }
  }
}

/**
 * Ends runs that have waited too long: since before this time, in ms since the epoch. Those for which people have said
 * something in time are left alone: that is still to be carried out.
 */
export async function closeExpired({held, onError, before}: Pick<ClearUpOptions, 'held' | 'onError'> & {readonly before: number}): Promise<void> {
  const log = held.log();
  for (const runId of log.runsThatAre('suspended')) {
    const since = log.suspendedSince(runId);
    if (since === undefined || since > before || dueInputOf(log, runId) !== undefined) continue;
    try {
      await held.endSuspended(runId, 'cancelled');
    } catch (error) {
      onError(error);
    }
  }
}
