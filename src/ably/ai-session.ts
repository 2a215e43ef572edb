import {nextFrame} from '../internal/frame.ts';
import type {Unsubscribe} from '../internal/listeners.ts';
import {runsToCancel} from '../session/barge-in.ts';
import {ChangeFeed} from '../session/change-feed.ts';
import {SessionError} from '../session/errors.ts';
import type {ToolHandler} from '../session/client-tools.ts';
import type {Intent, SendIntent} from '../session/intent.ts';
import {keepIfEqual} from '../session/keep-identity.ts';
import {Outbox, type OutboxStore, type Revision} from '../session/outbox.ts';
import type {Session, SessionChange} from '../session/session.ts';
import type {Invocation, SessionSettings} from '../session/settings.ts';
import {type HistorySnapshot, isRunning, type RunSnapshot, type SessionSnapshot} from '../session/snapshot.ts';
import {Answers} from './answers.ts';
import {Asks} from './asks.ts';
import {Branches} from './branches.ts';
import {type BranchStore, LocalBranchStore} from './branch-store.ts';
import {ChannelLine} from './channel-line.ts';
import type {LiveTypes} from './live-edits.ts';
import {AblyLiveState} from './live-objects.ts';
import {joinPresence} from './join-presence.ts';
import {PresenceWatch} from './presence-watch.ts';
import type {Connection} from './connection.ts';
import {checkSize} from './check-size.ts';
import {Delivery} from './delivery.ts';
import {explainError, isTransient} from './explain-error.ts';
import {Revisions} from './revisions.ts';
import {Stops} from './stops.ts';
import {TranscriptReader} from './transcript.ts';
import type {Transport} from './transport.ts';
import {wakeAgent} from './wake-agent.ts';

const defaultPageSize = 30;

/** A {@link Session} on an Ably channel, by AI Transport. */
export class AiSession implements Session {
  readonly channel: string;
  readonly state: AblyLiveState;
  readonly #settings: SessionSettings;
  readonly #connection: Connection;
  readonly #line: ChannelLine;
  readonly #feed = new ChangeFeed(nextFrame, () => this.#derive());
  readonly #reader = new TranscriptReader();
  readonly #invalidate = (): void => this.#feed.invalidate();
  readonly #stops = new Stops(this.#invalidate);
  readonly #answers = new Answers(this.#invalidate);
  readonly #presence = new PresenceWatch(this.#invalidate);
  readonly #outbox: Outbox;
  readonly #delivery: Delivery;
  readonly #asks: Asks;
  readonly #branches: Branches;
  readonly #revisions: Revisions;
  readonly #closing = new AbortController();

