import type {RunSnapshot, StopState} from '../session/snapshot.ts';

/** How long an agent may take to confirm a stop before the person need not wait any longer, in ms. */
export const stopTimeoutMs = 10_000;

interface Stop {
  state: StopState;
  timer: ReturnType<typeof setTimeout>;
}

/** The stops that were asked for here and are not confirmed yet. A cancel on the channel confirms nothing: the run's end does. */
export class Stops {
  readonly #stops = new Map<string, Stop>();
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  request(run: RunSnapshot): void {
    for (const key of keysOf(run)) {
      clearTimeout(this.#stops.get(key)?.timer);
      const timer = setTimeout(() => {
        this.#stops.set(key, {state: 'unconfirmed', timer});
        this.#onChange();
      }, stopTimeoutMs);
      this.#stops.set(key, {state: 'requested', timer});
    }
    this.#onChange();
  }

  stateOf(run: Pick<RunSnapshot, 'runId' | 'inputId'>): StopState | undefined {
    return keysOf(run).map((key) => this.#stops.get(key)?.state).find((state) => state !== undefined);
  }

  /** The run has ended, or was never stopped: nothing is waited for. */
  settle(run: Pick<RunSnapshot, 'runId' | 'inputId'>): void {
    for (const key of keysOf(run)) {
      clearTimeout(this.#stops.get(key)?.timer);
      this.#stops.delete(key);
    }
  }

  close(): void {
    for (const stop of this.#stops.values()) clearTimeout(stop.timer);
    this.#stops.clear();
  }
}

/** A stop may be asked for before the run has its id, and is then known by the message that asked for the run. */
function keysOf({runId, inputId}: Pick<RunSnapshot, 'runId' | 'inputId'>): string[] {
  return [...(runId === undefined ? [] : [`run ${runId}`]), ...(inputId === undefined ? [] : [`input ${inputId}`])];
}
