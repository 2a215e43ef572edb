/**
 * What people say into a run while it goes on. A call of the model is given up for it at once; tools that work are not:
 * the message is before the model when it is called next. AI Transport's `onSteer` and `hasInput` take a decision that
 * comes too late, and a page's result, for something that was said too; the channel's own words tell them apart.
 */
export class Steering {
  readonly #said: () => number;
  #heard = 0;
  #call = new AbortController();
  #isHeld = false;

  /** @param said how many messages people have put into the run */
  constructor(said: () => number) {
    this.#said = said;
  }

  /** Whether a message waits for the next call of the model. */
  get isWaiting(): boolean {
    return this.#said() > this.#heard;
  }

  /** A message may have come. */
  look(): void {
    this.#giveUp();
  }

  /** The model is called with all that has come so far. The signal gives the call up. */
  begin(): AbortSignal {
    this.#heard = this.#said();
    this.#isHeld = false;
    this.#call = new AbortController();
    return this.#call.signal;
  }

  /** The model has called a tool: it is to have its result, so nothing is given up. */
  hold(): void {
    this.#isHeld = true;
  }

  /** The model is called again, with what the tools gave. */
  proceed(): void {
    this.#isHeld = false;
    this.#giveUp();
  }

  #giveUp(): void {
    if (this.isWaiting && !this.#isHeld) this.#call.abort(new DOMException('a person has said something', 'AbortError'));
  }
}
