import type {UIMessage} from 'ai';
import {nextFrame} from '../internal/frame.ts';
import type {Unsubscribe} from '../internal/listeners.ts';
import {runsToCancel} from '../session/barge-in.ts';
import {ChangeFeed, type Scheduler} from '../session/change-feed.ts';
import {SessionError} from '../session/errors.ts';
import type {Intent, SendIntent} from '../session/intent.ts';
import type {MessagePart, SessionMessage} from '../session/message.ts';
import type {Session, SessionChange} from '../session/session.ts';
import {
  type ConnectionState,
  type HistorySnapshot,
  isRunning,
  type RunSnapshot,
  type SessionSnapshot,
} from '../session/snapshot.ts';
import {MemoryRun} from './memory-run.ts';

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
  readonly #feed: ChangeFeed;
  readonly #clientId: string;
  readonly #agentId: string;
  readonly #pageSize: number;
  readonly #confirmsStops: boolean;
  readonly #now: () => number;
  #older: SessionMessage[] = [];
  #count = 0;

  constructor(options: MemorySessionOptions = {}) {
    this.channel = options.channel ?? 'memory';
    this.#clientId = options.clientId ?? 'me';
    this.#agentId = options.agentId ?? 'agent';
    this.#pageSize = options.pageSize ?? 30;
    this.#confirmsStops = options.confirmsStops ?? true;
    this.#now = options.now ?? Date.now;
    this.#feed = new ChangeFeed(options.schedule ?? nextFrame);
    this.#feed.update({clientId: this.#clientId});
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

  /** Replaces the conversation by finished messages; the newest page of them is revealed. */
  load(messages: readonly LoadedMessage[]): void {
    const loaded = messages.map((message) => this.#message(message));
    this.#older = loaded.slice(0, -this.#pageSize);
    this.#feed.update({messages: loaded.slice(-this.#pageSize), runs: []});
    this.#setHistory({state: 'ready', hasOlder: this.#older.length > 0});
  }

  /** A message that somebody else says now. */
  receive(message: LoadedMessage): void {
    this.#feed.update({messages: [...this.snapshot.messages, this.#message(message)]});
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
    this.#feed.update({runs: [...this.snapshot.runs.filter((run) => run !== starting), snapshot]});
    return new MemoryRun(id, clientId, {
      addMessage: (message) => this.#feed.update({messages: [...this.snapshot.messages, this.#message(message, id)]}),
      touch: (messageId) => this.#feed.touch(messageId),
      end: (status, error) => this.#changeRun(id, {status, error, stop: undefined}),
      isActive: () => this.#run(id)?.status === 'active',
    });
  }

  setConnection(state: ConnectionState, error?: SessionError): void {
    this.#feed.update({connection: {state, error}});
    if (state === 'connected') this.#deliverQueued();
  }

  /** Changes what is said of the history, for showing how it loads and fails. */
  setHistory(history: Partial<HistorySnapshot>): void {
    this.#setHistory(history);
  }

  /** Refuses a message of this person, as a channel would. */
  failMessage(id: string, error: SessionError): void {
    this.#changeMessage(id, {delivery: 'failed', error});
    this.#feed.update({runs: this.snapshot.runs.filter((run) => run.inputId !== id)});
  }

  /** Says that no agent answered a message. */
  failAnswer(inputId: string, error: SessionError): void {
    const run = this.snapshot.runs.find((candidate) => candidate.inputId === inputId);
    if (run) this.#changeRun(run.key, {status: 'unanswered', error});
  }

  /** Announces now what waits for the next frame. */
  flush(): void {
    this.#feed.flush();
  }

  #carryOut(intent: Intent): void {
    switch (intent.type) {
      case 'send':
        return this.#send(intent);
      case 'cancel':
        return this.#cancel(this.snapshot.runs.filter((run) => isRunning(run) && (intent.run === undefined || run.key === intent.run)));
      case 'retry':
        return this.#retry(intent.messageId);
      case 'discard':
        return this.#feed.update({messages: this.snapshot.messages.filter((message) => message.id !== intent.messageId)});
      case 'load-older':
        return this.#loadOlder(intent.limit ?? this.#pageSize);
    }
  }

  #send({text, files = [], policy = 'interrupt'}: SendIntent): void {
    if (text.trim() === '' && files.length === 0) throw new SessionError('The message is empty, so it was not sent.', {kind: 'input'});
    this.#cancel(runsToCancel(policy, this.snapshot.runs));
    const isConnected = this.snapshot.connection.state === 'connected';
    const parts: MessagePart[] = [...(text === '' ? [] : [{type: 'text' as const, text}]), ...files];
    const message: SessionMessage = {
      id: `message-${++this.#count}`, role: 'user', clientId: this.#clientId, mine: true, createdAt: isConnected ? this.#now() : undefined,
      runId: undefined, delivery: isConnected ? 'sent' : 'queued', error: undefined, parts,
    };
    this.#feed.update({messages: [...this.snapshot.messages, message]});
    if (isConnected) this.#expectAnswer(message.id);
  }

  #expectAnswer(inputId: string): void {
    const run: RunSnapshot = {
      key: `input:${inputId}`, runId: undefined, inputId, status: 'starting', stop: undefined, error: undefined,
      clientId: this.#clientId, agentId: undefined,
    };
    this.#feed.update({runs: [...this.snapshot.runs.filter((other) => other.key !== run.key), run]});
  }

  #cancel(runs: readonly RunSnapshot[]): void {
    for (const run of runs) {
      this.#changeRun(run.key, this.#confirmsStops ? {status: 'cancelled', stop: undefined} : {stop: 'requested'});
    }
  }

  #retry(messageId: string): void {
    const message = this.snapshot.messages.find((candidate) => candidate.id === messageId);
    if (!message) throw new SessionError(`There is no message ${messageId} to retry.`, {kind: 'input'});
    this.#changeMessage(messageId, {delivery: 'sent', error: undefined});
    this.#expectAnswer(messageId);
  }

  #loadOlder(limit: number): void {
    const revealed = this.#older.splice(-limit);
    this.#feed.update({messages: [...revealed, ...this.snapshot.messages]});
    this.#setHistory({hasOlder: this.#older.length > 0});
  }

  #deliverQueued(): void {
    for (const message of this.snapshot.messages.filter(({delivery}) => delivery === 'queued')) {
      this.#changeMessage(message.id, {delivery: 'sent', createdAt: this.#now()});
      this.#expectAnswer(message.id);
    }
  }

  #message(message: LoadedMessage, runId?: string): SessionMessage {
    const clientId = message.clientId ?? (message.role === 'user' ? this.#clientId : this.#agentId);
    return {
      id: message.id, role: message.role, clientId, mine: message.role === 'user' && clientId === this.#clientId,
      createdAt: message.createdAt ?? this.#now(), runId, delivery: 'sent', error: undefined,
      // The AI SDK's parts have the shapes of MessagePart; its type is open to tools and data that are not declared here.
      parts: message.parts as MessagePart[],
    };
  }

  #run(key: string): RunSnapshot | undefined {
    return this.snapshot.runs.find((run) => run.key === key);
  }

  #changeRun(key: string, change: Partial<RunSnapshot>): void {
    this.#feed.update({runs: this.snapshot.runs.map((run) => (run.key === key ? {...run, ...change} : run))});
  }

  #changeMessage(id: string, change: Partial<SessionMessage>): void {
    this.#feed.update({messages: this.snapshot.messages.map((message) => (message.id === id ? {...message, ...change} : message))});
  }

  #setHistory(history: Partial<HistorySnapshot>): void {
    this.#feed.update({history: {...this.snapshot.history, ...history}});
  }
}

/** A session without a network, connected and empty. */
export function createMemorySession(options?: MemorySessionOptions): MemorySession {
  return new MemorySession(options);
}
