import {nextFrame} from '../internal/frame.ts';
import type {Unsubscribe} from '../internal/listeners.ts';
import {ChangeFeed, textPauses} from '../session/change-feed.ts';
import {type SessionError} from '../session/errors.ts';
import type {ToolHandler} from '../session/client-tools.ts';
import type {Intent} from '../session/intent.ts';
import type {MessagePart, SessionMessage} from '../session/message.ts';
import type {PresenceData} from '../session/presence.ts';
import type {Session, SessionChange} from '../session/session.ts';
import type {ConnectionState, HistorySnapshot, RunSnapshot, SessionSnapshot} from '../session/snapshot.ts';
import {MemoryApprovals} from './memory-approvals.ts';
import {MemoryBranches} from './memory-branches.ts';
import type {LoadedMessage, MemorySessionOptions, StartRunOptions} from './memory-options.ts';
import {MemoryPresence} from './memory-presence.ts';
import {MemoryRun} from './memory-run.ts';
import {MemorySending} from './memory-sending.ts';
import {MemoryState} from './memory-state.ts';
import {MemoryTools} from './memory-tools.ts';

/**
 * A session without a network: for tests, stories, playgrounds and benchmarks. It keeps the same contract as a session
 * on a channel; what the channel and the agents would do, its own methods do.
 */
export class MemorySession implements Session {
  readonly channel: string;
  /** Every intent that was dispatched, oldest first. */
  readonly dispatched: Intent[] = [];
  readonly state: MemoryState;
  /** What agents ask people to decide: how somebody else decides, and how the agent refuses. */
  readonly approvals: MemoryApprovals;
  /** What was said more than once: how somebody else edits or asks again. */
  readonly branches: MemoryBranches;
  /** The tools that this page offers to carry out: whether another page is faster. */
  readonly tools: MemoryTools;
  readonly #feed: ChangeFeed;
  readonly #clientId: string;
  readonly #agentId: string;
  readonly #pageSize: number;
  readonly #sending: MemorySending;
  readonly #now: () => number;
  #older: SessionMessage[] = [];
  readonly #presence = new MemoryPresence();
  #count = 0;

  constructor(options: MemorySessionOptions = {}) {
    this.channel = options.channel ?? 'memory';
    this.#clientId = options.clientId ?? 'me';
    this.#agentId = options.agentId ?? 'agent';
    this.#pageSize = options.pageSize ?? 30;
    this.#now = options.now ?? Date.now;
    const schedule = options.schedule ?? nextFrame;
    this.state = new MemoryState(schedule);
    this.#feed = new ChangeFeed({schedule, derive: () => this.#derive(), textPauses: options.schedule ? undefined : textPauses});
    const room = {
      clientId: this.#clientId,
      snapshot: () => this.snapshot,
      olderId: () => this.#older.at(-1)?.id,
      now: () => this.#now(),
      update: (slices: Partial<SessionSnapshot>) => this.#update(slices),
      touch: (messageId: string) => {
        this.#feed.touch(messageId);
        this.#feed.invalidate();
      },
      message: (message: LoadedMessage) => this.#message(message),
      newMessageId: () => `message-${++this.#count}`,
      cancel: (runs: readonly RunSnapshot[]) => this.#sending.cancel(runs),
      say: (parts: readonly MessagePart[]) => this.#sending.say(parts),
      askAgain: (inputId: string) => this.#sending.askAgain(inputId),
    };
    this.#sending = new MemorySending(room, options.confirmsStops ?? true);
    this.approvals = new MemoryApprovals(room);
    this.branches = new MemoryBranches(room);
    this.tools = new MemoryTools(room);
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
   
  async dispatch(intent: Intent): Promise<void> {
    this.dispatched.push(intent);
    return this.#carryOut(intent);
  }

  offerTools(handler: ToolHandler): Unsubscribe {
    return this.tools.offer(handler);
  }

  /** Replaces the conversation by finished messages; the newest page of them is revealed. */
  load(messages: readonly LoadedMessage[]): void {
    const loaded = messages.map((message) => this.#message(message));
    this.#older = loaded.slice(0, -this.#pageSize);
    this.branches.clear();
    this.#update({messages: loaded.slice(-this.#pageSize), runs: []});
    this.#setHistory({state: 'ready', hasOlder: this.#older.length > 0});
  }

  /** A message that somebody else says now. */
  receive(message: LoadedMessage): void {
    this.#update({messages: [...this.snapshot.messages, this.#message(message)]});
  }

  /** An agent begins to answer; the run is driven by what this returns. */
  startRun({id = `run-${++this.#count}`, clientId = this.#agentId, inputId}: StartRunOptions = {}): MemoryRun {
    const awaited = this.snapshot.runs.find((run) => run.runId === undefined && (inputId === undefined || run.inputId === inputId));
    this.branches.answer(awaited?.inputId);
    const starting = this.snapshot.runs.find((run) => run.runId === undefined && (inputId === undefined || run.inputId === inputId));
    const snapshot: RunSnapshot = {
      key: id,
      runId: id,
      inputId: inputId ?? starting?.inputId,
      status: 'active',
      stop: starting?.stop,
      isAnswered: false,
      error: undefined,
      clientId: starting?.clientId ?? this.#clientId,
      agentId: clientId,
    };
    this.#update({runs: [...this.snapshot.runs.filter((run) => run !== starting), snapshot]});
    this.#sending.began(starting, snapshot);
    return new MemoryRun(id, clientId, {
      addMessage: (message) => this.branches.addMessage(id, this.#message(message, id)),
      touch: (messageId) => this.#feed.touch(messageId),
      consume: (messageId) => this.#sending.consume(id, messageId),
      changed: () => this.#feed.invalidate(),
      set: (status, error) => {
        if (status === 'suspended') this.approvals.noteWaiting(id, this.branches.run(id)?.status);
        this.#changeRun(id, {status, error, stop: undefined});
      },
      status: () => this.branches.run(id)?.status,
    });
  }

  /** Somebody enters presence, or says something else of themselves. */
  enter(clientId: string, data: PresenceData = {}): void {
    this.#presence.enter(clientId, data, this.#now());
    this.#feed.invalidate();
  }

  /** The connection of somebody breaks: they leave with what they said last. */
  vanish(clientId: string): void {
    this.#presence.vanish(clientId);
    this.#left();
  }

  /** Somebody leaves presence. */
  leave(clientId: string): void {
    this.#presence.leave(clientId);
    this.#left();
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
    const approvals = this.approvals.read();
    // Not at once: a handler may look at the session, and its work changes it.
    void Promise.resolve().then(() => this.tools.look());
    const {messages, runs} = this.#feed.snapshot;
    const joined = this.#presence.join({...this.#feed.snapshot, runs: this.approvals.withAnswers({messages, runs, approvals})});
    return {...joined, approvals, queueHold: this.#sending.holdIn({messages, runs: joined.runs})};
  }

  #update(slices: Partial<SessionSnapshot>): void {
    this.#feed.update(slices);
    this.#feed.invalidate();
  }

  #carryOut(intent: Intent): void | Promise<void> {
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
        return this.branches.edit(intent);
      case 'regenerate':
        return this.branches.regenerate(intent);
      case 'select-branch':
        return this.branches.select(intent);
      case 'respond':
        return this.approvals.respond(intent);
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

  #left(): void {
    this.#feed.invalidate();
    // Who is gone is waited for no longer.
    this.#sending.settle();
  }

  #changeRun(key: string, change: Partial<RunSnapshot>): void {
    this.branches.changeRun(key, change);
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
