import type {ReactiveController} from 'lit';
import {AgentErrorEvent} from '../events.ts';
import type {Unsubscribe} from '../internal/listeners.ts';
import {type LiveChange, type LiveState, type LiveStateSnapshot, type LiveValue, SessionError, valueAt} from '../session/index.ts';
import {type SessionHost, SessionSource} from './session-source.ts';

const missingRight = new SessionError('The token does not have the right to change the shared state: it lacks "object-publish".', {
  kind: 'capability',
  hint: 'Add "object-publish" to the capability of the token for this channel.',
});
const closed: LiveStateSnapshot = {status: 'closed', error: undefined, isWritable: undefined, root: {}};
/** What has been told already: the same state may be shown by several elements. */
const told = new WeakSet<SessionError>();

export interface LiveStateOptions {
  /** Keys from the root, joined by dots. */
  path: () => string;
  /** Called with what changed anywhere in the state, before the element updates; also when the state becomes another one. */
  onChanges?: (changes: readonly LiveChange[]) => void;
}

/** Holds the shared state open while an element is in the page, and updates it when what stands at its path changes. */
export class LiveStateController implements ReactiveController {
  readonly #host: SessionHost;
  readonly #source: SessionSource;
  readonly #options: LiveStateOptions;
  #drawn: readonly unknown[] = [];
  #state: LiveState | undefined;
  #stops: Unsubscribe[] = [];
  #stopSource: Unsubscribe | undefined;
  #waiting: (() => void)[] = [];

  constructor(host: SessionHost, options: LiveStateOptions) {
    this.#host = host;
    this.#source = SessionSource.of(host);
    this.#options = options;
    host.addController(this);
  }

  /** The state that is held; undefined without a session and out of the page. */
  get state(): LiveState | undefined {
    return this.#state;
  }

  get snapshot(): LiveStateSnapshot {
    return this.#state?.snapshot ?? closed;
  }

  /** The state where it can be read now. */
  get ready(): LiveState | undefined {
    return this.snapshot.status === 'ready' ? this.#state : undefined;
  }

  /** Why this client may not write; undefined where it may, or where that is not known yet. */
  get lock(): SessionError | undefined {
    return this.snapshot.isWritable === false ? missingRight : undefined;
  }

  /** What stands at the path. */
  get value(): LiveValue | undefined {
    return valueAt(this.snapshot.root, this.#options.path());
  }

  /**
   * The state, as soon as it can be read.
   * @param isPatient waits as well for a session that is still to come, and for a state that has failed to be back.
   * @throws {SessionError} when there is none, or it cannot be read.
   */
  async whenReady({isPatient = false} = {}): Promise<LiveState> {
    await this.#host.updateComplete;
    for (;;) {
      const {ready} = this;
      if (ready) return ready;
      if (!isPatient) this.#checkOnItsWay();
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  hostConnected(): void {
    this.#stopSource = this.#source.onState(() => this.#hold(this.#source.session?.state));
    this.#hold(this.#source.session?.state);
  }

  hostUpdate(): void {
    this.#drawn = this.#slice;
  }

  hostDisconnected(): void {
    this.#stopSource?.();
    this.#stopSource = undefined;
    this.#release();
  }

  #checkOnItsWay(): void {
    const {status, error} = this.snapshot;
    const source = this.#source.state;
    if (source.status === 'refused') throw source.error;
    if (status === 'failed') throw error ?? new SessionError('The shared state cannot be read.', {kind: 'channel'});
    if (!this.#state) throw new SessionError('There is no session yet, so nothing was changed.', {kind: 'closed'});
  }

  get #slice(): readonly unknown[] {
    const {status, error, isWritable} = this.snapshot;
    return [this.value, status, error, isWritable];
  }

  #hold(state: LiveState | undefined): void {
    if (state === this.#state || !this.#host.isConnected) return;
    this.#release();
    this.#state = state;
    if (!state) return;
    // Heard before it is opened, so that nothing is missed.
    this.#stops = [state.subscribe((changes) => this.#hear(changes)), state.open()];
    this.#hear([]);
  }

  #hear(changes: readonly LiveChange[]): void {
    const {error} = this.snapshot;
    if (error && !told.has(error)) {
      told.add(error);
      this.#host.dispatchEvent(new AgentErrorEvent(error));
    }
    this.#options.onChanges?.(changes);
    this.#wake();
    if (this.#slice.some((part, index) => part !== this.#drawn[index])) this.#host.requestUpdate();
  }

  #release(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
    this.#state = undefined;
    this.#wake();
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
