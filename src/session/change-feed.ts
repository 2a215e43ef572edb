import {Listeners, type Unsubscribe} from '../internal/listeners.ts';
import type {SessionChange} from './session.ts';
import {initialSnapshot, type SessionSnapshot} from './snapshot.ts';

/** Runs a function soon, once; returns what calls it off. */
export type Scheduler = (run: () => void) => Unsubscribe;

/**
 * Holds a session's snapshot and announces its changes, merged: any number of changes between two frames is one
 * announcement. Slices that are costly to derive are marked stale and derived once, when they are read or announced.
 */
export class ChangeFeed {
  readonly #listeners = new Listeners<SessionChange>();
  readonly #schedule: Scheduler;
  readonly #derive: () => Partial<SessionSnapshot>;
  #isStale = false;
  #snapshot: SessionSnapshot = initialSnapshot;
  #announced: SessionSnapshot = initialSnapshot;
  #messageIds = new Set<string>();
  #cancelFlush: Unsubscribe | undefined;
  #isClosed = false;

  /**
   * @param schedule when to announce: the next frame, in a page.
   * @param derive gives the slices that {@link invalidate} marks stale; one that is as it was must be the same object.
   */
  constructor(schedule: Scheduler, derive: () => Partial<SessionSnapshot> = () => ({})) {
    this.#schedule = schedule;
    this.#derive = derive;
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
      this.flush();
    });
  }
}
