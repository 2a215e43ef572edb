import type {ReactiveController} from 'lit';
import {type SessionHost, SessionSource} from './session-source.ts';

const prefix = 'agent-session-elements:draft:';

type Host = SessionHost & {value: string};

/**
 * Keeps what a person has typed and not sent, by channel, in this browser, and puts it back into the box of its channel.
 * Where nothing can be stored, it is kept as long as the element is.
 */
export class Draft implements ReactiveController {
  readonly #host: Host;
  readonly #source: SessionSource;
  readonly #onLeave: () => void;
  #channel: string | undefined;
  /** What the box held for that channel. A page may give the next channel's text along with the channel. */
  #text = '';
  readonly #unstored = new Map<string, string>();

  /** @param onLeave called when the box goes on to another channel, with what is beside the text still there. */
  constructor(host: Host, onLeave: () => void) {
    this.#host = host;
    this.#source = SessionSource.of(host);
    this.#onLeave = onLeave;
    host.addController(this);
  }

  /** The channel whose draft the box holds, also while the element is out of the page. */
  get channel(): string | undefined {
    return this.#channel;
  }

  /** To be called whenever the person has changed the text. */
  keep(): void {
    this.#text = this.#host.value;
    if (this.#channel !== undefined) this.#store(this.#channel, this.#text);
  }

  /** Takes what was sent to a channel out of the text that is there for it now. */
  take(channel: string | undefined, sent: string): void {
    const rest = (text: string): string => (text.startsWith(sent) ? text.slice(sent.length) : text);
    if (channel === this.#channel) {
      this.#host.value = rest(this.#host.value);
      this.keep();
    } else if (channel !== undefined) {
      this.#store(channel, rest(this.#read(channel)));
    }
  }

  hostUpdate(): void {
    const channel = this.#source.session?.channel;
    if (channel === undefined || channel === this.#channel) return;
    const previous = this.#channel;
    this.#channel = channel;
    const isLeft = this.#host.value === (previous === undefined ? '' : this.#text);
    if (previous !== undefined) {
      // An empty box says nothing of what another tab may have kept.
      if (this.#text !== '') this.#store(previous, this.#text);
      this.#onLeave();
    }
    if (isLeft) this.#host.value = this.#read(channel);
  }

  hostUpdated(): void {
    this.#text = this.#host.value;
  }

  #read(channel: string): string {
    const stored = withStorage((storage) => storage.getItem(prefix + channel));
    return (stored === undefined ? this.#unstored.get(channel) : stored) ?? '';
  }

  #store(channel: string, text: string): void {
    this.#unstored.set(channel, text);
    withStorage((storage) => {
      if (text === '') storage.removeItem(prefix + channel);
      else storage.setItem(prefix + channel, text);
    });
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
