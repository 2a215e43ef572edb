import type {ReactiveController, ReactiveControllerHost} from 'lit';
import type {Unsubscribe} from '../../internal/listeners.ts';
import type {LiveState, Session, SessionError} from '../../session/index.ts';

/** The root key of the map that agents keep: `approvals.<channel name>` = `{since}`. */
const indexKey = 'approvals';

/** Reads the index of channels on which something waits, which agents keep on a channel of its own. */
export class IndexReader implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #state: LiveState | undefined;
  #stops: Unsubscribe[] = [];

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  /** The channels in the index, by name; undefined while it has not been read. */
  get channels(): readonly string[] | undefined {
    if (this.#state?.snapshot.status !== 'ready') return undefined;
    const entries = this.#state.snapshot.root[indexKey];
    return typeof entries === 'object' && entries !== null && !Array.isArray(entries) ? Object.keys(entries).sort() : [];
  }

  get error(): SessionError | undefined {
    return this.#state?.snapshot.error;
  }

  /** Reads the index of this session from now on; of none when it is undefined. */
  follow(session: Session | undefined): void {
    const state = session?.state;
    if (state === this.#state) return;
    this.#release();
    this.#state = state;
    if (state) this.#stops = [state.subscribe(() => this.#host.requestUpdate()), state.open()];
  }

  hostDisconnected(): void {
    this.#release();
  }

  #release(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
    this.#state = undefined;
  }
}
