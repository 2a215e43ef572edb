import type {InvocationData} from '@ably/ai-transport';
import type {ApprovalIndex} from 'agent-session-elements/agent';
import type {ChannelSessions, HeldSession} from './channel-sessions.ts';
import {closeExpired, closeStopped} from './clear-up.ts';
import {dueInputOf} from './go-on.ts';
import {openCallsOf} from './open-calls.ts';

export interface VigilOptions {
  readonly sessions: ChannelSessions;
  /** Where the channels that wait for somebody are listed. */
  readonly index?: ApprovalIndex;
  /** How long a run may wait for somebody, in ms; a day when absent. */
  readonly patienceMs?: number;
  /** Ms since the epoch. */
  readonly now: () => number;
  /** Has the agent go on with a run for which somebody has said something, by the event id of what they said. */
  readonly wake: (invocation: InvocationData) => void;
  readonly onError: (error: unknown) => void;
}

interface Vigil {
  readonly release: () => Promise<void>;
  /** Whether what is on the channel is being looked at, and is to be looked at again. */
  state: 'idle' | 'looking' | 'stale';
  /** When the next run will have waited too long. */
  expiry: ReturnType<typeof setTimeout> | undefined;
}

const dayMs = 86_400_000;

/** The channel's clock, which says since when a run waits, may be another than the agent's: no use in looking all the time. */
const shortestMs = 1000;

/**
 * Stays on channels whose runs wait for somebody, to hear when they are stopped, and lists them in the index. Decisions
 * do not need it: who decides wakes the agent. Nothing is lost with the process: the index says where to go on.
 */
export class Vigils {
  readonly #options: VigilOptions;
  readonly #vigils = new Map<string, Vigil>();
  #isClosed = false;

  constructor(options: VigilOptions) {
    this.#options = options;
  }

  /** Goes on where a former process stopped. */
  async takeUp(): Promise<void> {
    const {sessions, index, onError} = this.#options;
    for (const channel of (await index?.channels())?.keys() ?? []) {
      try {
        await this.#takeUp(channel, await sessions.hold(channel));
      } catch (error) {
        onError(error); // One channel that cannot be read is no reason to forget the others.
      }
    }
  }

  async #takeUp(channel: string, held: HeldSession): Promise<void> {
    const {wake} = this.#options;
    try {
      await held.read();
      const log = held.log();
      const due = log.runsThatAre('suspended').flatMap((runId) => dueInputOf(log, runId) ?? []);
      await this.keep(channel, held);
      // Whoever decided has told an agent that was not there, and may tell nobody again.
      for (const inputEventId of due) wake({inputEventId, sessionName: channel});
    } finally {
      await held.release();
    }
  }

  /** Stays on a channel while its runs wait for somebody; lets go of it when they no longer do. */
  async keep(channel: string, held: HeldSession): Promise<void> {
    const {sessions, index, onError} = this.#options;
    await held.read(); // anew, where the line had a gap
    try {
      if (!this.#isClosed && (isAsking(held) || isDue(held))) await index?.pending(channel);
      else await index?.decided(channel);
    } catch (error) {
      onError(error);
    }
    await held.read();
    if (this.#isNotWanted(channel) || held.log().runsThatAre('suspended').length === 0) return;
    const own = await sessions.hold(channel);
    // Two pieces of work may have ended at the same moment, or the agent while this one waited.
    if (this.#isNotWanted(channel)) return own.release();
    const unwatch = own.watch(() => this.#look(channel, own));
    const vigil: Vigil = {
      state: 'idle',
      expiry: undefined,
      release: async () => {
        this.#vigils.delete(channel);
        clearTimeout(vigil.expiry);
        unwatch();
        await own.release();
      },
    };
    this.#vigils.set(channel, vigil);
    this.#look(channel, own);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#vigils.values()].map(({release}) => release()));
  }

  #isNotWanted(channel: string): boolean {
    return this.#isClosed || this.#vigils.has(channel);
  }

  #look(channel: string, held: HeldSession): void {
    const vigil = this.#vigils.get(channel);
    if (!vigil || this.#isClosed) return;
    if (vigil.state !== 'idle') {
      vigil.state = 'stale';
      return;
    }
    vigil.state = 'looking';
    const {now, patienceMs = dayMs, onError} = this.#options;
    // After a gap in the line its log begins afresh.
    void held.read()
      .then(() => closeStopped({held, onError}))
      .then(() => closeExpired({held, onError, before: now() - patienceMs}))
      .then(() => (held.log().runsThatAre('suspended').length > 0 ? this.#lookAgain(channel, held, vigil) : this.#leave(channel, vigil)))
      .catch(onError)
      .finally(() => {
        const isStale = vigil.state === 'stale';
        vigil.state = 'idle';
        if (isStale) this.#look(channel, held);
      });
  }

  /** When the next of the runs that wait will have waited too long. */
  #lookAgain(channel: string, held: HeldSession, vigil: Vigil): void {
    clearTimeout(vigil.expiry);
    if (this.#vigils.get(channel) !== vigil) return;
    const {now, patienceMs = dayMs} = this.#options;
    const log = held.log();
    const waiting = log.runsThatAre('suspended').filter((runId) => dueInputOf(log, runId) === undefined && !held.hasEnded(runId));
    if (waiting.length === 0) return;
    const since = Math.min(...waiting.map((runId) => log.suspendedSince(runId) ?? now()));
    vigil.expiry = setTimeout(() => this.#look(channel, held), Math.max(since + patienceMs - now(), shortestMs));
    vigil.expiry.unref();
  }

  async #leave(channel: string, vigil: Vigil): Promise<void> {
    await this.#options.index?.decided(channel);
    await vigil.release();
  }
}

/** Whether a person is to decide something on the channel. */
function isAsking(held: HeldSession): boolean {
  const log = held.log();
  return log.runsThatAre('suspended').some((runId) => {
    const node = log.tree.getRunNode(runId);
    return node !== undefined && openCallsOf(log, node).some(({isAsked, decision}) => isAsked && !decision);
  });
}

/** Whether somebody has said something that is still to be carried out: should this process end before, the next one is to find it. */
function isDue(held: HeldSession): boolean {
  const log = held.log();
  return log.runsThatAre('suspended').some((runId) => dueInputOf(log, runId) !== undefined);
}
