import type {ReactiveController} from 'lit';
import type {SessionError} from '../session/index.ts';
import {asSessionError, intend} from './intend.ts';
import {type SessionHost, SessionSource} from './session-source.ts';

/** How near to the start of what is shown older messages are loaded ahead: in px, and in heights of the view. */
const loadAhead = {least: 600, views: 1.5} as const;

/** Loads older messages before the reader gets to where they are missing; after a failure only when asked. */
export class OlderMessages implements ReactiveController {
  readonly #host: SessionHost;
  readonly #source: SessionSource;
  #isLoading = false;
  #error: SessionError | undefined;

  constructor(host: SessionHost) {
    this.#host = host;
    this.#source = SessionSource.of(host);
    host.addController(this);
  }

  /** Why they could not be loaded. */
  get error(): SessionError | undefined {
    const {history} = this.#source.snapshot;
    return this.#error ?? (history.state === 'ready' ? history.error : undefined);
  }

  /** Loads them if the reader is near the start, which is `distance` px above what is shown; the view is `height` px high. */
  loadAhead(distance: number | undefined, height: number): void {
    const {state, hasOlder, loadingOlder} = this.#source.snapshot.history;
    if (distance === undefined || distance >= Math.max(loadAhead.least, loadAhead.views * height)) return;
    if (state === 'ready' && hasOlder && !loadingOlder && this.error === undefined) this.load();
  }

  load(): void {
    if (this.#isLoading) return;
    this.#isLoading = true;
    this.#setError(undefined);
    intend(this.#host, {type: 'load-older'})
      .catch((cause: unknown) => this.#setError(asSessionError(cause)))
      .finally(() => {
        this.#isLoading = false;
      });
  }

  hostDisconnected(): void {
    this.#error = undefined;
  }

  #setError(error: SessionError | undefined): void {
    if (error === this.#error) return;
    this.#error = error;
    this.#host.requestUpdate();
  }
}
