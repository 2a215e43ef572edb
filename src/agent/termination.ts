const signals = ['SIGTERM', 'SIGINT'] as const;

/** How long what is done on a signal may keep the process from ending, in ms. */
const graceMs = 1000;

const tasks = new Set<() => Promise<void>>();

/**
 * Has something done when the process is asked to end by SIGTERM or SIGINT. The process still ends as it would without:
 * by the signal, or by what its other handlers decide. Returns a function that takes it back; with the last task the
 * handlers go.
 */
export function onTermination(task: () => Promise<void>): () => void {
  // First of all handlers: it must see whether there are others, which `once` would have removed by then.
  if (tasks.size === 0) for (const signal of signals) process.prependListener(signal, handle);
  tasks.add(task);
  return () => {
    if (tasks.delete(task) && tasks.size === 0) removeHandlers();
  };
}

function handle(signal: NodeJS.Signals): void {
  const isAlone = process.listenerCount(signal) === 1;
  const done = Promise.allSettled([...tasks].map((task) => task()));
  if (!isAlone) return;
  // From here on a second signal ends the process at once.
  removeHandlers();
  const tooLate = new Promise((resolve) => setTimeout(resolve, graceMs));
  void Promise.race([done, tooLate]).then(() => process.kill(process.pid, signal));
}

function removeHandlers(): void {
  for (const signal of signals) process.off(signal, handle);
}
