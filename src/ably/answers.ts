import {SessionError} from '../session/errors.ts';
import {handoverIn, isSaidInPlace} from '../session/handover.ts';
import type {LiveState} from '../session/live-state.ts';
import type {SessionMessage} from '../session/message.ts';
import type {RunSnapshot} from '../session/snapshot.ts';

/** How long an agent may take to begin before the person is told that none has answered, in ms. */
const answerTimeoutMs = 20_000;

interface Expectation {
  readonly timer: ReturnType<typeof setTimeout>;
  /** Runs that the message had when the answer was asked for: they are not the answer. */
  readonly earlierRuns: ReadonlySet<string>;
  /** Those of them that had not ended, with how they stood: where one goes on after all, it is the answer. */
  readonly openRuns: ReadonlyMap<string, RunSnapshot['status']>;
  /** The message, where it is only supposed that it waits. */
  readonly supposed: SessionMessage | undefined;
  error: SessionError | undefined;
}

/** The messages that wait for an agent to begin. */
export class Answers {
  readonly #expected = new Map<string, Expectation>();
  readonly #onChange: () => void;
  #isClosed = false;
  #isPaused = false;
  #state: Pick<LiveState, 'snapshot'> | undefined;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Message ids with what is known of their waiting: an error, once it is given up. */
  get pending(): ReadonlyMap<string, {readonly error: SessionError | undefined}> {
    return this.#expected;
  }

  /**
   * @param earlierRuns ids of the runs that the message has already.
   * @param open those of them that may still go on.
   */
  expect(inputId: string, earlierRuns: Iterable<string> = [], open: readonly RunSnapshot[] = []): void {
    this.#begin(inputId, earlierRuns, open);
  }

  /**
   * Waits for an answer to a message that was sent from elsewhere, or before a reload, unless it was said in the agents'
   * place. Returns whether it does.
   */
  suppose(message: SessionMessage): boolean {
    return !this.#isInPlace(message) && this.#begin(message.id, [], [], message);
  }

  #begin(inputId: string, earlierRuns: Iterable<string>, open: readonly RunSnapshot[], supposed?: SessionMessage): boolean {
    if (this.#isClosed || this.#isPaused) return false;
    clearTimeout(this.#expected.get(inputId)?.timer);
    const timer = setTimeout(() => this.fail(inputId, noAnswer()), answerTimeoutMs);
    const openRuns = new Map(open.map(({key, status}) => [key, status]));
    this.#expected.set(inputId, {timer, earlierRuns: new Set(earlierRuns), openRuns, supposed, error: undefined});
    this.#onChange();
    return true;
  }

  fail(inputId: string, error: SessionError): void {
    const expectation = this.#expected.get(inputId);
    if (!expectation) return;
    clearTimeout(expectation.timer);
    expectation.error = error;
    this.#onChange();
  }

  /** A run for the message is there; ends the waiting unless the run is an earlier one. */
  settle(inputId: string, runId: string): void {
    const expectation = this.#expected.get(inputId);
    if (expectation && !expectation.earlierRuns.has(runId)) this.#forget(inputId, expectation);
  }

  /** Ends the waiting where an agent came back to a run that was given up. Call it when how runs stand may have changed. */
  look(runs: readonly RunSnapshot[]): void {
    for (const {key, inputId, status} of runs) {
      const expectation = inputId === undefined ? undefined : this.#expected.get(inputId);
      const before = expectation?.openRuns.get(key);
      const goesOn = status === 'active' || status === 'complete' || (status === 'suspended' && before !== status);
      if (inputId === undefined || !expectation || before === undefined || !goesOn) continue;
      this.#forget(inputId, expectation);
      this.#onChange();
    }
  }

  /** Whether a person answers in the agents' place: none is waited for then, or is to be woken. */
  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** Follows the shared state, as far as somebody else keeps it open. */
  pauseWhileHandedOver(state: Pick<LiveState, 'snapshot' | 'subscribe'>): void {
    this.#state = state;
    state.subscribe(() => {
      const isPaused = handoverIn(state.snapshot) !== undefined;
      const isNews = this.#forgetSaidInPlace() || isPaused !== this.#isPaused;
      if (!isNews) return;
      if (isPaused && !this.#isPaused) this.#clear();
      this.#isPaused = isPaused;
      this.#onChange();
    });
  }

  close(): void {
    this.#isClosed = true;
    this.#clear();
  }

  #isInPlace(message: SessionMessage): boolean {
    return this.#state !== undefined && isSaidInPlace(message, this.#state.snapshot);
  }

  /** What was said before the shared state was here may turn out to wait for nobody. Returns whether any does. */
  #forgetSaidInPlace(): boolean {
    const inPlace = [...this.#expected].filter(([, {supposed}]) => supposed && this.#isInPlace(supposed));
    for (const [inputId, expectation] of inPlace) this.#forget(inputId, expectation);
    return inPlace.length > 0;
  }

  #forget(inputId: string, {timer}: Expectation): void {
    clearTimeout(timer);
    this.#expected.delete(inputId);
  }

  #clear(): void {
    for (const {timer} of this.#expected.values()) clearTimeout(timer);
    this.#expected.clear();
  }
}

function noAnswer(): SessionError {
  return new SessionError('No agent has answered yet.', {
    kind: 'agent',
    hint: 'See that the agent runs and reads this channel. It can still answer; or try again.',
  });
}