  constructor(connection: Connection, settings: SessionSettings, store: OutboxStore, branches: BranchStore = new LocalBranchStore(settings.channel)) {
    this.channel = settings.channel;
    this.#settings = {...settings};
    this.#connection = connection;
    this.state = new AblyLiveState({
      channelName: this.channel,
      connectionId: () => connection.client.connection.id, needObjects: () => this.#line.needObjects(),
    });
    this.#outbox = new Outbox(store, this.#invalidate);
    this.#delivery = new Delivery(this.#outbox, this.#answers, {
      transport: () => this.#line.ready,
      wake: (messageId, transport) => (this.#answers.isPaused ? Promise.resolve() : this.#wake(messageId, transport)),
    });
    this.#line = new ChannelLine(connection, this.channel, {
      onChange: this.#invalidate,
      onContent: (messageId) => this.#feed.touch(messageId),
      onState: () => this.#onLineState(),
      onJoined: (transport, types) => this.#onJoined(transport, types),
      onObjectsFailed: (error) => this.state.fail(error),
      load: (transport) => this.#load(transport),
    });
    const host = {
      presence: this.#presence,
      snapshot: () => this.snapshot,
      ready: () => this.#line.ready,
      transport: () => this.#line.transport,
      checkMayPublish: () => this.#line.checkMayPublish(),
      maxMessageBytes: () => this.#line.maxMessageBytes,
      wake: (invocation: Invocation, messageId: string) => wakeAgent(invocation, this.#settings, {messageId, signal: this.#closing.signal}),
      wakeFor: (messageId: string, transport: Transport) => this.#wake(messageId, transport),
      cancel: (runs: readonly RunSnapshot[]) => this.#cancel(runs),
      keep: (said: Pick<SendIntent, 'text' | 'files'>, edits: Revision) => this.#send({...said, type: 'send'}, edits),
      invalidate: this.#invalidate,
    };
    this.#asks = new Asks(host);
    this.#branches = new Branches(branches);
    this.#revisions = new Revisions(host, this.#branches, this.#answers);
    this.#answers.pauseWhileHandedOver(this.state);
    this.#onLineState();
    void this.#outbox.restore().then(() => this.#onReady());
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
        this.#send(intent);
        return;
      case 'cancel':
        return this.#cancel(this.snapshot.runs.filter((run) => isRunning(run) && (intent.run === undefined || run.key === intent.run)));
      case 'retry':
        this.#retry(intent.messageId);
        return;
      case 'discard':
        this.#outbox.remove(intent.messageId);
        return;
      case 'load-older':
        return this.#loadOlder(intent.limit);
      case 'edit':
        this.#revisions.edit(intent);
        return;
      case 'regenerate':
        return this.#revisions.regenerate(intent);
      case 'select-branch':
        this.#revisions.select(intent);
        return;
      case 'respond':
        return this.#asks.respond(intent);
      case 'change-queued':
      case 'move-queued':
        throw new Error(`${intent.type} is being built`);
    }
  }

  offerTools(handler: ToolHandler): Unsubscribe {
    return this.#asks.offer(handler);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#delivery.close();
    this.#stops.close();
    this.#answers.close();
    this.#asks.close();
    this.#outbox.close();
    this.#presence.stop();
    this.state.close();
    this.#feed.close();
    await this.#line.close();
  }

  #derive(): Partial<SessionSnapshot> {
    const {transport, isReopening} = this.#line;
    // What was there stays until the new transport has it too.
    if (isReopening) return {};
    const {clientId, connection, agents, people, runs} = this.#feed.snapshot;
    const versions = this.#branches.settle(transport, clientId);
    const transcript = this.#reader.read({
      versions,
      transport, outbox: this.#outbox, stops: this.#stops, answers: this.#answers, clientId, isConnected: connection.state === 'connected',
    });
    this.#expectAnswerToLast(transcript.messages.at(-1), transcript.runs);
    const {messages} = transcript;
    const told = this.#asks.withFailures(transcript.runs);
    const joined = joinPresence(this.#presence, {messages, runs: told}, {agents, people, runs});
    // Later: what is done there reads the snapshot that is being made here.
    queueMicrotask(() => this.#asks.look());
    return {messages, ...joined, approvals: this.#asks.read({messages, runs: told})};
  }

  #onJoined({channel, modes = []}: Transport, types: LiveTypes | undefined): void {
    const {clientId} = this.#connection.client.auth;
    this.#presence.follow(channel, modes, {mayEnter: clientId !== '' && clientId !== '*'});
    if (types) void this.state.follow(channel, modes, types);
  }

  /** The newest message may have been sent from elsewhere, or before a reload: it waits for an answer all the same. */
  #expectAnswerToLast(last: SessionSnapshot['messages'][number] | undefined, runs: readonly RunSnapshot[]): void {
    if (last?.role !== 'user' || last.runId !== undefined || last.delivery !== 'sent') return;
    if (runs.some((run) => run.inputId === last.id)) return;
    this.#answers.expect(last.id);
  }

  #onLineState(): void {
    const {connection} = this.#feed.snapshot;
    const clientId = this.#connection.client.auth.clientId;
    this.#feed.update({
      connection: keepIfEqual(connection, this.#line.snapshot),
      clientId: clientId === '' || clientId === '*' ? undefined : clientId,
    });
    this.#invalidate();
    this.#onReady();
  }

  /** What waits for the line, once it and the history are there. */
  #onReady(): void {
    if (!this.#line.ready) return;
    this.#outbox.keepOnlyOf(this.snapshot.clientId);
    this.#delivery.takeUp();
    this.#delivery.pump();
  }

  async #load(transport: Transport): Promise<void> {
    const shown = this.snapshot.messages.filter(({delivery}) => delivery === 'sent').length;
    try {
      await transport.view.loadOlder(Math.max(shown, this.#pageSize));
      // A run that was active before this page came may have lost its agent long ago.
      if (transport.view.runs().some(({status}) => status === 'active')) void this.#presence.lookBack();
      this.#setHistory({state: 'ready', hasOlder: transport.view.hasOlder(), error: undefined});
    } catch (failure) {
      this.#setHistory({state: 'failed', error: explainError(failure, 'history', this.channel)});
      // Without the right to read it there is no history, but there is a conversation; anything else is tried again.
      if (isTransient(failure)) throw failure;
    }
  }

  /** Keeps the message, and lets it and the stops that go with it find their way: neither waits for the line. */
  #send({text, files = [], policy = 'interrupt'}: SendIntent, edits?: Revision): void {
    if (text.trim() === '' && files.length === 0) throw new SessionError('The message is empty, so it was not sent.', {kind: 'input'});
    const parts = [...(text === '' ? [] : [{type: 'text' as const, text}]), ...files];
    checkSize(parts, this.#line.maxMessageBytes);
    this.#line.checkMayPublish();
    const stops = this.#cancel(runsToCancel(policy, this.snapshot.runs));
    this.#outbox.add({id: crypto.randomUUID(), parts, createdAt: Date.now(), clientId: this.snapshot.clientId, ...(edits ? {edits} : {})});
    this.#delivery.pump();
    // A stop that cannot be asked for is no reason to keep the message back; what runs on shows in its own state.
    void stops.catch(() => undefined);
  }

  async #cancel(runs: readonly RunSnapshot[]): Promise<void> {
    const {transport} = this.#line;
    await Promise.all(runs.map(async (run) => {
      this.#stops.request(run);
      try {
        await transport.cancel(run);
      } catch (failure) {
        this.#stops.settle(run);
        this.#invalidate();
        throw explainError(failure, 'publish', this.channel);
      }
    }));
  }

  #retry(messageId: string): void {
    const entry = this.#outbox.get(messageId);
    if (entry) {
      this.#delivery.retry(entry);
      return;
    }
    const earlier = this.snapshot.runs.filter((run) => run.inputId === messageId).flatMap(({runId}) => runId ?? []);
    this.#answers.expect(messageId, earlier);
    this.#wake(messageId, this.#line.transport).catch((failure: unknown) => {
      this.#answers.fail(messageId, explainError(failure, 'run', this.channel));
    });
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
