import type {Pace} from '../../demo/model/pace.ts';

/** A model's rhythm in a test's hands: no token goes out before the test lets it. */
export class SteppedPace {
  #allowed = 0;
  #waiting: (() => void)[] = [];
  /** How many answers were given up in mid-writing. */
  aborted = 0;

  readonly pace: Pace = async ({signal}) => {
    while (this.#allowed === 0) await this.#turn(signal);
    signal?.throwIfAborted();
    this.#allowed -= 1;
  };

  /** Lets so many tokens out, of whichever answers are waiting. */
  write(tokens: number): void {
    this.#allowed += tokens;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }

  finish(): void {
    this.write(Infinity);
  }

  #turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        this.aborted += 1;
        reject(signal?.reason instanceof Error ? signal.reason : new Error('aborted'));
      };
      if (signal?.aborted) return abort();
      signal?.addEventListener('abort', abort, {once: true});
      this.#waiting.push(() => {
        signal?.removeEventListener('abort', abort);
        resolve();
      });
    });
  }
}
