import {nextFrame} from '../internal/frame.ts';
import type {Unsubscribe} from '../internal/listeners.ts';
import {ChangeFeed, textPauses} from '../session/change-feed.ts';
import {SessionError} from '../session/errors.ts';
import type {ToolHandler} from '../session/client-tools.ts';
import type {Intent} from '../session/intent.ts';
import {keepIfEqual} from '../session/keep-identity.ts';
import type {OutboxStore, Revision} from '../session/outbox.ts';
import type {Session, SessionChange} from '../session/session.ts';
import type {Invocation, SessionSettings} from '../session/settings.ts';
import type {HistorySnapshot, RunSnapshot, SessionSnapshot} from '../session/snapshot.ts';
import {Answers} from './answers.ts';
import {Asks} from './asks.ts';
import {Branches} from './branches.ts';
import {type BranchStore, LocalBranchStore} from './branch-store.ts';
import {ChannelLine} from './channel-line.ts';
import {nameIn} from './client-name.ts';
import type {LiveTypes} from './live-edits.ts';
import {AblyLiveState} from './live-objects.ts';
import {joinPresence} from './join-presence.ts';
import {PresenceWatch} from './presence-watch.ts';
import type {QueueClock} from './queue-keeper.ts';
import {type OpenQueueStore, pageQueues} from './queue-store.ts';
import {type Said, Sending} from './sending.ts';
import type {Connection} from './connection.ts';
import {expectAnswerToLast} from './expect-answer.ts';
import {explainError, isTransient} from './explain-error.ts';
import {Revisions} from './revisions.ts';
import {Stops} from './stops.ts';
import {type Transcript, TranscriptReader} from './transcript.ts';
import type {Transport} from './transport.ts';
import {wakeAgent} from './wake-agent.ts';

const defaultPageSize = 30;

/** What survives a reload, and where. */
export interface SessionStores {
  outbox: OutboxStore;
  /** In the page when absent. */
  queues?: OpenQueueStore;
  /** In `localStorage` when absent. */
  branches?: BranchStore;
  /** The real one when absent. */
  queueClock?: QueueClock;
}

