import type {ReactiveController} from 'lit';
import {type SessionHost, SessionSource} from './session-source.ts';

/** Counts what others have said since the reader last saw the end of the conversation. */
export class Unread implements ReactiveController {
  readonly #source: SessionSource;
  readonly #isAtEnd: () => boolean;
  #seenId: string | undefined;

  constructor(host: SessionHost, isAtEnd: () => boolean) {
    this.#source = SessionSource.of(host);
    this.#isAtEnd = isAtEnd;
    host.addController(this);
  }

  get count(): number {
    const {messages} = this.#source.snapshot;
    const seen = messages.findLastIndex(({id}) => id === this.#seenId);
    return seen === -1 ? 0 : messages.slice(seen + 1).filter(({mine}) => !mine).length;
  }

  hostUpdate(): void {
    if (this.#isAtEnd()) this.#seenId = this.#source.snapshot.messages.at(-1)?.id;
  }
}
