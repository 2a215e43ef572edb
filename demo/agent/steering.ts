/**
 * What people say into a run while it goes on. A call of the model is given up for it at once; tools that work are not:
 * the message is before the model when it is called next.
 */
export class Steering {
  #call = new AbortController();
  #isHeld = false;
  #isWaiting = false;

  /** Whether a message waits for the next call of the model. */
  get isWaiting(): boolean {
    return this.#isWaiting;
  }

  /** A message has come. */
  arrive(): void {
    this.#isWaiting = true;
    this.#giveUp();
  }

  /** The model is called with all that has come so far. The signal gives the call up. */
  begin(): AbortSignal {
    this.#isWaiting = false;
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
    if (this.#isWaiting && !this.#isHeld) this.#call.abort(new DOMException('a person has said something', 'AbortError'));
  }
}
