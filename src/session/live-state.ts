import type {Unsubscribe} from '../internal/listeners.ts';
import type {SessionError} from './errors.ts';

/** A value of the shared state: JSON. A LiveMap reads as an object, a LiveCounter as a number. */
export type LiveValue = string | number | boolean | null | readonly LiveValue[] | {readonly [key: string]: LiveValue};

/** What stands at a place: a LiveMap, a LiveCounter, a plain value, or nothing. */
export type LiveKind = 'map' | 'counter' | 'value' | 'none';

/**
 * - `closed`: nobody needs the state, and nothing is loaded.
 * - `loading`: it is on its way.
 * - `ready`: it is here and current, local edits included.
 * - `failed`: it cannot be read; `error` says why. Edits that are refused do not change the status: they reject.
 */
export type LiveStatus = 'closed' | 'loading' | 'ready' | 'failed';

export interface LiveStateSnapshot {
  readonly status: LiveStatus;
  readonly error: SessionError | undefined;
  /** Whether this client may write; undefined until that is known. */
  readonly isWritable: boolean | undefined;
  /** Everything, as plain values. Parts that did not change keep their identity from one snapshot to the next. */
  readonly root: {readonly [key: string]: LiveValue};
}

/** One place whose value changed. */
export interface LiveChange {
  /** Keys from the root, joined by dots; the deepest place that tells the whole change. */
  readonly path: string;
  readonly previous: LiveValue | undefined;
  readonly value: LiveValue | undefined;
  /** `local`: by an edit of this page, or the taking back of one. */
  readonly origin: 'local' | 'remote';
}

/**
 * The state that people and agents of a session share: a tree of LiveObjects, read as plain values. Paths are keys joined
 * by dots; the empty path is the root. Edits show at once and are taken back when they are refused.
 */
export interface LiveState {
  readonly snapshot: LiveStateSnapshot;
  /** Says that the state is needed: the first one loads it. Returns what lets go of it. */
  open(): Unsubscribe;
  /** Announces changes, at most once per animation frame; with an empty list where only the status changed. */
  subscribe(listener: (changes: readonly LiveChange[]) => void): Unsubscribe;
  /** What stands at a path, for showing counters as such. */
  kindOf(path: string): LiveKind;
  /**
   * Sets a value; maps on the way are made. An object becomes a LiveMap, a list a plain value.
   * @throws {SessionError} when it is refused; the value before it is back then.
   */
  set(path: string, value: LiveValue): Promise<void>;
  /** Removes what stands at a path. */
  remove(path: string): Promise<void>;
  /** Adds to the LiveCounter at a path, which is made where there is none. Concurrent additions add up. */
  increment(path: string, amount?: number): Promise<void>;
}
