import {emptyQueue, type Queue} from '../session/queue.ts';

/** Where one person's queue is kept. */
export interface QueueStore {
  readonly queue: Queue;
  /** Whether this page is the one that sends what waits. */
  readonly isLeading: boolean;
  /** Changes the queue, one change at a time over all pages. Rejects with what `change` throws, and then changes nothing. */
  change(change: (queue: Queue) => Queue): Promise<void>;
  close(): void;
}

export interface QueueStoreEvents {
  /** The queue was changed, here or by another page. */
  onChange(): void;
  /** This page is to send from now on; it leads once this has resolved. */
  onLead(): Promise<void>;
}

export type OpenQueueStore = (clientId: string | undefined, events: QueueStoreEvents) => QueueStore;

/** Keeps a queue as long as the page. */
export class PageQueueStore implements QueueStore {
  readonly isLeading = true;
  readonly #onChange: () => void;
  #queue = emptyQueue;

  constructor({onChange}: Pick<QueueStoreEvents, 'onChange'>) {
    this.#onChange = onChange;
  }

  get queue(): Queue {
    return this.#queue;
  }

  // Async, so that what cannot be done rejects instead of throwing.
  // eslint-disable-next-line @typescript-eslint/require-await
  async change(change: (queue: Queue) => Queue): Promise<void> {
    const next = change(this.#queue);
    if (next === this.#queue) return;
    this.#queue = next;
    this.#onChange();
  }

  close(): void {
    // Nothing is held.
  }
}

/** What of the browser a {@link LocalQueueStore} needs: shared storage, and word of its changes by other pages. */
export interface SharedStorage {
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  onChange(listener: (key: string | null) => void, signal: AbortSignal): void;
}

/**
 * Keeps a queue in `localStorage`, so that it survives a reload and is the same in all tabs of the browser. Every change
 * is made under a Web Lock, on what is kept then; another lock says which page sends, and goes to the next one when that
 * page is gone.
 */
export class LocalQueueStore implements QueueStore {
  readonly #key: string;
  readonly #shared: SharedStorage;
  readonly #events: QueueStoreEvents;
  readonly #closing = new AbortController();
  #queue: Queue;
  #isLeading = false;
  /** Whether storage takes what is written; where it does not, the queue lives in this page. */
  #isKept = true;

  constructor(key: string, shared: SharedStorage, events: QueueStoreEvents) {
    this.#key = key;
    this.#shared = shared;
    this.#events = events;
    this.#queue = this.#read();
    shared.onChange((changed) => {
      if (changed === key || changed === null) this.#show(this.#read());
    }, this.#closing.signal);
    this.#lead();
  }

  get queue(): Queue {
    return this.#queue;
  }

  get isLeading(): boolean {
    return this.#isLeading;
  }

  async change(change: (queue: Queue) => Queue): Promise<void> {
    await navigator.locks.request(`${this.#key}:change`, {signal: this.#closing.signal}, () => {
      const before = this.#isKept ? this.#read() : this.#queue;
      const next = change(before);
      if (next !== before) this.#keep(next);
      this.#show(next);
    });
  }

  close(): void {
    this.#closing.abort();
    this.#isLeading = false;
  }

  #lead(): void {
    const {signal} = this.#closing;
    const lead = async (): Promise<void> => {
      await this.#events.onLead();
      if (signal.aborted) return;
      this.#isLeading = true;
      this.#events.onChange();
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    };
    // Called off when the session closes; another page leads then.
    navigator.locks.request(`${this.#key}:lead`, {signal}, lead).catch(() => undefined);
  }

  #show(queue: Queue): void {
    this.#queue = queue;
    this.#events.onChange();
  }

  #read(): Queue {
    try {
      const kept = JSON.parse(this.#shared.storage.getItem(this.#key) ?? 'null') as unknown;
      return isQueue(kept) ? kept : emptyQueue;
    } catch {
      return emptyQueue;
    }
  }

  #keep(queue: Queue): void {
    try {
      // A queue that was let go past a message has nothing to remember once it is empty.
      if (queue.entries.length === 0) this.#shared.storage.removeItem(this.#key);
      else this.#shared.storage.setItem(this.#key, JSON.stringify(queue));
      this.#isKept = true;
    } catch {
      // Storage is full or forbidden: what waits is sent from this page.
      this.#isKept = false;
    }
  }
}

/** Queues in this browser's storage, a queue for each person; in the page where there is no storage or no locks. */
export function localQueues(scope: string): OpenQueueStore {
  return (clientId, events) => {
    if (typeof localStorage === 'undefined' || typeof navigator === 'undefined' || !('locks' in navigator)) return new PageQueueStore(events);
    return new LocalQueueStore(`agent-session-elements:queue:${scope}:${JSON.stringify(clientId ?? null)}`, ofThisBrowser, events);
  };
}

/** Queues that live in the page. */
export const pageQueues: OpenQueueStore = (_clientId, events) => new PageQueueStore(events);

const ofThisBrowser: SharedStorage = {
  get storage() {
    return localStorage;
  },
  onChange(listener, signal) {
    addEventListener('storage', ({key}) => listener(key), {signal});
  },
};

function isQueue(value: unknown): value is Queue {
  return typeof value === 'object' && value !== null && 'isStopped' in value && 'entries' in value && Array.isArray(value.entries) && value.entries.every(isEntry);
}

function isEntry(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'id' in value && 'text' in value && 'files' in value && 'createdAt' in value;
}
