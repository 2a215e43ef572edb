import type {ReactiveController} from 'lit';
import {Listeners} from '../internal/listeners.ts';
import {ContextProviderEvent, isSessionRequest} from './session-context.ts';
import {type SessionHost, SessionSource, type SourceState} from './session-source.ts';

/** Gives the session of an element to the elements in it, through any number of shadow roots. */
export class SessionProvider implements ReactiveController {
  readonly #host: SessionHost;
  readonly #source: SessionSource;
  readonly #consumers = new Listeners<SourceState>();

  constructor(host: SessionHost) {
    this.#host = host;
    this.#source = SessionSource.of(host);
    this.#source.onState((state) => this.#consumers.notify(state));
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.addEventListener('context-request', this.#answer);
    this.#host.dispatchEvent(new ContextProviderEvent(this.#host));
  }

  hostDisconnected(): void {
    this.#host.removeEventListener('context-request', this.#answer);
    this.#consumers.clear();
  }

  readonly #answer = (event: Event): void => {
    if (!isSessionRequest(event) || event.contextTarget === this.#host) return;
    event.stopImmediatePropagation();
    const {callback, subscribe} = event;
    // Subscribers are told their unsubscribe function each time, as the protocol asks.
    const unsubscribe = subscribe ? this.#consumers.add((state) => callback(state, unsubscribe)) : undefined;
    callback(this.#source.state, unsubscribe);
  };
}