/** A {@link Session} on an Ably channel, by AI Transport. */
export class AiSession implements Session {
  readonly channel: string;
  readonly state: AblyLiveState;
  readonly #settings: SessionSettings;
  readonly #connection: Connection;
  readonly #line: ChannelLine;
  readonly #feed = new ChangeFeed({schedule: nextFrame, derive: () => this.#derive(), textPauses});
  readonly #reader = new TranscriptReader();
  readonly #invalidate = (): void => {
    this.#feed.invalidate();
    this.#sending.plan();
  };
  readonly #stops = new Stops(this.#invalidate);
  readonly #answers = new Answers(this.#invalidate);
  readonly #presence = new PresenceWatch(this.#invalidate);
  readonly #sending: Sending;
  readonly #asks: Asks;
  readonly #branches: Branches;
  readonly #revisions: Revisions;
  readonly #closing = new AbortController();
  #isLooking = false;

  constructor(connection: Connection, settings: SessionSettings, {outbox, queues = pageQueues, branches = new LocalBranchStore(settings.channel), queueClock}: SessionStores) {
    this.channel = settings.channel;
    this.#settings = {...settings};
    this.#connection = connection;
    this.state = new AblyLiveState({
      channelName: this.channel,
      connectionId: () => connection.client.connection.id,
      needObjects: () => this.#line.needObjects(),
      lineError: () => this.#line.lineError,
    });
    this.#sending = new Sending({
      channel: this.channel,
      answers: this.#answers,
      stops: this.#stops,
      line: () => this.#line,
      snapshot: () => this.snapshot,
      wake: (messageId, transport) => this.#wake(messageId, transport),
      onChange: this.#invalidate,
    }, outbox, queues, queueClock);
    this.#line = new ChannelLine(connection, {name: this.channel, codec: settings.codec ?? 'vercel'}, {
      onChange: this.#invalidate,
      onContent: (messageId) => this.#feed.touch(messageId),
      onState: () => this.#onLineState(),
      onLeft: () => this.state.stop(),
      onJoined: (transport, types) => this.#onJoined(transport, types),
      onObjectsFailed: (error) => this.state.fail(error),
      load: (transport) => this.#load(transport),
    });
    const host = {
      codec: this.#line.codec,
      presence: this.#presence,
      snapshot: () => this.snapshot,
      ready: () => this.#line.ready,
      transport: () => this.#line.transport,
      checkMayPublish: () => this.#line.checkMayPublish(),
      maxMessageBytes: () => this.#line.maxMessageBytes,
      wake: (invocation: Invocation, messageId: string) => {
        const {signal} = this.#closing;
        // What a page says in leaving, of a tool that it carried out, is for the agent to hear all the same.
        return wakeAgent(invocation, this.#settings, {messageId, signal: signal.aborted ? new AbortController().signal : signal});
      },
      wakeFor: (messageId: string, transport: Transport) => this.#wake(messageId, transport),
      cancel: (runs: readonly RunSnapshot[]) => this.#sending.cancel(runs),
      resumeQueue: () => this.#sending.resumeQueue(),
      keep: (said: Said, edits: Revision) => this.#sending.revise(said, edits),
      invalidate: this.#invalidate,
    };
    this.#asks = new Asks(host);
    this.#branches = new Branches(branches);
    this.#revisions = new Revisions(host, this.#branches, this.#answers);
    this.#answers.pauseWhileHandedOver(this.state);
    this.#onLineState();
    void this.#line.open();
  }

  get snapshot(): SessionSnapshot {
    return this.#feed.snapshot;
  }

  subscribe(listener: (change: SessionChange) => void): Unsubscribe {
    return this.#feed.subscribe(listener);
  }

  /** Adds settings that another element of the same session brings: how to wake the agent may stand on only one of them. */
  configure({agentUrl, wakeAgent: wake, requestHeaders, history}: SessionSettings): void {
    const given = {agentUrl, wakeAgent: wake, requestHeaders, history};
    for (const [name, value] of Object.entries(given)) if (value !== undefined) Object.assign(this.#settings, {[name]: value});
  }

  async dispatch(intent: Intent): Promise<void> {
    if (this.#closing.signal.aborted) throw new SessionError('The session is closed.', {kind: 'closed'});
    switch (intent.type) {
      case 'send':
        return this.#sending.send(intent);
      case 'cancel':
        return this.#sending.stop(intent.run);
      case 'retry':
        if (!this.#asks.wakeAgain(intent.messageId)) this.#sending.retry(intent.messageId);
        return;
      case 'discard':
        return this.#sending.discard(intent.messageId);
      case 'change-queued':
        return this.#sending.changeQueued(intent.messageId, intent.text);
      case 'move-queued':
        return this.#sending.moveQueued(intent.messageId, intent.index);
      case 'release-queue':
        return this.#sending.releaseQueue();
      case 'load-older':
        return this.#loadOlder(intent.limit);
      case 'edit':
        this.#revisions.edit(intent);
        return this.#sending.outbox.whenKept();
      case 'regenerate':
        return this.#revisions.regenerate(intent);
      case 'select-branch':
        this.#revisions.select(intent);
        return;
      case 'respond':
        return this.#asks.respond(intent);
    }
  }

  offerTools(handler: ToolHandler): Unsubscribe {
    return this.#asks.offer(handler);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#sending.close();
    this.#stops.close();
    this.#answers.close();
    this.#asks.close();
    this.#presence.stop();
    this.state.close();
    this.#feed.close();
    await this.#line.close();
  }

  #derive(): Partial<SessionSnapshot> {
    const {transport, isReopening} = this.#line;
    // What was there stays until the new transport has it too.
    if (isReopening) return this.#sending.queueSlices(this.#feed.snapshot);
    const {clientId, connection} = this.#feed.snapshot;
    const versions = this.#branches.settle(transport, clientId);
    const read = (): Transcript => this.#reader.read({
      versions,
      transport, outbox: this.#sending.outbox, stops: this.#stops, answers: this.#answers, clientId, isConnected: connection.state === 'connected',
    });
    const first = read();
    const transcript = expectAnswerToLast(this.#answers, first, transport) ? read() : first;
    const approvals = this.#asks.read(transcript);
    const told = this.#asks.withAnswers({...transcript, approvals});
    const joined = joinPresence(this.#presence, {messages: transcript.messages, runs: told}, this.#feed.snapshot, (runId) => transport.facts.activeSince(runId));
    this.#answers.look(joined.runs);
    this.#lookLater();
    const conversation = {...joined, approvals};
    return {...conversation, ...this.#sending.queueSlices(conversation)};
  }

  /**
   * What agents ask for is taken up later: it reads the snapshot that is being made. What its own reading brings about waits
   * for the next frame, so that two of them cannot call each other for ever.
   */
  #lookLater(): void {
    if (this.#isLooking) return;
    this.#isLooking = true;
    queueMicrotask(() => {
      this.#asks.look();
      this.#isLooking = false;
    });
  }

  #onJoined({channel, modes = []}: Transport, types: LiveTypes | undefined): void {
    const {clientId} = this.#connection.client.auth;
    this.#presence.follow(channel, modes, {mayEnter: clientId !== '' && clientId !== '*'});
    if (types) void this.state.follow(channel, modes, types);
  }

  #onLineState(): void {
    const {connection} = this.#feed.snapshot;
    const now = this.#line.snapshot;
    const clientId = nameIn(this.#connection.client.auth.clientId);
    this.#feed.update({connection: keepIfEqual(connection, now), clientId});
    if (this.#line.lineError) this.state.onLineFailed();
    // Who is connected without a name is anonymous; before that, the token may tell who it will be.
    const expected = clientId ?? this.#connection.expectedClientId;
    if (expected !== undefined || now.state === 'connected') this.#sending.identify(expected);
    if (now.state === 'connected' && connection.state !== now.state) this.#asks.onLineBack();
    this.#invalidate();
    this.#onReady();
  }

  /** What waits for the line, once it and the history are there. */
  #onReady(): void {
    this.#sending.onReady();
  }

  async #load(transport: Transport): Promise<void> {
    const shown = this.snapshot.messages.filter(({delivery}) => delivery === 'sent').length;
    try {
      await transport.view.loadOlder(Math.max(shown, this.#pageSize));
      this.#reader.dropEarlier();
      // A run that was active before this page came may have lost its agent long ago.
      if (transport.runs().some(({status}) => status === 'active')) void this.#presence.lookBack();
      this.#setHistory({state: 'ready', hasOlder: transport.view.hasOlder(), error: undefined});
    } catch (failure) {
      this.#setHistory({state: 'failed', error: explainError(failure, 'history', this.channel)});
      // Without the right to read it there is no history, but there is a conversation; anything else is tried again.
      if (isTransient(failure)) throw failure;
      if (this.#line.isReopening) this.#reader.keepEarlier();
    }
  }

  async #wake(messageId: string, transport: Transport): Promise<void> {
    const invocation = transport.invocationOf(messageId);
    if (!invocation) {
      throw new SessionError('The agent cannot be asked again: the message is not on the channel any more.', {
        kind: 'agent',
        hint: 'Send the message once more.',
      });
    }
    await wakeAgent(invocation, this.#settings, {messageId, signal: this.#closing.signal});
  }

  async #loadOlder(limit = this.#pageSize): Promise<void> {
    const {transport} = this.#line;
    const {history} = this.snapshot;
    if (history.loadingOlder || history.state === 'loading') return;
    this.#setHistory({loadingOlder: true, error: undefined});
    try {
      await transport.view.loadOlder(limit);
      this.#setHistory({state: 'ready', loadingOlder: false, hasOlder: transport.view.hasOlder()});
    } catch (failure) {
      const error = explainError(failure, 'history', this.channel);
      this.#setHistory({loadingOlder: false, error});
      throw error;
    }
  }

  get #pageSize(): number {
    return this.#settings.history ?? defaultPageSize;
  }

  #setHistory(change: Partial<HistorySnapshot>): void {
    const {history} = this.#feed.snapshot;
    this.#feed.update({history: keepIfEqual(history, {...history, ...change})});
    this.#invalidate();
  }
}
