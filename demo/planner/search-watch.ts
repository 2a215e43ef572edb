import {someonePresent, whenSomeonePresent} from 'agent-session-elements/agent';
import type * as Ably from 'ably';
import type {Root} from './shared-trip.ts';

/** How a search ended: as its specialist says, or because the specialist is gone or too late. */
export type SearchEnd = 'done' | 'failed' | 'cancelled' | 'lost' | 'late';

export interface SearchWatchOptions {
  readonly root: Root;
  readonly presence: Ably.RealtimePresence;
  readonly taskId: string;
  readonly clientId: string;
  readonly runId: string;
  /** How long the search may take while somebody is there, in ms. */
  readonly deadlineMs: number;
  /** How long a specialist that left may take to come back before it counts as lost, in ms. */
  readonly returnMs: number;
}

/**
 * Follows a search by what is on the channel: the task in the progress map, and whether the specialist is present. That
 * holds wherever the specialist runs.
 */
export class SearchWatch {
  readonly ended: Promise<SearchEnd>;
  readonly #options: SearchWatchOptions;
  readonly #stop = new AbortController();
  #settle: (end: SearchEnd) => void = () => undefined;
  /** Where the specialist is present; a former process of the same name may be so too, until it times out. */
  #connectionId: string | undefined;
  #returning: NodeJS.Timeout | undefined;

  constructor(options: SearchWatchOptions) {
    this.#options = options;
    const {root, presence, taskId} = options;
    this.ended = new Promise((resolve) => (this.#settle = resolve));
    const subscription = root.get('progress').get(taskId).subscribe(() => this.#look());
    const listener = (member: Ably.PresenceMessage): void => this.#meet(member);
    void presence.subscribe(listener).catch(() => undefined); // Without presence the deadline is left.
    void this.ended.then(() => {
      subscription.unsubscribe();
      presence.unsubscribe(listener);
      clearTimeout(this.#returning);
      this.#stop.abort(new Error('the search has ended'));
    });
    void this.#meetPresent().catch(() => undefined);
    void this.#countDown().catch(() => undefined);
    this.#look();
  }

  /** Ends the watch: somebody decided how the search ends. */
  end(end: SearchEnd): void {
    this.#settle(end);
  }

  #look(): void {
    const {root, taskId} = this.#options;
    const state: unknown = root.get('progress').get(taskId).get('state').value();
    if (state === 'done' || state === 'failed' || state === 'cancelled') this.#settle(state);
  }

  async #meetPresent(): Promise<void> {
    const {presence, clientId} = this.#options;
    for (const member of await presence.get({clientId})) this.#meet(member);
  }

  #meet({action, clientId, connectionId, data}: Ably.PresenceMessage): void {
    if (clientId !== this.#options.clientId) return;
    if (action === 'leave' || action === 'absent') {
      if (connectionId === this.#connectionId) this.#miss();
    } else if ((data as {runId?: unknown} | undefined)?.runId === this.#options.runId) {
      this.#connectionId = connectionId;
      clearTimeout(this.#returning);
    }
  }

  /** After an outage everybody comes back one by one: who is missing then may be on the way. */
  #miss(): void {
    clearTimeout(this.#returning);
    this.#returning = setTimeout(() => {
      this.#look();
      this.#settle('lost');
    }, this.#options.returnMs);
  }

  /** Time counts only while somebody is there: searches pause when nobody is. */
  async #countDown(): Promise<void> {
    const {presence, deadlineMs} = this.#options;
    const {signal} = this.#stop;
    do {
      await whenSomeonePresent({presence}, {signal});
      await pause(deadlineMs, signal);
    } while (!(await someonePresent({presence})));
    this.#settle('late');
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    }, {once: true});
  });
}
