import {createProgress, type Progress, type Task} from 'agent-session-elements/agent';
import type {ChannelSessions, HeldSession} from '../agent/channel-sessions.ts';
import {type SearchEnd, SearchWatch} from './search-watch.ts';
import {clearOptions, closeLostTasks, openRoot, readOptions, type Root} from './shared-trip.ts';
import type {Specialists} from './specialists.ts';
import {type Kind, type Option, specialistIds, type Trip} from './trip.ts';

export interface SearchesOptions {
  readonly sessions: ChannelSessions;
  readonly specialists: Pick<Specialists, 'search' | 'cancel'>;
  /** How long a search may take while somebody is there, in ms; 90 s when absent. */
  readonly deadlineMs?: number;
  /** How long a specialist that left presence may take to come back, in ms; 2 s when absent. */
  readonly returnMs?: number;
  /** How long searches go on after their run was stopped, in ms: who interrupts with another wish goes on with them. */
  readonly graceMs?: number;
  readonly log: (line: string) => void;
}

export interface SearchRequest {
  readonly kind: Kind;
  readonly trip: Trip;
  readonly interest?: string;
  readonly runId: string;
  /** Aborted when the run is stopped; the search itself may go on. */
  readonly signal?: AbortSignal;
}

export interface SearchResult {
  readonly kind: Kind;
  readonly end: SearchEnd;
  readonly trip: Trip;
  readonly interest?: string;
  readonly options: readonly Option[];
  /** The other searches that are still running. */
  readonly stillSearching: readonly Kind[];
}

interface Search {
  readonly taskId: string;
  readonly task: Task;
  readonly watch: SearchWatch;
}

/** A channel while specialists search for it. */
interface Desk {
  readonly held: HeldSession;
  readonly root: Root;
  readonly searches: Map<Kind, Search>;
  readonly progress: Readonly<Record<Kind, Progress>>;
}

interface OpenDesk {
  readonly desk: Promise<Desk>;
  holders: number;
}

/** What to write on a task whose specialist cannot write any more. */
const tellings: Readonly<Record<'lost' | 'late', string>> = {lost: 'lost', late: 'no answer in time'};

/**
 * The orchestrator's side of all searches: asks specialists, follows what they write on the channel, and marks the tasks
 * of those that are gone.
 */
export class Searches {
  readonly #options: SearchesOptions;
  readonly #desks = new Map<string, OpenDesk>();
  readonly #runs = new Map<string, Set<string>>();
  readonly #graces = new Map<string, NodeJS.Timeout>();

  constructor(options: SearchesOptions) {
    this.#options = options;
  }

