import type {Unsubscribe} from './listeners.ts';

/** How long a hidden page, which gets no frames, waits before it catches up. */
const hiddenDelayMs = 100;

/**
 * Runs a function at the next animation frame, or by a timer where there are none: in Node, and in a hidden page. Both
 * are armed in a visible page, since it may be hidden before its frame comes.
 */
export function nextFrame(run: () => void): Unsubscribe {
  let frame: number | undefined;
  const once = (): void => {
    cancel();
    run();
  };
  const timer = setTimeout(once, typeof requestAnimationFrame === 'function' ? hiddenDelayMs : 0);
  const cancel = (): void => {
    clearTimeout(timer);
    if (frame !== undefined) cancelAnimationFrame(frame);
  };
  if (typeof requestAnimationFrame === 'function') frame = requestAnimationFrame(once);
  return cancel;
}
