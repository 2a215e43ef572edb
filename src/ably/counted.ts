interface Entry<T> {
  readonly value: T;
  holders: number;
}

/** A hold on a shared value. */
export interface Hold<T> {
  readonly value: T;
  /** Lets go; calling it again does nothing. */
  release(): void;
}

/**
 * Values shared under a key: made for the first holder, closed a task after the last has let go. The task of grace is
 * for elements that are moved in the document, which lets them go and takes them up again at once.
 */
export class Counted<T> {
  readonly #entries = new Map<string, Entry<T>>();
  readonly #close: (value: T) => void;

  constructor(close: (value: T) => void) {
    this.#close = close;
  }

  get size(): number {
    return this.#entries.size;
  }

  hold(key: string, make: () => T): Hold<T> {
    let entry = this.#entries.get(key);
    if (!entry) this.#entries.set(key, (entry = {value: make(), holders: 0}));
    const held = entry;
    held.holders++;
    let isHeld = true;
    return {
      value: held.value,
      release: () => {
        if (!isHeld) return;
        isHeld = false;
        held.holders--;
        if (held.holders === 0) setTimeout(() => this.#closeIfUnused(key, held), 0);
      },
    };
  }

  #closeIfUnused(key: string, entry: Entry<T>): void {
    if (entry.holders > 0 || this.#entries.get(key) !== entry) return;
    this.#entries.delete(key);
    this.#close(entry.value);
  }
}
