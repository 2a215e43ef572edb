import {Listeners, type Unsubscribe} from '../internal/listeners.ts';
import type {Scheduler} from '../session/change-feed.ts';
import {SessionError} from '../session/errors.ts';
import {differences, isLiveObject, keepParts, valueAt, withValueAt} from '../session/live-path.ts';
import type {LiveChange, LiveKind, LiveState, LiveStateSnapshot, LiveValue} from '../session/live-state.ts';

type Root = LiveStateSnapshot['root'];

/** A shared state without a network. What others would do, {@link MemoryState.receive} does; what the channel would refuse, {@link MemoryState.refuseWrites}. */
export class MemoryState implements LiveState {
  readonly #listeners = new Listeners<readonly LiveChange[]>();
  readonly #schedule: Scheduler;
  readonly #counters = new Set<string>();
  #snapshot: LiveStateSnapshot = {status: 'closed', error: undefined, isWritable: undefined, root: {}};
  #kept: Root = {};
  #changes: LiveChange[] = [];
  #isPlanned = false;
  #holders = 0;
  #refusal: SessionError | undefined;
  #held: (() => void)[] | undefined;

  constructor(schedule: Scheduler) {
    this.#schedule = schedule;
  }

  get snapshot(): LiveStateSnapshot {
    return this.#snapshot;
  }

  /** How many hold the state open. */
  get holders(): number {
    return this.#holders;
  }

  open(): Unsubscribe {
    this.#holders++;
    if (this.#snapshot.status === 'closed') this.#update({status: 'ready', isWritable: true, root: this.#kept});
    let isHeld = true;
    return () => {
      if (isHeld) this.#holders--;
      isHeld = false;
    };
  }

  subscribe(listener: (changes: readonly LiveChange[]) => void): Unsubscribe {
    return this.#listeners.add(listener);
  }

  kindOf(path: string): LiveKind {
    if (this.#counters.has(path)) return 'counter';
    const value = valueAt(this.#snapshot.root, path);
    if (value === undefined) return 'none';
    return isLiveObject(value) ? 'map' : 'value';
  }

  set(path: string, value: LiveValue): Promise<void> {
    return this.#edit(path, value);
  }

  remove(path: string): Promise<void> {
    return this.#edit(path, undefined);
  }

  increment(path: string, amount = 1): Promise<void> {
    const value = valueAt(this.#snapshot.root, path);
    this.#counters.add(path);
    return this.#edit(path, (typeof value === 'number' ? value : 0) + amount);
  }

  /** A change by somebody else. `undefined` removes. */
  receive(path: string, value: LiveValue | undefined, {isCounter = false} = {}): void {
    if (isCounter) this.#counters.add(path);
    this.#replace(path, value, 'remote');
  }

  /** Refuses edits from now on, as a channel does whose token lacks the right; `undefined` accepts them again. */
  refuseWrites(error: SessionError | undefined): void {
    this.#refusal = error;
  }

  /** Lets edits wait for their answer until {@link answerWrites}. */
  holdWrites(): void {
    this.#held ??= [];
  }

  answerWrites(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const answer of held) answer();
  }

  /** Changes what is said of the state, for showing how it loads and fails. */
  setStatus(change: Partial<LiveStateSnapshot>): void {
    this.#update(change);
  }

  async #edit(path: string, value: LiveValue | undefined): Promise<void> {
    const previous = valueAt(this.#snapshot.root, path);
    this.#replace(path, value, 'local');
    const held = this.#held;
    if (held) await new Promise<void>((resolve) => held.push(resolve));
    if (!this.#refusal) return;
    this.#replace(path, previous, 'local');
    throw this.#refusal;
  }

  #replace(path: string, value: LiveValue | undefined, origin: LiveChange['origin']): void {
    const next = keepParts(this.#kept, withValueAt(this.#kept, path, value));
    // The root is an object whatever is set at its places.
    if (!isLiveObject(next)) throw new SessionError('The root of the state is a map.', {kind: 'input'});
    this.#changes.push(...differences(this.#kept, next, origin));
    this.#kept = next;
    if (this.#snapshot.status !== 'closed') this.#update({root: next});
  }

  #update(change: Partial<LiveStateSnapshot>): void {
    this.#snapshot = {...this.#snapshot, ...change};
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    this.#schedule(() => this.flush());
  }

  /** Announces now what waits for the next frame. */
  flush(): void {
    this.#isPlanned = false;
    this.#listeners.notify(this.#changes.splice(0));
  }
}
