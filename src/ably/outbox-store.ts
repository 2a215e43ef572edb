import type {OutboxEntry, OutboxStore} from '../session/outbox.ts';

/**
 * Keeps unsent messages in `localStorage`, so that they survive a reload. Each page writes under its own name and holds
 * a Web Lock of that name as long as it lives; what pages that are gone have left is taken over by the first page that
 * asks. Without the locks, two tabs would both send what one of them wrote. Where there are none, or no storage (plain
 * http, private windows, Node), messages are kept as long as the page.
 */
export class LocalOutboxStore implements OutboxStore {
  readonly #prefix: string;
  readonly #key: string;
  readonly #lock = new AbortController();
  #ownership: Promise<boolean> | undefined;
  #isOwner = false;
  #unsaved: readonly OutboxEntry[] | undefined;

  /** @param scope tells apart channels and ways to sign in: entries are taken over only within the same one. */
  constructor(scope: string) {
    this.#prefix = `agent-session-elements:outbox:${scope}:`;
    this.#key = this.#prefix + crypto.randomUUID();
  }

  async takeOver(): Promise<readonly OutboxEntry[]> {
    if (!(await this.#own())) return [];
    // One page at a time looks for what was left behind.
    return navigator.locks.request(`${this.#prefix}take-over`, async () => {
      const {held = []} = await navigator.locks.query();
      const alive = new Set(held.map((lock) => lock.name));
      const left = Object.keys(localStorage).filter((key) => key.startsWith(this.#prefix) && !alive.has(key));
      const entries = left.flatMap(read).sort((one, other) => one.createdAt - other.createdAt);
      if (entries.length > 0) write(this.#key, [...read(this.#key), ...entries]);
      for (const key of left) localStorage.removeItem(key);
      return entries;
    });
  }

  save(entries: readonly OutboxEntry[]): void {
    this.#unsaved = entries;
    if (this.#isOwner) this.#writeUnsaved();
    else void this.#own();
  }

  /** Nothing is written before this page has its lock: another one would take it for left behind. */
  whenKept(): Promise<unknown> {
    return this.#own();
  }

  leave(entries: readonly OutboxEntry[]): void {
    if (this.#isOwner) write(this.#prefix + crypto.randomUUID(), entries);
  }

  close(): void {
    this.#lock.abort();
  }

  #writeUnsaved(): void {
    if (this.#unsaved) write(this.#key, this.#unsaved);
    this.#unsaved = undefined;
  }

  /** Takes the lock that says this page is alive; resolves to whether storage and locks can be used at all. */
  #own(): Promise<boolean> {
    this.#ownership ??= new Promise<boolean>((resolve) => {
      if (typeof localStorage === 'undefined' || typeof navigator === 'undefined' || !('locks' in navigator)) {
        resolve(false);
        return;
      }
      const hold = (): Promise<void> => {
        this.#isOwner = true;
        this.#writeUnsaved();
        resolve(true);
        return new Promise((release) => {
          if (this.#lock.signal.aborted) release();
          else this.#lock.signal.addEventListener('abort', () => release());
        });
      };
      navigator.locks.request(this.#key, hold).catch(() => resolve(false));
      // Where a page may not even look at its storage, looking throws.
    }).catch(() => false);
    return this.#ownership;
  }
}

function write(key: string, entries: readonly OutboxEntry[]): void {
  try {
    if (entries.length === 0) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(entries));
  } catch {
    // Storage is full or forbidden: the messages are still in this page, and are sent from here.
  }
}

function read(key: string): OutboxEntry[] {
  try {
    const entries = JSON.parse(localStorage.getItem(key) ?? '[]') as unknown;
    return Array.isArray(entries) ? entries.filter(isEntry) : [];
  } catch {
    return [];
  }
}

function isEntry(value: unknown): value is OutboxEntry {
  return typeof value === 'object' && value !== null && 'id' in value && 'parts' in value && 'createdAt' in value && 'state' in value;
}
