type Observer = MutationObserver | ResizeObserver | IntersectionObserver;

/** What is held in the page on behalf of an element: to be zero once it has gone. */
export interface Leftovers {
  listeners: number;
  timers: number;
  observers: number;
}

/**
 * Counts, while `run` goes on, what is added to the document and the window, and the timers and observers that are
 * started, less what is taken away again. `settle` waits for what elements put off to a later task.
 */
export async function countLeftovers(run: (settle: () => Promise<void>) => Promise<void>): Promise<Leftovers> {
  const restores: (() => void)[] = [];
  const listeners = new Set<string>();
  const timers = new Set<unknown>();
  const observers = new Set<Observer>();
  const realTimeout = window.setTimeout.bind(window);
  const settle = (): Promise<void> => new Promise((resolve) => realTimeout(resolve, 250));

  function replace<T extends object, K extends keyof T>(target: T, name: K, make: (real: T[K]) => T[K]): void {
    const isOwn = Object.hasOwn(target, name);
    const real = target[name];
    target[name] = make(real);
    restores.push(() => {
      if (isOwn) target[name] = real;
      else Reflect.deleteProperty(target, name);
    });
  }

  const ids = new Map<unknown, number>();
  const idOf = (listener: unknown): number => {
    if (!ids.has(listener)) ids.set(listener, ids.size);
    return ids.get(listener) ?? -1;
  };
  for (const target of [window, document] as EventTarget[]) {
    const name = target === window ? 'window' : 'document';
    replace(target, 'addEventListener', (real) => (type, listener, options) => {
      listeners.add(`${name} ${type} ${idOf(listener)}`);
      real.call(target, type, listener, options);
    });
    replace(target, 'removeEventListener', (real) => (type, listener, options) => {
      listeners.delete(`${name} ${type} ${idOf(listener)}`);
      real.call(target, type, listener, options);
    });
  }
  // The type of setTimeout has Node's members besides; elements use the browser's part only.
  replace(window, 'setTimeout', (real) => ((handler: () => void, delay?: number) => {
    const timer = real.call(window, () => {
      timers.delete(timer);
      handler();
    }, delay);
    timers.add(timer);
    return timer;
  }) as typeof window.setTimeout);
  replace(window, 'clearTimeout', (real) => (timer) => {
    timers.delete(timer);
    real.call(window, timer);
  });
  for (const {prototype} of [MutationObserver, ResizeObserver, IntersectionObserver] as {prototype: Observer}[]) {
    replace(prototype, 'observe', (real) => function observe(this: Observer, ...args: unknown[]) {
      observers.add(this);
      (real as (...rest: unknown[]) => void).apply(this, args);
    });
    replace(prototype, 'disconnect', (real) => function disconnect(this: Observer) {
      observers.delete(this);
      real.call(this);
    });
  }
  try {
    await run(settle);
    return {listeners: listeners.size, timers: timers.size, observers: observers.size};
  } finally {
    for (const restore of restores.reverse()) restore();
  }
}
