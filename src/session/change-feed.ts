import {Listeners, type Unsubscribe} from '../internal/listeners.ts';
import type {SessionChange} from './session.ts';
import {initialSnapshot, type SessionSnapshot} from './snapshot.ts';

/** Runs a function soon, once; returns what calls it off. */
export type Scheduler = (run: () => void) => Unsubscribe;

/** How long growing text waits after it was announced, in milliseconds, where more deltas than `above` wait. */
export interface TextPause {
  above: number;
  ms: number;
}

/**
 * The pauses in a page that people read: every second frame of a common screen; every fifth from some 150 deltas a second on,
 * which is twenty times what anybody reads; every sixth from some 700 on, where whole paragraphs come at once. Who reads cannot
 * tell it from every frame, which costs the page twice as much (docs/decisions/0012-text-at-every-second-frame.md).
 */
export const textPauses: readonly TextPause[] = [{above: 60, ms: 88}, {above: 5, ms: 72}, {above: 0, ms: 24}];

export interface ChangeFeedOptions {
  /** When to announce: the next frame, in a page. */
  schedule: Scheduler;
  /** Gives the slices that {@link ChangeFeed.invalidate} marks stale; one that is as it was must be the same object. */
  derive?: () => Partial<SessionSnapshot>;
  /** How long an announcement of nothing but parts that changed waits after the last one, most deltas first; not at all without. */
  textPauses?: readonly TextPause[];
  /** Milliseconds of a clock that never goes back. */
  now?: () => number;
}

/**
 * Holds a session's snapshot and announces its changes, merged: any number of changes between two frames is one
 * announcement. Text that only grows may wait a little longer; with anything else it goes at once. Slices that are costly to
 * derive are marked stale and derived once, when they are read or announced.
 */
export class ChangeFeed {
  readonly #listeners = new Listeners<SessionChange>();
  readonly #schedule: Scheduler;
  readonly #derive: () => Partial<SessionSnapshot>;
  readonly #textPauses: readonly TextPause[];
  readonly #now: () => number;
  #isStale = false;
  #snapshot: SessionSnapshot = initialSnapshot;
  #announced: SessionSnapshot = initialSnapshot;
  #announcedAt = -Infinity;
  /** Deltas that wait to be announced. */
  #deltas = 0;
  #messageIds = new Set<string>();
  #cancelFlush: Unsubscribe | undefined;
  #isClosed = false;

  constructor({schedule, derive = () => ({}), textPauses: pauses = [], now = () => performance.now()}: ChangeFeedOptions) {
    this.#schedule = schedule;
    this.#derive = derive;
    this.#textPauses = pauses;
    this.#now = now;
  }

  get snapshot(): SessionSnapshot {
    if (this.#isStale) {
      this.#isStale = false;
      this.#apply(this.#derive());
    }
    return this.#snapshot;
  }

  /** Replaces slices of the snapshot. Slices given with the value they have are not a change. */
  update(slices: Partial<SessionSnapshot>): void {
    if (this.#apply(slices)) this.#plan();
  }

  /** Marks the derived slices stale. */
  invalidate(): void {
    this.#isStale = true;
    this.#plan();
  }

  /** Marks a message whose parts changed in place. */
  touch(messageId: string): void {
    this.#messageIds.add(messageId);
    this.#deltas++;
    this.#plan();
  }

  subscribe(listener: (change: SessionChange) => void): Unsubscribe {
    return this.#listeners.add(listener);
  }

  /** Announces now what waits for the next frame. */
  flush(): void {
    this.#cancelFlush?.();
    this.#cancelFlush = undefined;
    const change = {snapshot: this.snapshot, previous: this.#announced, messageIds: this.#messageIds};
    if (change.snapshot === change.previous && change.messageIds.size === 0) return;
    this.#announced = change.snapshot;
    this.#announcedAt = this.#now();
    this.#deltas = 0;
    this.#messageIds = new Set();
    this.#listeners.notify(change);
  }

  /** Drops the listeners and what waits. */
  close(): void {
    this.#isClosed = true;
    this.#cancelFlush?.();
    this.#cancelFlush = undefined;
    this.#listeners.clear();
  }

  #apply(slices: Partial<SessionSnapshot>): boolean {
    const keys = Object.keys(slices) as (keyof SessionSnapshot)[];
    if (keys.every((key) => slices[key] === this.#snapshot[key])) return false;
    this.#snapshot = {...this.#snapshot, ...slices};
    return true;
  }

  #plan(): void {
    if (this.#isClosed) return;
    this.#cancelFlush ??= this.#schedule(() => {
      this.#cancelFlush = undefined;
      if (this.#mayWait()) this.#plan();
      else this.flush();
    });
  }

  /** Whether only parts have changed, and that too soon. */
  #mayWait(): boolean {
    const pause = this.#textPauses.find(({above}) => this.#deltas > above)?.ms ?? 0;
    return this.#now() - this.#announcedAt < pause && this.snapshot === this.#announced;
  }
}
