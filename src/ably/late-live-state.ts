import {Listeners, type Unsubscribe} from '../internal/listeners.ts';
import {SessionError} from '../session/errors.ts';
import type {LiveChange, LiveKind, LiveState, LiveStateSnapshot, LiveValue} from '../session/live-state.ts';

/** A {@link LiveState} that is there at once, while its code loads: until then it is empty, and edits wait. */
export class LateLiveState implements LiveState {
  readonly #loading: Promise<LiveState>;
  readonly #needObjects: () => Promise<unknown>;
  readonly #listeners = new Listeners<readonly LiveChange[]>();
  #state: LiveState | undefined;
  #snapshot: LiveStateSnapshot = {status: 'closed', error: undefined, isWritable: undefined, root: {}};

  /**
   * @param loading the state
   * @param needObjects has the connection made with LiveObjects, so that it need not be made again
   */
  constructor(loading: Promise<LiveState>, needObjects: () => Promise<unknown>) {
    this.#loading = loading;
    this.#needObjects = needObjects;
    loading.then((state) => {
      this.#state = state;
      state.subscribe((changes) => this.#listeners.notify(changes));
    }, (cause: unknown) => {
      const error = cause instanceof SessionError ? cause : new SessionError('The shared state could not be loaded.', {kind: 'connection', cause});
      this.#snapshot = {...this.#snapshot, status: 'failed', error};
      this.#listeners.notify([]);
    });
  }

  get snapshot(): LiveStateSnapshot {
    return this.#state?.snapshot ?? this.#snapshot;
  }

  open(): Unsubscribe {
    if (this.#state) return this.#state.open();
    if (this.#snapshot.status === 'closed') this.#snapshot = {...this.#snapshot, status: 'loading'};
    // What fails here is told by the state, which asks for it again.
    this.#needObjects().catch(() => undefined);
    let isHeld = true;
    let release: Unsubscribe | undefined;
    this.#loading.then((state) => {
      if (isHeld) release = state.open();
    }, () => undefined);
    return () => {
      isHeld = false;
      release?.();
    };
  }

  subscribe(listener: (changes: readonly LiveChange[]) => void): Unsubscribe {
    return this.#listeners.add(listener);
  }

  kindOf(path: string): LiveKind {
    return this.#state?.kindOf(path) ?? 'none';
  }

  async set(path: string, value: LiveValue): Promise<void> {
    await (this.#state ?? (await this.#loading)).set(path, value);
  }

  async remove(path: string): Promise<void> {
    await (this.#state ?? (await this.#loading)).remove(path);
  }

  async increment(path: string, amount?: number): Promise<void> {
    await (this.#state ?? (await this.#loading)).increment(path, amount);
  }
}
