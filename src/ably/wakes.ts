import {SessionError} from '../session/errors.ts';
import type {Answered, OpenAnswer} from './open-answers.ts';

/** How long whoever answered has to wake the agent, before another page does, in ms; up to half as much more by chance. */
const graceMs = 2000;
/** How long to wait for the agent before it is woken once more, after each time, in ms. After the last it takes a reason. */
const patienceMs: readonly number[] = [8000, 30_000, 120_000];
/** How often an agent is told in vain before it is said that it has not gone on. */
const inVain = 2;
/** How long after the last time a reason to try again counts, in ms. */
const calmMs = 30_000;

interface Wake {
  attempts: number;
  /** When it was tried last, in ms since the epoch. */
  at: number;
  timer: ReturnType<typeof setTimeout> | undefined;
  failure: unknown;
}

/**
 * Wakes agents for what people and pages have answered. Whoever answered does it at once; where they died before, or the
 * agent was down, every page that sees an answer on the channel whose run still waits wakes it again: a few times, and
 * then when the line or the person comes back, or somebody asks for it. Agents leave a run alone that does not wait any
 * more, so a wake too many does nothing.
 */
export class Wakes {
  readonly #wake: (answered: Answered) => Promise<void>;
  readonly #onChange: () => void;
  readonly #wakes = new Map<string, Wake>();
  #open = new Map<string, OpenAnswer>();
  #isClosed = false;

  /**
   * @param wake tells the agent; what it rejects with is kept for {@link failureOf}.
   * @param onChange called when what {@link failureOf} gives is different.
   */
  constructor(wake: (answered: Answered) => Promise<void>, onChange: () => void) {
    this.#wake = wake;
    this.#onChange = onChange;
  }

  /** Tells the agent now, of what was answered here: once only, where the session is closed by then. */
  now(answered: Answered): void {
    const wake = this.#wakeFor(answered);
    stop(wake);
    this.#attempt(answered, wake);
  }

  /** Looks at the answers that no agent has taken up. */
  look(open: readonly OpenAnswer[]): void {
    this.#open = new Map(open.map((answered) => [answered.eventId, answered]));
    for (const [eventId, wake] of this.#wakes) if (!this.#open.has(eventId)) stop(wake);
    for (const answered of this.#open.values()) {
      const wake = this.#wakeFor(answered);
      if (wake.timer === undefined) this.#later(answered, wake);
    }
  }

  /** A person wants the agent to be told once more. Returns whether there is anything to tell it of that run. */
  again(runId: string): boolean {
    const answered = [...this.#open.values()].find((candidate) => candidate.runId === runId);
    if (!answered) return false;
    const wake = this.#wakeFor(answered);
    stop(wake);
    wake.attempts = 0;
    wake.failure = undefined;
    this.#attempt(answered, wake);
    this.#onChange();
    return true;
  }

  /** The line, or the person, is back: what was tried in vain may work now. */
  nudge(): void {
    for (const answered of this.#open.values()) {
      const wake = this.#wakeFor(answered);
      if (this.#isClosed || wake.attempts === 0 || Date.now() - wake.at < calmMs) continue;
      stop(wake);
      this.#attempt(answered, wake);
    }
  }

  /** Why no agent has gone on after an answer, by its event id. */
  failureOf(eventId: string): unknown {
    return this.#wakes.get(eventId)?.failure;
  }

  close(): void {
    this.#isClosed = true;
    for (const wake of this.#wakes.values()) stop(wake);
  }

  #wakeFor({eventId}: Answered): Wake {
    const wake = this.#wakes.get(eventId) ?? {attempts: 0, at: 0, timer: undefined, failure: undefined};
    this.#wakes.set(eventId, wake);
    return wake;
  }

  #later(answered: Answered, wake: Wake): void {
    const ms = wake.attempts === 0 ? graceMs * (1 + Math.random() / 2) : patienceMs[wake.attempts - 1];
    if (this.#isClosed || ms === undefined) return;
    wake.timer = setTimeout(() => {
      wake.timer = undefined;
      if (this.#open.has(answered.eventId)) this.#attempt(answered, wake);
    }, ms);
  }

  #attempt(answered: Answered, wake: Wake): void {
    // It was told, and has had its time.
    if (wake.attempts >= inVain && wake.failure === undefined && this.#open.get(answered.eventId)?.isLast === true) this.#settle(wake, new NotGoneOn());
    wake.attempts++;
    wake.at = Date.now();
    this.#wake(answered).then(
      () => this.#settle(wake, wake.failure instanceof NotGoneOn ? wake.failure : undefined),
      (failure: unknown) => this.#settle(wake, failure),
    );
    this.#later(answered, wake);
  }

  /** What says the same as before is no news. */
  #settle(wake: Wake, failure: unknown): void {
    if (failure === wake.failure || (failure instanceof Error && wake.failure instanceof Error && failure.message === wake.failure.message)) return;
    wake.failure = failure;
    this.#onChange();
  }
}

function stop(wake: Wake): void {
  clearTimeout(wake.timer);
  wake.timer = undefined;
}

class NotGoneOn extends SessionError {
  constructor() {
    super('It was told of the answer, and has not taken it up yet.', {
      kind: 'agent',
      hint: 'See that the agent runs and reads this channel. It can still go on; or try again.',
    });
  }
}
