/**
 * Replaces the page's timers, while a suite runs, by ones that go off only when a test lets time pass. Frames and
 * promises stay real.
 */
export function useClock(): {pass(ms: number): Promise<void>} {
  const real = {set: window.setTimeout, clear: window.clearTimeout};
  let now = 0;
  let count = 0;
  let timers: {id: number; at: number; run: () => void}[] = [];
  beforeEach(() => {
    now = 0;
    timers = [];
    // The type has Node's members besides; pages use the browser's part only.
    window.setTimeout = ((run: () => void, delay = 0) => {
      timers.push({id: ++count, at: now + delay, run});
      return count;
    }) as typeof window.setTimeout;
    window.clearTimeout = (id) => {
      timers = timers.filter((timer) => timer.id !== id);
    };
  });
  afterEach(() => {
    window.setTimeout = real.set;
    window.clearTimeout = real.clear;
  });
  return {
    async pass(ms) {
      const end = now + ms;
      for (;;) {
        const next = timers.filter(({at}) => at <= end).sort((one, other) => one.at - other.at)[0];
        if (!next) break;
        now = next.at;
        timers = timers.filter((timer) => timer !== next);
        next.run();
        await Promise.resolve();
      }
      now = end;
    },
  };
}
