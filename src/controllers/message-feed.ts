import type {ReactiveController} from 'lit';
import {Listeners, type Unsubscribe} from '../internal/listeners.ts';
import type {SessionMessage} from '../session/index.ts';
import {type SessionHost, SessionSource} from './session-source.ts';

/** Tells the view of one message that its parts have grown, without its element having to update. */
export class MessageFeed implements ReactiveController {
  readonly #source: SessionSource;
  readonly #listeners = new Map<string, Listeners<SessionMessage>>();
  #stop: Unsubscribe | undefined;

  constructor(host: SessionHost) {
    this.#source = SessionSource.of(host);
    host.addController(this);
  }

  /** Calls back with the message, read afresh, whenever it has changed in place. */
  subscribe(messageId: string, listener: (message: SessionMessage) => void): Unsubscribe {
    const listeners = this.#listeners.get(messageId) ?? new Listeners();
    this.#listeners.set(messageId, listeners);
    const remove = listeners.add(listener);
    return () => {
      remove();
      if (listeners.size === 0) this.#listeners.delete(messageId);
    };
  }

  hostConnected(): void {
    this.#stop = this.#source.onChange(({snapshot, messageIds}) => {
      for (const id of messageIds) {
        const listeners = this.#listeners.get(id);
        // From the end: what changes is nearly always the newest.
        const message = listeners && snapshot.messages.findLast((candidate) => candidate.id === id);
        if (message) listeners.notify(message);
      }
    });
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = undefined;
  }
}
