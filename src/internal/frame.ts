import type {Unsubscribe} from './listeners.ts';

/** How long a hidden page, which gets no frames, waits before it catches up. */
const hiddenDelayMs = 100;

/** What waits for a frame, and since when. */
const waiting = new Map<() => void, number>();
let timer: ReturnType<typeof setTimeout> | undefined;

/**
 * Runs a function at the next animation frame, or by a timer where there are none: in Node, and in a hidden page. Both
 * are armed in a visible page, since it may be hidden before its frame comes.
 */
export function nextFrame(run: () => void): Unsubscribe {
  if (typeof requestAnimationFrame !== 'function') {
    const timeout = setTimeout(run, 0);
    return () => clearTimeout(timeout);
  }
  const once = (): void => {
    cancel();
    run();
  };
  const frame = requestAnimationFrame(once);
  waiting.set(once, performance.now());
  // One timer for all, which a frame that comes leaves alone: while something streams, there is one in each frame.
  timer ??= setTimeout(catchUp, hiddenDelayMs);
  const cancel = (): void => {
    waiting.delete(once);
    cancelAnimationFrame(frame);
  };
  return cancel;
}

/** Runs what no frame has come for, and waits on for the rest. */
function catchUp(): void {
  timer = undefined;
  const now = performance.now();
  const due = [...waiting].filter(([, since]) => now - since >= hiddenDelayMs - 1).map(([once]) => once);
  const rest = [...waiting.values()].filter((since) => now - since < hiddenDelayMs - 1);
  if (rest.length > 0) timer = setTimeout(catchUp, Math.min(...rest) + hiddenDelayMs - now);
  for (const once of due) {
    try {
      once();
    } catch (error) {
      reportError(error); // One that fails must not keep the others waiting.
    }
  }
}
