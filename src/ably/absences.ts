import type {RunSnapshot} from '../session/snapshot.ts';

/** How long an agent may be away from a run that is at work before it is taken to be gone, in ms. */
export const absenceMs = 2000;

interface Signs {
  /** Whether an agent that was present at some time is not. */
  isAway(clientId: string): boolean;
  /** When an agent left while it said that it was at work, in ms since the epoch; undefined where it did not. */
  vanishedAt(clientId: string): number | undefined;
  /** When a run began or went on, by the same clock; undefined where that is not known. */
  begunAt(runId: string): number | undefined;
}

/**
 * Agents that are away from a run of theirs, and are expected to be back. Presence and messages find their way apart: an
 * agent that takes its leave from one run may have begun the next, whose presence is not there yet. Who vanished during a
 * run, as one does whose process died, is not expected.
 */
export class Absences {
  readonly #onChange: () => void;
  /** By the keys of the runs that their agents are away from; without a timer where it has run out. */
  readonly #timers = new Map<string, ReturnType<typeof setTimeout> | undefined>();

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** The client ids of the agents that are expected to be back. Call it whenever who is there, or what runs, may have changed. */
  expected(runs: readonly RunSnapshot[], {isAway, vanishedAt, begunAt}: Signs): ReadonlySet<string> {
    // Of several runs of an agent the newest tells how it is.
    const newest = new Map(runs.flatMap((run) => (run.status === 'active' && run.agentId !== undefined ? [[run.agentId, run] as const] : [])));
    const isExpected = (clientId: string, runId: string): boolean => {
      const at = vanishedAt(clientId);
      return isAway(clientId) && (at === undefined || at < (begunAt(runId) ?? 0));
    };
    const waiting = new Map([...newest].filter(([clientId, {key}]) => isExpected(clientId, key)).map(([clientId, {key}]) => [key, clientId]));
    for (const key of this.#timers.keys()) if (!waiting.has(key)) this.#forget(key);
    for (const key of waiting.keys()) if (!this.#timers.has(key)) this.#timers.set(key, setTimeout(() => this.#giveUp(key), absenceMs));
    return new Set([...waiting].flatMap(([key, clientId]) => (this.#timers.get(key) === undefined ? [] : clientId)));
  }

  close(): void {
    for (const key of this.#timers.keys()) this.#forget(key);
  }

  #giveUp(key: string): void {
    this.#timers.set(key, undefined);
    this.#onChange();
  }

  #forget(key: string): void {
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
  }
}
