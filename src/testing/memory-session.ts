import type {UIMessage} from 'ai';
import {nextFrame} from '../internal/frame.ts';
import type {Unsubscribe} from '../internal/listeners.ts';
import {joinAgents, joinPeople} from '../session/agents.ts';
import {ChangeFeed, type Scheduler} from '../session/change-feed.ts';
import type {SessionError} from '../session/errors.ts';
import type {Intent} from '../session/intent.ts';
import {keepItems} from '../session/keep-identity.ts';
import type {MessagePart, SessionMessage} from '../session/message.ts';
import {markLost} from '../session/lost-runs.ts';
import type {PresenceData, PresenceMember} from '../session/presence.ts';
import type {Session, SessionChange} from '../session/session.ts';
import {
  type ConnectionState,
  type HistorySnapshot,
  type RunSnapshot,
  type SessionSnapshot,
} from '../session/snapshot.ts';
import {MemoryRun} from './memory-run.ts';
import {MemorySending} from './memory-sending.ts';
import {MemoryState} from './memory-state.ts';

export interface MemorySessionOptions {
  channel?: string;
  /** This person's identity; `me` when absent. */
  clientId?: string;
  /** The agents' identity where a run names none; `agent` when absent. */
  agentId?: string;
  /** How many messages are revealed at first, and by each load of older ones; 30 when absent. */
  pageSize?: number;
  /** Whether a cancelled run ends by itself, as a good agent's does; `true` when absent. */
  confirmsStops?: boolean;
  /** When changes are announced; the next animation frame when absent. */
  schedule?: Scheduler;
  /** The time, in ms since the epoch; the clock of the machine when absent. */
  now?: () => number;
}

/** What the test, story or page that drives the session may say of a run. */
export interface StartRunOptions {
  id?: string;
  /** The agent's identity. */
  clientId?: string;
  /** The message that asked for it; the oldest unanswered one when absent. */
  inputId?: string;
}

/** A message as {@link MemorySession.load} takes it: of the AI SDK, with who said it and when where that matters. */
export type LoadedMessage = Pick<UIMessage, 'id' | 'role' | 'parts'> & {clientId?: string; createdAt?: number};

/**
 * A session without a network: for tests, stories, playgrounds and benchmarks. It keeps the same contract as a session
 * on a channel; what the channel and the agents would do, its own methods do.
 */
export class MemorySession implements Session {
  readonly channel: string;
  /** Every intent that was dispatched, oldest first. */
  readonly dispatched: Intent[] = [];
  readonly state: MemoryState;
  readonly #feed: ChangeFeed;
  readonly #clientId: string;
  readonly #agentId: string;
  readonly #pageSize: number;
  readonly #sending: MemorySending;
  readonly #now: () => number;
  #older: SessionMessage[] = [];
  #members: readonly PresenceMember[] = [];
  readonly #knownAgents = new Set<string>();
  #count = 0;

  constructor(options: MemorySessionOptions = {}) {
    this.channel = options.channel ?? 'memory';
    this.#clientId = options.clientId ?? 'me';
    this.#agentId = options.agentId ?? 'agent';
    this.#pageSize = options.pageSize ?? 30;
    this.#now = options.now ?? Date.now;
    const schedule = options.schedule ?? nextFrame;
    this.state = new MemoryState(schedule);
    this.#feed = new ChangeFeed(schedule, () => this.#derive());
    this.#sending = new MemorySending(this.#sendingHost(options.confirmsStops ?? true));
    this.#update({clientId: this.#clientId});
    this.setConnection('connected');
    this.#setHistory({state: 'ready'});
    this.#feed.flush();
  }

  get snapshot(): SessionSnapshot {
    return this.#feed.snapshot;
  }

  subscribe(listener: (change: SessionChange) => void): Unsubscribe {
    return this.#feed.subscribe(listener);
  }

  // Async, so that what cannot be done rejects instead of throwing.
  // eslint-disable-next-line @typescript-eslint/require-await
  async dispatch(intent: Intent): Promise<void> {
    this.dispatched.push(intent);
    this.#carryOut(intent);
  }

  offerTools(): Unsubscribe {
    throw new Error('offerTools is being built');
  }

