import type {ReactiveController} from 'lit';
import {type SessionHost, SessionSource} from './session-source.ts';

/** Finds the message that the person has just sent from here, once it is drawn. */
export class SentMessage implements ReactiveController {
  readonly #source: SessionSource;
  readonly #onShown: (messageId: string) => void;
  /** The ids of the person's messages when one was sent; undefined while none is expected. */
  #known: ReadonlySet<string> | undefined;

  constructor(host: SessionHost, onShown: (messageId: string) => void) {
    this.#source = SessionSource.of(host);
    this.#onShown = onShown;
    host.addController(this);
  }

  /** To be called when a message is about to be sent. */
  expect(): void {
    this.#known = new Set(this.#source.snapshot.messages.map(({id}) => id));
  }

  /** To be called when it is not sent after all. */
  forget(): void {
    this.#known = undefined;
  }

  hostUpdated(): void {
    const known = this.#known;
    if (!known) return;
    const sent = this.#source.snapshot.messages.findLast(({mine, id}) => mine && !known.has(id));
    if (!sent) return;
    this.#known = undefined;
    // After the update: the list is put in its place by then.
    queueMicrotask(() => this.#onShown(sent.id));
  }

  hostDisconnected(): void {
    this.forget();
  }
}
