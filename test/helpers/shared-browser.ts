import {LocalQueueStore, type OpenQueueStore, type SharedStorage} from '../../src/ably/queue-store.ts';

/**
 * What the tabs of one browser share: storage that outlives them, and tells the others of each change. The locks are the
 * real ones of this process.
 */
export class SharedBrowser {
  readonly #name = crypto.randomUUID();
  readonly #kept = new Map<string, string>();
  readonly #tabs = new Set<(key: string | null) => void>();
  /** Whether there is room for more. */
  isFull = false;

  /** What a new tab keeps its queues in. */
  openTab(): OpenQueueStore {
    return (clientId, events) => new LocalQueueStore(`${this.#name}:${clientId ?? ''}`, this.#storageOfTab(), events);
  }

  #storageOfTab(): SharedStorage {
    let own: ((key: string | null) => void) | undefined;
    const tellOthers = (key: string): void => {
      for (const listener of this.#tabs) if (listener !== own) queueMicrotask(() => listener(key));
    };
    return {
      storage: {
        getItem: (key) => this.#kept.get(key) ?? null,
        setItem: (key, value) => {
          if (this.isFull) throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
          this.#kept.set(key, value);
          tellOthers(key);
        },
        removeItem: (key) => {
          this.#kept.delete(key);
          tellOthers(key);
        },
      },
      onChange: (listener, signal) => {
        own = listener;
        this.#tabs.add(listener);
        signal.addEventListener('abort', () => this.#tabs.delete(listener));
      },
    };
  }
}