  /** Replaces the conversation by finished messages; the newest page of them is revealed. */
  load(messages: readonly LoadedMessage[]): void {
    const loaded = messages.map((message) => this.#message(message));
    this.#older = loaded.slice(0, -this.#pageSize);
    this.#update({messages: loaded.slice(-this.#pageSize), runs: []});
    this.#setHistory({state: 'ready', hasOlder: this.#older.length > 0});
  }

  /** A message that somebody else says now. */
  receive(message: LoadedMessage): void {
    this.#update({messages: [...this.snapshot.messages, this.#message(message)]});
  }

  /** An agent begins to answer; the run is driven by what this returns. */
  startRun({id = `run-${++this.#count}`, clientId = this.#agentId, inputId}: StartRunOptions = {}): MemoryRun {
    const starting = this.snapshot.runs.find((run) => run.runId === undefined && (inputId === undefined || run.inputId === inputId));
    const snapshot: RunSnapshot = {
      key: id,
      runId: id,
      inputId: inputId ?? starting?.inputId,
      status: 'active',
      stop: starting?.stop,
      error: undefined,
      clientId: starting?.clientId ?? this.#clientId,
      agentId: clientId,
    };
    this.#update({runs: [...this.snapshot.runs.filter((run) => run !== starting), snapshot]});
    this.#sending.began(starting, snapshot);
    return new MemoryRun(id, clientId, {
      addMessage: (message) => this.#update({messages: [...this.snapshot.messages, this.#message(message, id)]}),
      touch: (messageId) => this.#feed.touch(messageId),
      consume: (messageId) => this.#sending.consume(id, messageId),
      end: (status, error) => this.#changeRun(id, {status, error, stop: undefined}),
      isActive: () => this.#run(id)?.status === 'active',
    });
  }

  /** Somebody enters presence, or says something else of themselves. */
  enter(clientId: string, data: PresenceData = {}): void {
    if (data.type === 'agent') this.#knownAgents.add(clientId);
    const key = `memory:${clientId}`;
    this.#members = [...this.#members.filter((member) => member.key !== key), {...data, key, clientId, since: this.#now()}];
    this.#feed.invalidate();
  }

  /** Somebody leaves presence, or vanishes from it. */
  leave(clientId: string): void {
    this.#members = this.#members.filter((member) => member.clientId !== clientId);
    this.#feed.invalidate();
    // Who is gone is waited for no longer.
    this.#sending.settle();
  }

  setConnection(state: ConnectionState, error?: SessionError): void {
    this.#update({connection: {state, error}});
    if (state === 'connected') this.#sending.deliver();
  }

  /** Changes what is said of the history, for showing how it loads and fails. */
  setHistory(history: Partial<HistorySnapshot>): void {
    this.#setHistory(history);
  }

  /** Refuses a message of this person, as a channel would. */
  failMessage(id: string, error: SessionError): void {
    this.#changeMessage(id, {delivery: 'failed', error});
    this.#update({runs: this.snapshot.runs.filter((run) => run.inputId !== id)});
    this.#sending.settle();
  }

  /** Says that no agent answered a message. */
  failAnswer(inputId: string, error: SessionError): void {
    const run = this.snapshot.runs.find((candidate) => candidate.inputId === inputId);
    if (run) this.#changeRun(run.key, {status: 'unanswered', error});
  }

  /** Says that no agent heeds the stops that were asked for. */
  failStops(): void {
    for (const {key, stop} of this.snapshot.runs) if (stop === 'requested') this.#changeRun(key, {stop: 'unconfirmed'});
  }

  /** Announces now what waits for the next frame. */
  flush(): void {
    this.#feed.flush();
  }

  #derive(): Partial<SessionSnapshot> {
    const {runs, messages, agents, people} = this.#feed.snapshot;
    const writingRuns = new Set(messages.flatMap(({role, runId}) => (role === 'user' ? [] : (runId ?? []))));
    const isPresenceKnown = this.#members.length > 0 || this.#knownAgents.size > 0;
    const joined = joinAgents(this.#members, runs, {isPresenceKnown, writingRuns, knownAgents: this.#knownAgents});
    const present = runs.map((run): RunSnapshot => (run.status === 'lost' ? {...run, status: 'active'} : run));
    return {
      runs: keepItems(runs, markLost(present, joined), ({key}) => key),
      agents: keepItems(agents, joined, ({clientId}) => clientId),
      people: keepItems(people, joinPeople(this.#members, runs), ({clientId}) => clientId),
    };
  }

  #update(slices: Partial<SessionSnapshot>): void {
    this.#feed.update(slices);
    this.#feed.invalidate();
  }

  #sendingHost(confirmsStops: boolean): ConstructorParameters<typeof MemorySending>[0] {
    const snapshot = (): SessionSnapshot => this.snapshot;
    return {
      get snapshot() {
        return snapshot();
      },
      update: (slices) => this.#update(slices),
      newMessageId: () => `message-${++this.#count}`,
      now: this.#now,
      clientId: this.#clientId,
      confirmsStops,
    };
  }

  #carryOut(intent: Intent): void {
    switch (intent.type) {
      case 'send':
      case 'cancel':
      case 'retry':
      case 'discard':
      case 'change-queued':
      case 'move-queued':
      case 'release-queue':
        return this.#sending.carryOut(intent);
      case 'load-older':
        return this.#loadOlder(intent.limit ?? this.#pageSize);
      case 'edit':
      case 'regenerate':
      case 'select-branch':
      case 'respond':
        throw new Error(`${intent.type} is being built`);
    }
  }

  #loadOlder(limit: number): void {
    const revealed = this.#older.splice(-limit);
    this.#update({messages: [...revealed, ...this.snapshot.messages]});
    this.#setHistory({hasOlder: this.#older.length > 0});
  }

  #message(message: LoadedMessage, runId?: string): SessionMessage {
    const clientId = message.clientId ?? (message.role === 'user' ? this.#clientId : this.#agentId);
    return {
      id: message.id, role: message.role, clientId, mine: message.role === 'user' && clientId === this.#clientId,
      createdAt: message.createdAt ?? this.#now(), runId, delivery: 'sent', error: undefined, steer: undefined, branch: undefined,
      // The AI SDK's parts have the shapes of MessagePart; its type is open to tools and data that are not declared here.
      parts: message.parts as MessagePart[],
    };
  }

  #run(key: string): RunSnapshot | undefined {
    return this.snapshot.runs.find((run) => run.key === key);
  }

  #changeRun(key: string, change: Partial<RunSnapshot>): void {
    this.#update({runs: this.snapshot.runs.map((run) => (run.key === key ? {...run, ...change} : run))});
    this.#sending.settle();
  }

  #changeMessage(id: string, change: Partial<SessionMessage>): void {
    this.#update({messages: this.snapshot.messages.map((message) => (message.id === id ? {...message, ...change} : message))});
  }

  #setHistory(history: Partial<HistorySnapshot>): void {
    this.#update({history: {...this.snapshot.history, ...history}});
  }
}

/** A session without a network, connected and empty. */
export function createMemorySession(options?: MemorySessionOptions): MemorySession {
  return new MemorySession(options);
}
