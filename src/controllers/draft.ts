import type {ReactiveController} from 'lit';
import {type SessionHost, SessionSource} from './session-source.ts';

const prefix = 'agent-session-elements:draft:';

/**
 * Keeps what a person has typed and not sent, by channel, in this browser, and puts it back into an empty box. Where
 * nothing can be stored it keeps nothing.
 */
export class Draft implements ReactiveController {
  readonly #host: SessionHost & {value: string};
  readonly #source: SessionSource;
  /** The channel whose draft the box holds. */
  #channel: string | undefined;

  constructor(host: SessionHost & {value: string}) {
    this.#host = host;
    this.#source = SessionSource.of(host);
    host.addController(this);
  }

  /** To be called whenever the person has changed the text. */
  keep(): void {
    const channel = this.#channel;
    if (channel === undefined) return;
    withStorage((storage) => {
      if (this.#host.value === '') storage.removeItem(prefix + channel);
      else storage.setItem(prefix + channel, this.#host.value);
    });
  }

  hostUpdate(): void {
    const channel = this.#source.session?.channel;
    if (channel === undefined || channel === this.#channel) return;
    this.#channel = channel;
    if (this.#host.value === '') this.#host.value = withStorage((storage) => storage.getItem(prefix + channel)) ?? '';
  }

  hostDisconnected(): void {
    this.#channel = undefined;
  }
}

function withStorage<T>(use: (storage: Storage) => T): T | undefined {
  try {
    return use(localStorage);
  } catch {
    // Blocked by the browser's settings, by a sandbox, or full: a draft is a convenience and must not break typing.
    return undefined;
  }
}
