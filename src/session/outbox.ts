import type {SessionErrorDetails} from './errors.ts';
import type {FilePart, TextPart} from './message.ts';
import type {SteerTarget} from './steers.ts';

/**
 * A message of this person that is not done with:
 *
 * - `queued`: to be put on the channel.
 * - `sending`: handed to the SDK, which has not confirmed it. After a reload it may or may not be on the channel.
 * - `published`: on the channel, but no agent was told of it yet.
 * - `failed`: refused, or no agent could be told; `error` says why.
 */
export type OutboxState = 'queued' | 'sending' | 'published' | 'failed';

/** Another version of a message. */
export interface Revision {
  /** The message in whose place it is said. */
  readonly messageId: string;
  /** The message before that one; undefined at the beginning. */
  readonly parent: string | undefined;
}

export interface OutboxEntry {
  /** The codec message id that the message has, or will have, on the channel. */
  readonly id: string;
  readonly parts: readonly (TextPart | FilePart)[];
  /** When the person sent it, in ms since the epoch. */
  readonly createdAt: number;
  /** Whose it is; undefined where that was not known yet. */
  readonly clientId: string | undefined;
  readonly state: OutboxState;
  /** Whether it is on the channel, also when it then failed to reach an agent. */
  readonly isPublished: boolean;
  readonly error: StoredError | undefined;
  /** Whether it may have reached the channel without our being told, so that it has to be looked for before it is sent. */
  readonly isUncertain?: boolean;
  /** Where it is to join a run. */
  readonly steer?: SteerTarget | undefined;
  /** Set where it is said in place of another one. */
  readonly edits?: Revision;
}

/** An error as storage can keep it. */
export type StoredError = Pick<SessionErrorDetails, 'kind' | 'hint' | 'code'> & {message: string};

/** Where unsent messages survive a reload. Each page has a place of its own. */
export interface OutboxStore {
  /** Takes over what pages that are gone have left behind, oldest first. */
  takeOver(): Promise<readonly OutboxEntry[]>;
  /** Keeps this page's entries, replacing those kept before. */
  save(entries: readonly OutboxEntry[]): void;
  /** Resolves when what was saved is kept; absent where that is at once. */
  whenKept?(): Promise<unknown>;
  /** Leaves entries for another page of the person they belong to. */
  leave(entries: readonly OutboxEntry[]): void;
  close(): void;
}

const ofUnknownOwner: StoredError = {
  kind: 'input',
  message: 'The message was written before it was known who writes, so it was not sent.',
  hint: 'Send it if it is yours, or discard it.',
};

/** The messages on their way, oldest first, kept in a store. */
export class Outbox {
  readonly #store: OutboxStore;
  readonly #onChange: () => void;
  #entries: readonly OutboxEntry[] = [];
  #isClosed = false;

  constructor(store: OutboxStore, onChange: () => void) {
    this.#store = store;
    this.#onChange = onChange;
  }

  get entries(): readonly OutboxEntry[] {
    return this.#entries;
  }

  get(id: string): OutboxEntry | undefined {
    return this.#entries.find((entry) => entry.id === id);
  }

  /**
   * The next entry to put on the channel; undefined while one is on its way, since messages keep their order.
   * @param mayGo whether an entry may go now; one that may not is passed over.
   */
  next(mayGo: (entry: OutboxEntry) => boolean = () => true): OutboxEntry | undefined {
    const waiting = this.#entries.find((entry) => entry.state === 'sending' || (entry.state === 'queued' && mayGo(entry)));
    return waiting?.state === 'queued' ? waiting : undefined;
  }

  /** It is known now who writes here: what was written before is theirs. Call it before {@link restore}. */
  claim(clientId: string | undefined): void {
    if (clientId === undefined || this.#entries.every((entry) => entry.clientId !== undefined)) return;
    this.#replace(this.#entries.map((entry) => ({...entry, clientId: entry.clientId ?? clientId})));
  }

  /** Adds what earlier pages left. What was being sent then is queued again: whether it arrived is to be seen. */
  async restore(): Promise<void> {
    const left = (await this.#store.takeOver()).filter(({id}) => !this.get(id));
    if (left.length === 0) return;
    const restored = left.map((entry): OutboxEntry => (entry.state === 'sending' ? {...entry, state: 'queued', isUncertain: true} : entry));
    this.#replace([...restored, ...this.#entries].sort((one, other) => one.createdAt - other.createdAt));
  }

  add(entry: Pick<OutboxEntry, 'id' | 'parts' | 'createdAt' | 'clientId' | 'steer' | 'edits'>): void {
    this.#replace([...this.#entries, {...entry, state: 'queued', isPublished: false, error: undefined}]);
  }

  /** Resolves when the entries are kept: until then a reload would lose those that are new. */
  async whenKept(): Promise<void> {
    await this.#store.whenKept?.();
  }

  change(id: string, change: Partial<Omit<OutboxEntry, 'id'>>): void {
    if (!this.get(id)) return;
    this.#replace(this.#entries.map((entry) => (entry.id === id ? {...entry, ...change} : entry)));
  }

  remove(id: string): void {
    if (!this.get(id)) return;
    this.#replace(this.#entries.filter((entry) => entry.id !== id));
  }

  /**
   * Gives back the entries of other people who used this browser: they are for them to send. What an earlier page kept
   * without knowing whose it is waits for this person's word, and is not said in their name by itself.
   */
  keepOnlyOf(clientId: string | undefined): void {
    this.#askAboutUnowned(clientId);
    const foreign = this.#entries.filter((entry) => entry.clientId !== undefined && entry.clientId !== clientId);
    if (foreign.length === 0) return;
    this.#store.leave(foreign);
    this.#replace(this.#entries.filter((entry) => !foreign.includes(entry)));
  }

  close(): void {
    this.#isClosed = true;
    this.#store.close();
  }

  #askAboutUnowned(clientId: string | undefined): void {
    if (clientId === undefined || this.#entries.every((entry) => entry.clientId !== undefined)) return;
    this.#replace(this.#entries.map((entry): OutboxEntry => {
      if (entry.clientId !== undefined) return entry;
      return entry.isPublished ? {...entry, clientId} : {...entry, clientId, state: 'failed', error: ofUnknownOwner};
    }));
  }

  #replace(entries: readonly OutboxEntry[]): void {
    if (this.#isClosed) return;
    this.#entries = entries;
    this.#store.save(entries);
    this.#onChange();
  }
}
