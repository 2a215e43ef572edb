import {countingDecision, firstOf} from '../session/approval-reader.ts';
import type {SessionSnapshot} from '../session/snapshot.ts';
import type {AskFacts} from './ask-facts.ts';

/** How long whoever answered has to wake the agent, before another page does, in ms; up to half as much more by chance. */
const graceMs = 2000;
/** How long to wait for the agent before it is woken once more, after each time, in ms. After the last, no more. */
const patienceMs: readonly number[] = [8000, 30_000];

/** An answer that an agent is to be told of. */
export interface Answered {
  readonly eventId: string;
  /** The message that asked. */
  readonly messageId: string;
  readonly runId: string;
}

interface Wake {
  attempts: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/**
 * Wakes agents for what people and pages have answered. Whoever answered does it at once; where they died before, or the
 * agent was down, every page that sees an answer on the channel whose run still waits wakes it again, a few times at most.
 * Agents leave a run alone that does not wait any more, so a wake too many does nothing.
 */
export class Wakes {
  readonly #wake: (answered: Answered) => Promise<void>;
  readonly #onFailure: () => void;
  readonly #wakes = new Map<string, Wake>();
  readonly #failures = new Map<string, unknown>();
  #open = new Map<string, Answered>();
  #isClosed = false;

  /**
   * @param wake tells the agent; what it rejects with is kept for {@link failureOf}.
   * @param onFailure called when the agent could not be told.
   */
  constructor(wake: (answered: Answered) => Promise<void>, onFailure: () => void) {
    this.#wake = wake;
    this.#onFailure = onFailure;
  }

  /** Tells the agent now, of what was answered here: once only, where the session is closed by then. */
  now(answered: Answered): void {
    this.#attempt(answered, {attempts: 0, timer: undefined});
  }

  /** Looks for answers that no agent has taken up. */
  look(snapshot: SessionSnapshot, facts: AskFacts): void {
    this.#open = new Map(openAnswers(snapshot, facts).map((answered) => [answered.eventId, answered]));
    for (const [eventId, wake] of this.#wakes) if (!this.#open.has(eventId)) stop(wake);
    for (const answered of this.#open.values()) {
      const wake = this.#wakes.get(answered.eventId) ?? {attempts: 0, timer: undefined};
      if (wake.timer === undefined) this.#later(answered, wake);
    }
  }

  /** Why the agent could not be told of what was answered to a run that waits for it. */
  failureOf(runId: string): unknown {
    return this.#failures.get(runId);
  }

  close(): void {
    this.#isClosed = true;
    for (const wake of this.#wakes.values()) stop(wake);
  }

  #later(answered: Answered, wake: Wake): void {
    const ms = wake.attempts === 0 ? graceMs * (1 + Math.random() / 2) : patienceMs[wake.attempts - 1];
    if (this.#isClosed || ms === undefined) return;
    this.#wakes.set(answered.eventId, wake);
    wake.timer = setTimeout(() => {
      wake.timer = undefined;
      if (this.#open.has(answered.eventId)) this.#attempt(answered, wake);
    }, ms);
  }

  #attempt(answered: Answered, wake: Wake): void {
    wake.attempts++;
    this.#failures.delete(answered.runId);
    this.#wakes.set(answered.eventId, wake);
    this.#wake(answered).catch((failure: unknown) => {
      this.#failures.set(answered.runId, failure);
      this.#onFailure();
    });
    this.#later(answered, wake);
  }
}

function stop(wake: Wake): void {
  clearTimeout(wake.timer);
  wake.timer = undefined;
}

/** For each suspended run the newest answer that counts, where no agent has gone on since. */
function openAnswers({messages, runs, approvals}: SessionSnapshot, facts: AskFacts): Answered[] {
  return runs.flatMap(({runId, status}) => {
    if (status !== 'suspended' || runId === undefined) return [];
    const answers = messages.filter((message) => message.runId === runId).flatMap(({id: messageId, parts}) => parts.flatMap((part) => {
      if (!('toolCallId' in part)) return [];
      const approval = approvals.find(({toolCallId}) => toolCallId === part.toolCallId);
      const decision = countingDecision(facts.decisionsOn(part.toolCallId), approval?.refused ?? []);
      const result = firstOf(facts.resultsOf(part.toolCallId));
      return [decision, result].flatMap((answer) => answer?.eventId === undefined ? [] : [{serial: answer.serial, eventId: answer.eventId, messageId}]);
    }));
    const newest = answers.sort((one, other) => (one.serial < other.serial ? -1 : 1)).at(-1);
    return !newest || facts.isResumedSince(runId, newest.serial) ? [] : [{eventId: newest.eventId, messageId: newest.messageId, runId}];
  });
}
