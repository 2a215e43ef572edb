import type {ApprovalIndex} from 'agent-session-elements/agent';
import type {ChannelSessions, HeldSession} from './channel-sessions.ts';
import {closeExpired, closeStopped} from './clear-up.ts';
import {openCallsOf} from './open-calls.ts';

export interface VigilOptions {
  readonly sessions: ChannelSessions;
  /** Where the channels that wait for somebody are listed. */
  readonly index?: ApprovalIndex;
  /** How long a run may wait for somebody, in ms; a day when absent. */
  readonly patienceMs?: number;
  /** Ms since the epoch. */
  readonly now: () => number;
  readonly onError: (error: unknown) => void;
}

interface Vigil {
  readonly release: () => Promise<void>;
  /** Whether what is on the channel is being looked at, and is to be looked at again. */
  state: 'idle' | 'looking' | 'stale';
}

const dayMs = 86_400_000;

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
    const {sessions, index} = this.#options;
    for (const channel of (await index?.channels())?.keys() ?? []) {
      const held = await sessions.hold(channel);
      try {
        await held.read();
        await this.keep(channel, held);
      } finally {
        await held.release();
      }
    }
  }

  /** Stays on a channel while its runs wait for somebody; lets go of it when they no longer do. */
  async keep(channel: string, held: HeldSession): Promise<void> {
    const {sessions, index, onError} = this.#options;
    try {
      if (!this.#isClosed && isAsking(held)) await index?.pending(channel);
      else await index?.decided(channel);
    } catch (error) {
      onError(error);
    }
    if (this.#isClosed || this.#vigils.has(channel) || held.log().runsThatAre('suspended').length === 0) return;
    const own = await sessions.hold(channel);
    const unwatch = held.log().watch(() => this.#look(channel, own));
    const expiry = setTimeout(() => this.#look(channel, own), this.#options.patienceMs ?? dayMs);
    expiry.unref();
    this.#vigils.set(channel, {
      state: 'idle',
      release: async () => {
        this.#vigils.delete(channel);
        clearTimeout(expiry);
        unwatch();
        await own.release();
      },
    });
    this.#look(channel, own);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#vigils.values()].map(({release}) => release()));
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
    void closeStopped({held, onError})
      .then(() => closeExpired({held, onError, before: now() - patienceMs}))
      .then(() => (held.log().runsThatAre('suspended').length > 0 ? undefined : this.#leave(channel, vigil)))
      .catch(onError)
      .finally(() => {
        const isStale = vigil.state === 'stale';
        vigil.state = 'idle';
        if (isStale) this.#look(channel, held);
      });
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
