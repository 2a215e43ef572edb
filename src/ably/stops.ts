import type {RunSnapshot, StopState} from '../session/snapshot.ts';

/** How long an agent may take to confirm a stop before the person need not wait any longer, in ms. */
export const stopTimeoutMs = 10_000;

type RunNames = Pick<RunSnapshot, 'runId' | 'inputId'>;

interface Stop {
  state: StopState;
  timer: ReturnType<typeof setTimeout>;
}

/**
 * The stops that were asked for, here or elsewhere, and are not confirmed yet. A cancel on the channel confirms nothing: the
 * run's end does.
 */
export class Stops {
  readonly #stops = new Map<string, Stop>();
  /** The latest stop of each run that was seen on the channel, in ms since the epoch. */
  readonly #seen = new Map<string, number>();
  readonly #onChange: () => void;
  #isClosed = false;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** @param waited how long it has been waited for already, in ms. */
  request(run: RunNames, waited = 0): void {
    if (this.#isClosed) return;
    for (const key of keysOf(run)) {
      clearTimeout(this.#stops.get(key)?.timer);
      const timer = setTimeout(() => {
        this.#stops.set(key, {state: 'unconfirmed', timer});
        this.#onChange();
      }, stopTimeoutMs - waited);
      this.#stops.set(key, {state: 'requested', timer});
    }
    this.#onChange();
  }

  /**
   * A stop is seen on the channel: somebody else's, an earlier page's, or the one that was asked for here.
   * @param at when it was asked for, in ms since the epoch, by a clock that may differ from this one's.
   */
  observe(run: RunNames, at: number): void {
    const keys = keysOf(run);
    const isKnown = keys.some((key) => (this.#seen.get(key) ?? 0) >= at);
    for (const key of keys) this.#seen.set(key, at);
    if (isKnown || this.stateOf(run) !== undefined) return;
    this.request(run, Math.min(Math.max(Date.now() - at, 0), stopTimeoutMs));
  }

  stateOf(run: RunNames): StopState | undefined {
    return keysOf(run).map((key) => this.#stops.get(key)?.state).find((state) => state !== undefined);
  }

  /** The run has ended, or was never stopped: nothing is waited for. */
  settle(run: RunNames): void {
    for (const key of keysOf(run)) {
      clearTimeout(this.#stops.get(key)?.timer);
      this.#stops.delete(key);
    }
  }

  close(): void {
    this.#isClosed = true;
    for (const stop of this.#stops.values()) clearTimeout(stop.timer);
    this.#stops.clear();
  }
}

/** A stop may be asked for before the run has its id, and is then known by the message that asked for the run. */
function keysOf({runId, inputId}: RunNames): string[] {
  return [...(runId === undefined ? [] : [`run ${runId}`]), ...(inputId === undefined ? [] : [`input ${inputId}`])];
}
