import type {Pace} from '../../demo/model/pace.ts';

/** Lets a model's tokens out as a test says, so that "in mid-answer" is an exact place. */
export class TokenGate {
  #allowed = 0;
  #isOpen = false;
  /** How often it was begun anew. */
  #generation = 0;
  /** The generation in which each answer was begun, by its signal. */
  readonly #begun = new WeakMap<AbortSignal, number>();
  readonly #waiting = new Set<() => void>();

  readonly pace: Pace = async ({signal}) => {
    const generation = this.#generationOf(signal);
    const isFree = (): boolean => this.#isOpen || generation < this.#generation;
    while (!isFree() && this.#allowed === 0) {
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
    if (!isFree()) this.#allowed--;
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

  /** Holds back what begins from now on. What is still being written goes on freely: it is to take nobody else's tokens. */
  renew(): void {
    this.close();
    this.#generation += 1;
    this.#wakeUp();
  }

  #generationOf(signal: AbortSignal | undefined): number {
    if (signal === undefined) return this.#generation;
    const generation = this.#begun.get(signal) ?? this.#generation;
    this.#begun.set(signal, generation);
    return generation;
  }

  #wakeUp(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}
