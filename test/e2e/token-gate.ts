import type {Pace} from '../../demo/model/pace.ts';

/** Lets a model's tokens out as a test says, so that "in mid-answer" is an exact place. */
export class TokenGate {
  #allowed = 0;
  #isOpen = false;
  readonly #waiting = new Set<() => void>();

  readonly pace: Pace = async ({signal}) => {
    while (!this.#isOpen && this.#allowed === 0) {
      await new Promise<void>((resolve, reject) => {
        const abort = (): void => {
          this.#waiting.delete(resolve);
          reject(signal?.reason as Error);
        };
        if (signal?.aborted) abort();
        this.#waiting.add(resolve);
        signal?.addEventListener('abort', abort, {once: true});
      });
    }
    signal?.throwIfAborted();
    if (!this.#isOpen) this.#allowed--;
  };

  /** Lets so many more tokens out. */
  allow(count: number): void {
    this.#allowed += count;
    this.#wakeUp();
  }

  /** Lets everything out from now on. */
  open(): void {
    this.#isOpen = true;
    this.#wakeUp();
  }

  /** Holds everything back again. */
  close(): void {
    this.#isOpen = false;
    this.#allowed = 0;
  }

  #wakeUp(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}
