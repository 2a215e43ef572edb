import type {ReactiveController} from 'lit';
import type {SessionSnapshot} from '../session/index.ts';
import {type SessionHost, SessionSource} from './session-source.ts';

/** Selects a slice of the session's snapshot for an element, which updates only when that slice is another one. */
export class SessionController<T> implements ReactiveController {
  readonly #host: SessionHost;
  readonly #source: SessionSource;
  readonly #select: (snapshot: SessionSnapshot) => T;
  #drawn: T | undefined;
  #stop: (() => void) | undefined;

  /** @param select gives the slice; it must give the same object for the same state. */
  constructor(host: SessionHost, select: (snapshot: SessionSnapshot) => T) {
    this.#host = host;
    this.#source = SessionSource.of(host);
    this.#select = select;
    host.addController(this);
  }

  get value(): T {
    return this.#select(this.#source.snapshot);
  }

  hostConnected(): void {
    this.#stop = this.#source.onChange(({snapshot}) => {
      if (this.#select(snapshot) !== this.#drawn) this.#host.requestUpdate();
    });
  }

  hostUpdate(): void {
    this.#drawn = this.value;
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = undefined;
  }
}
