import type {ReactiveController} from 'lit';
import {type SessionHost, SessionSource} from './session-source.ts';

/** Counts what others have said since the reader last saw the end of the conversation. */
export class Unread implements ReactiveController {
  readonly #source: SessionSource;
  readonly #isAtEnd: () => boolean;
  /** The last message that was seen; null where the conversation began without any. */
  #seenId: string | null | undefined;

  constructor(host: SessionHost, isAtEnd: () => boolean) {
    this.#source = SessionSource.of(host);
    this.#isAtEnd = isAtEnd;
    host.addController(this);
  }

  get count(): number {
    const {messages} = this.#source.snapshot;
    const seen = messages.findLastIndex(({id}) => id === this.#seenId);
    return seen === -1 && this.#seenId !== null ? 0 : messages.slice(seen + 1).filter(({mine}) => !mine).length;
  }

  hostUpdate(): void {
    const {messages, history} = this.#source.snapshot;
    if (history.state !== 'ready') return;
    // What was there when the page was opened is not news.
    if (this.#isAtEnd() || this.#seenId === undefined) this.#seenId = messages.at(-1)?.id ?? null;
  }
}
