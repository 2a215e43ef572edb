import {countAgain, emptyQueue, enqueue, holdOf, mayDrain, type Queue, releaseQueue, resumeQueue, stopQueue, takeFromQueue} from '../session/queue.ts';
import type {QueuedMessage, SessionSnapshot} from '../session/snapshot.ts';
import {type OpenQueueStore, PageQueueStore, type QueueStore} from './queue-store.ts';

interface Host {
  readonly snapshot: SessionSnapshot;
  /** Whether messages can go out, and it is known what runs. */
  isReady(): boolean;
  /** Whether a message has left the queue before: it is on its way, or on the channel. */
  hasLeft(messageId: string): boolean;
  /** Lets a message go. */
  say(message: QueuedMessage): void;
  /** This page is to send from now on, also what pages that are gone have left. */
  onLead(): Promise<void>;
  onChange(): void;
}

/** A person's queue, and the sending of what waits in it: one by one as runs end, by one page of those that show it. */
export class QueueKeeper {
  readonly #open: OpenQueueStore;
  readonly #host: Host;
  #store: QueueStore;
  #owner: {readonly clientId: string | undefined} | undefined;
  #isDraining = false;
  #isStopping = false;
  #isClosed = false;

  constructor(open: OpenQueueStore, host: Host) {
    this.#open = open;
    this.#host = host;
    // Until it is known whose the queue is, it lives in the page.
    this.#store = new PageQueueStore(host);
  }

  /** It is known now whose the queue is. */
  identify(clientId: string | undefined): void {
    if (this.#isClosed || (this.#owner && this.#owner.clientId === clientId)) return;
    const {entries} = this.#owner ? emptyQueue : this.#store.queue;
    this.#owner = {clientId};
    this.#store.close();
    this.#store = this.#open(clientId, this.#host);
    if (entries.length > 0) void this.change((queue) => ({...queue, entries: [...queue.entries, ...entries]})).catch(() => undefined);
    this.#host.onChange();
  }

  slices({messages, runs}: Pick<SessionSnapshot, 'messages' | 'runs'>): Pick<SessionSnapshot, 'queue' | 'queueHold'> {
    const {queue} = this.#store;
    // What has just left is still kept for a moment.
    const entries = queue.entries.some(({id}) => this.#host.hasLeft(id)) ? queue.entries.filter(({id}) => !this.#host.hasLeft(id)) : queue.entries;
    return {queue: entries, queueHold: holdOf({...queue, entries}, {messages, runs})};
  }

  get isEmpty(): boolean {
    return this.#store.queue.entries.length === 0;
  }

  has(messageId: string): boolean {
    return this.#store.queue.entries.some(({id}) => id === messageId);
  }

  /** @throws {SessionError} what `change` throws. */
  async change(change: (queue: Queue) => Queue): Promise<void> {
    await this.#store.change(change);
    this.work();
  }

  /** The person stops what runs: nothing goes out by surprise, from now on. */
  async hold(): Promise<void> {
    if (this.#store.queue.entries.length === 0) return;
    this.#isStopping = true;
    await this.#store.change(stopQueue).finally(() => (this.#isStopping = false));
  }

  /** The person has sent something, or asked for it once more: a stop is over. */
  async resume(again?: string): Promise<void> {
    const resume = (queue: Queue): Queue => (again === undefined ? resumeQueue(queue) : countAgain(resumeQueue(queue), again));
    if (resume(this.#store.queue) !== this.#store.queue) await this.change(resume);
  }

  /** Keeps a message for later, and lets the queue go on: whoever writes wants it said. */
  async add(entry: QueuedMessage): Promise<void> {
    await this.change((queue) => releaseQueue(enqueue(queue, entry), this.#host.snapshot));
  }

  /** Lets the queue go on, past whatever holds it. */
  async release(): Promise<void> {
    await this.change((queue) => releaseQueue(queue, this.#host.snapshot));
  }

  /** Sends what may go now. Call it whenever that may have changed. */
  work(): void {
    if (this.#isDraining || !this.#mayDrain(this.#store.queue)) return;
    this.#isDraining = true;
    // A store that is closed meanwhile leaves the rest to another page.
    void this.#drain().catch(() => undefined).finally(() => (this.#isDraining = false));
  }

  close(): void {
    this.#isClosed = true;
    this.#store.close();
  }

  async #drain(): Promise<void> {
    await this.#store.change((queue) => {
      const next = queue.entries[0];
      if (!next) return queue;
      if (!this.#host.hasLeft(next.id)) {
        if (!this.#mayDrain(queue)) return queue;
        this.#host.say(next);
      }
      return takeFromQueue(queue, next.id);
    });
  }

  #mayDrain(queue: Queue): boolean {
    if (this.#isClosed || this.#isStopping || !this.#store.isLeading || queue.entries.length === 0 || !this.#host.isReady()) return false;
    return queue.entries.some(({id}) => this.#host.hasLeft(id)) || mayDrain(queue, this.#host.snapshot);
  }
}
