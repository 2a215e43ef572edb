import {type Conversation, countAgain, emptyQueue, enqueue, holdOf, mayDrain, passStops, passWaiting, type Queue, releaseQueue, resumeQueue, stopQueue, takeFromQueue} from '../session/queue.ts';
import {isRunning, type QueuedMessage, type SessionSnapshot} from '../session/snapshot.ts';
import {type OpenQueueStore, PageQueueStore, type QueueStore} from './queue-store.ts';

/** Lets time pass, and chance decide. */
export interface QueueClock {
  /** From 0 to below 1. */
  random(): number;
  /** Calls back after a time in ms; returns what takes that back. */
  after(ms: number, callback: () => void): () => void;
}

const realClock: QueueClock = {
  random: Math.random,
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

/** How long the next message waits at least, and at most longer, after a run has ended, in ms. */
const [turnMs, turnSpreadMs] = [100, 300];

interface Host {
  readonly snapshot: SessionSnapshot;
  /** Whether messages can go out, and it is known what runs. */
  isReady(): boolean;
  /**
   * The newest stop on the channel that neither who asked for it nor this person has gone on after, the newest that this
   * page has asked for itself, and the newest message of all, by their serials; undefined while the channel is not read.
   */
  stops(runs: SessionSnapshot['runs'], clientId: string | undefined): {readonly open: string | undefined; readonly own: string; readonly end: string} | undefined;
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
  readonly #clock: QueueClock;
  #store: QueueStore;
  #owner: {readonly clientId: string | undefined} | undefined;
  #isDraining = false;
  #isStopping = false;
  /** What the channel said of stops when it could be read last; see the host. */
  #stops: ReturnType<Host['stops']>;
  /** The serial up to which no stop counts here, or empty: this page's own are kept with the queue. */
  #passed = '';
  /** The person let the queue go on before the channel was read: past every stop on it. */
  #passesUnread = false;
  #isClosed = false;
  /** Something has run since the last message went out of its own accord. */
  #needsTurn = false;
  #endTurn: (() => void) | undefined;

  constructor(open: OpenQueueStore, host: Host, clock = realClock) {
    this.#open = open;
    this.#host = host;
    this.#clock = clock;
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
    return {queue: entries, queueHold: holdOf({...queue, entries}, this.#withStop({messages, runs}))};
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
    this.#letGo();
    const {end} = this.#conversation;
    const resume = (queue: Queue): Queue => (again === undefined ? resumeQueue(queue, end) : countAgain(resumeQueue(queue, end), again));
    if (resume(this.#store.queue) !== this.#store.queue) await this.change(resume);
  }

  /** Keeps a message for later, and lets the queue go on: whoever writes wants it said. */
  async add(entry: QueuedMessage): Promise<void> {
    this.#letGo();
    await this.change((queue) => releaseQueue(enqueue(queue, entry), this.#conversation));
  }

  /** Lets the queue go on, past whatever holds it. */
  async release(): Promise<void> {
    this.#letGo();
    await this.change((queue) => releaseQueue(queue, this.#conversation));
  }

  /** Lets the queue go on, also past the runs that wait for somebody now. */
  async goOn(): Promise<void> {
    this.#letGo();
    await this.change((queue) => passWaiting(releaseQueue(queue, this.#conversation), this.#host.snapshot.runs));
  }

  /** Sends what may go now. Call it whenever that may have changed. */
  work(): void {
    this.#passStops();
    if (this.#isDraining || !this.#mayDrain(this.#store.queue)) return this.#loseTurn();
    if (this.#needsTurn) return this.#takeTurn();
    this.#isDraining = true;
    // A store that is closed meanwhile leaves the rest to another page.
    void this.#drain().catch(() => undefined).finally(() => (this.#isDraining = false));
  }

  /**
   * Other devices have seen the end of the run too, and have queues of their own: what is first on the channel is answered
   * first. Each waits for a time of its own, and then looks whether somebody has spoken.
   */
  #takeTurn(): void {
    this.#endTurn ??= this.#clock.after(turnMs + this.#clock.random() * turnSpreadMs, () => {
      this.#endTurn = undefined;
      this.#needsTurn = false;
      this.work();
    });
  }

  #loseTurn(): void {
    this.#endTurn?.();
    this.#endTurn = undefined;
    if (this.#host.snapshot.runs.some((run) => isRunning(run) || run.status === 'suspended')) this.#needsTurn = true;
  }

  close(): void {
    this.#isClosed = true;
    this.#loseTurn();
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

  /** Keeps for all tabs which stops hold nothing. */
  #passStops(): void {
    if (this.isEmpty || this.#isClosed) return;
    this.#withStop(this.#host.snapshot);
    const passed = this.#passed;
    if (passStops(this.#store.queue, passed) !== this.#store.queue) void this.change((queue) => passStops(queue, passed)).catch(() => undefined);
  }

  /** The person lets the queue go past every stop, also past those that are not read yet. */
  #letGo(): void {
    if (!this.#stops) this.#passesUnread = true;
  }

  get #conversation(): Conversation {
    return this.#withStop(this.#host.snapshot);
  }

  /** The conversation, with the stop that may hold the queue. */
  #withStop({messages, runs}: Pick<SessionSnapshot, 'messages' | 'runs'>): Conversation {
    this.#stops = this.#host.stops(runs, this.#owner?.clientId) ?? this.#stops;
    if (!this.#stops) return {messages, runs};
    const {open = '', own, end} = this.#stops;
    const passed = this.#passesUnread ? end : own;
    if (passed > this.#passed) this.#passed = passed;
    this.#passesUnread = false;
    return {messages, runs, stop: open > this.#passed ? open : undefined, end};
  }

  #mayDrain(queue: Queue): boolean {
    if (this.#isClosed || this.#isStopping || !this.#store.isLeading || queue.entries.length === 0 || !this.#host.isReady()) return false;
    return queue.entries.some(({id}) => this.#host.hasLeft(id)) || mayDrain(queue, this.#conversation);
  }
}
