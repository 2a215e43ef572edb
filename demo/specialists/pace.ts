import {setTimeout as delay} from 'node:timers/promises';

/** The rhythm of a specialist's steps. */
export interface StepPace {
  /** A search begins. */
  begin(): void;
  /** Resolves when the step is done; rejects with the signal's reason when it is no longer wanted. */
  next(signal: AbortSignal): Promise<void>;
  /** Lets so many steps be done; for a pace that waits for that. */
  allow(count: number): void;
}

/** Steps that take a time each, some longer than others. */
export function timedPace(stepMs: number): StepPace {
  let count = 0;
  return {
    begin: () => undefined,
    async next(signal) {
      count += 1;
      await delay(stepMs * (0.6 + (count % 5) / 5), undefined, {signal});
    },
    allow: () => undefined,
  };
}

/** Steps that are done when somebody says so. */
export function steppedPace(): StepPace {
  let allowed = 0;
  const waiting = new Set<() => void>();
  return {
    // What was allowed and not used was meant for an earlier search.
    begin: () => void (allowed = 0),
    async next(signal) {
      while (allowed === 0) {
        await new Promise<void>((resolve, reject) => {
          const wake = (): void => {
            waiting.delete(wake);
            if (signal.aborted) reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
            else resolve();
          };
          waiting.add(wake);
          signal.addEventListener('abort', wake, {once: true});
          if (signal.aborted) wake();
        });
      }
      signal.throwIfAborted();
      allowed -= 1;
    },
    allow(count) {
      allowed += count;
      for (const wake of [...waiting]) wake();
    },
  };
}
