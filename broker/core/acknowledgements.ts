/** Answers to numbered publishes: in order, never twice, and remembered for a client that repeats itself after a resume. */
import {Action} from '../protocol/actions.ts';
import {type ErrorInfo} from '../protocol/errors.ts';
import {type OutboundFrame} from '../protocol/frames.ts';

type Outcome = {serials: (string | null)[]} | {error: ErrorInfo};

export class Acknowledgements {
  readonly #limit: number;
  /** Outcome by msgSerial, oldest first (RTN7a, RTN19a2). */
  readonly #outcomes = new Map<number, Outcome>();
  #newest = -1;
  /** A run of successes not yet sent. */
  #first = 0;
  #run: {serials: (string | null)[]}[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /**
   * The outcome of a publish that was answered before, to be answered the same way. One so old that it is forgotten
   * was stored all the same: its serials are null.
   */
  repeated(msgSerial: number): Outcome | undefined {
    return this.#outcomes.get(msgSerial) ?? (msgSerial <= this.#newest ? {serials: []} : undefined);
  }

  remember(msgSerial: number, outcome: Outcome): void {
    this.#newest = Math.max(this.#newest, msgSerial);
    this.#outcomes.set(msgSerial, outcome);
    if (this.#outcomes.size <= this.#limit) return;
    for (const oldest of this.#outcomes.keys()) {
      this.#outcomes.delete(oldest);
      return;
    }
  }

  /** Queues an answer; returns the frames that have to go out at once to keep the order. */
  answer(msgSerial: number, outcome: Outcome): OutboundFrame[] {
    if ('error' in outcome) {
      return [...this.take(), {action: Action.Nack, msgSerial, count: 1, error: outcome.error}];
    }
    const ready = this.#run.length > 0 && msgSerial !== this.#first + this.#run.length ? this.take() : [];
    if (this.#run.length === 0) this.#first = msgSerial;
    this.#run.push({serials: outcome.serials});
    return ready;
  }

  /** The waiting run as one ACK: one `res` entry for each protocol message (TR4s). */
  take(): OutboundFrame[] {
    if (this.#run.length === 0) return [];
    const ack: OutboundFrame = {action: Action.Ack, msgSerial: this.#first, count: this.#run.length, res: this.#run};
    this.#run = [];
    return [ack];
  }
}