  /** A run has begun on the channel: it goes on with what an interrupted one has left. */
  beginRun(channel: string, runId: string): void {
    this.#runs.set(channel, (this.#runs.get(channel) ?? new Set()).add(runId));
    clearTimeout(this.#graces.get(channel));
    this.#graces.delete(channel);
  }

  /** A run has ended. After a stop that no other wish follows, nobody wants its searches any more. */
  endRun(channel: string, runId: string, {isStopped}: {readonly isStopped: boolean}): void {
    const runs = this.#runs.get(channel);
    runs?.delete(runId);
    if (runs?.size === 0) this.#runs.delete(channel);
    if (!isStopped || (runs && runs.size > 0) || !this.#desks.has(channel)) return;
    this.#graces.set(channel, setTimeout(() => {
      this.#graces.delete(channel);
      void this.cancel(channel).catch((error: unknown) => this.#options.log(`searches on ${channel} could not be cancelled: ${String(error)}`));
    }, this.#options.graceMs ?? 3000));
  }

  /**
   * Searches, instead of an earlier search of the same kind. Resolves when the search has ended, however it did.
   * @throws the signal's reason when it is aborted before; the search then goes on.
   * @throws {Ably.ErrorInfo} when the channel cannot be written to.
   */
  async search(channel: string, request: SearchRequest): Promise<SearchResult> {
    const {kind, trip, interest, signal} = request;
    const desk = await this.#hold(channel);
    const ended = this.#run(channel, desk, request).finally(() => this.#release(channel));
    ended.catch(() => undefined); // The run that asked may have been stopped, and hears of it no more.
    const end = await Promise.race([ended, abortOf(signal)]);
    const options = end === 'done' || end === 'lost' || end === 'late' ? readOptions(desk.root, kind) : [];
    return {kind, end, trip, interest, options, stillSearching: [...desk.searches.keys()].filter((other) => other !== kind)};
  }

  /** Cancels the search of a kind, or all of the channel. Says which there were. */
  async cancel(channel: string, kinds?: readonly Kind[]): Promise<Kind[]> {
    const desk = await this.#desks.get(channel)?.desk;
    if (!desk) return [];
    const cancelled = [...desk.searches.keys()].filter((kind) => kinds?.includes(kind) ?? true);
    for (const kind of cancelled) this.#cancel(desk, kind);
    await Promise.all(cancelled.map((kind) => desk.progress[kind].flush()));
    return cancelled;
  }

  /** Cancels all searches everywhere. */
  async close(): Promise<void> {
    for (const timer of this.#graces.values()) clearTimeout(timer);
    await Promise.allSettled([...this.#desks.keys()].map((channel) => this.cancel(channel)));
  }

  async #run(channel: string, desk: Desk, {kind, trip, interest, runId}: SearchRequest): Promise<SearchEnd> {
    this.#cancel(desk, kind);
    const taskId = `${kind}-${crypto.randomUUID().slice(0, 8)}`;
    const clientId = specialistIds[kind];
    const task = desk.progress[kind].task({id: taskId, label: `Waiting for ${clientId}`, state: 'queued', runId});
    const {deadlineMs = 90_000, returnMs = 2000} = this.#options;
    const watch = new SearchWatch({root: desk.root, presence: desk.held.session.presence, taskId, clientId, runId, deadlineMs, returnMs});
    const search: Search = {taskId, task, watch};
    desk.searches.set(kind, search);
    try {
      // The specialist continues this task, and writes to this list: both must be there before it is asked.
      await Promise.all([desk.progress[kind].flush(), clearOptions(desk.root, kind)]);
      this.#options.specialists.search(kind, {taskId, channel, runId, trip, interest});
      const end = await watch.ended;
      if (end === 'lost' || end === 'late') task.fail(tellings[end]);
      if (end === 'late') this.#options.specialists.cancel(kind, taskId);
      await desk.progress[kind].flush();
      return end;
    } finally {
      watch.end('failed');
      if (desk.searches.get(kind) === search) desk.searches.delete(kind);
    }
  }

  #cancel(desk: Desk, kind: Kind): void {
    const search = desk.searches.get(kind);
    if (!search) return;
    desk.searches.delete(kind);
    this.#options.specialists.cancel(kind, search.taskId);
    search.task.cancel();
    search.watch.end('cancelled');
  }

  async #hold(channel: string): Promise<Desk> {
    const open = this.#desks.get(channel) ?? {desk: this.#open(channel), holders: 0};
    this.#desks.set(channel, open);
    open.holders += 1;
    try {
      return await open.desk;
    } catch (error) {
      if (this.#desks.get(channel) === open) this.#desks.delete(channel);
      throw error;
    }
  }

  async #open(channel: string): Promise<Desk> {
    const held = await this.#options.sessions.hold(channel);
    try {
      const root = await openRoot(held.session.object);
      const members = await held.session.presence.get();
      await closeLostTasks(root, new Set(members.map(({clientId}) => clientId)), Date.now());
      const progressOf = (kind: Kind): Progress => createProgress(held.session, {agent: specialistIds[kind]});
      const progress = {flights: progressOf('flights'), hotels: progressOf('hotels'), activities: progressOf('activities')};
      return {held, root, progress, searches: new Map()};
    } catch (error) {
      await held.release();
      throw error;
    }
  }

  async #release(channel: string): Promise<void> {
    const open = this.#desks.get(channel);
    if (!open) return;
    open.holders -= 1;
    if (open.holders > 0) return;
    this.#desks.delete(channel);
    const {held, progress} = await open.desk;
    await Promise.allSettled(Object.values(progress).map((each) => each.close()));
    await held.release();
  }
}

/** Rejects when the signal is aborted; never settles otherwise. */
function abortOf(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    const abort = (): void => reject(signal?.reason instanceof Error ? signal.reason : new Error('the run was stopped'));
    if (signal?.aborted) abort();
    else signal?.addEventListener('abort', abort, {once: true});
  });
}
