import {runsToCancel, runToSteer} from '../session/barge-in.ts';
import {SessionError} from '../session/errors.ts';
import type {SendIntent} from '../session/intent.ts';
import type {SessionMessage} from '../session/message.ts';
import {Outbox, type OutboxEntry, type OutboxStore, type Revision} from '../session/outbox.ts';
import {changeQueued, moveQueued, takeFromQueue} from '../session/queue.ts';
import {isRunning, type QueuedMessage, type RunSnapshot, type SessionSnapshot} from '../session/snapshot.ts';
import type {SteerTarget} from '../session/steers.ts';
import {isStoppable, runsToLeave} from '../session/stops.ts';
import type {Answers} from './answers.ts';
import type {ChannelLine} from './channel-line.ts';
import {checkMessage} from './check-message.ts';
import {Delivery} from './delivery.ts';
import {explainError} from './explain-error.ts';
import {type QueueClock, QueueKeeper} from './queue-keeper.ts';
import type {OpenQueueStore} from './queue-store.ts';
import type {Stops} from './stops.ts';
import type {Transport} from './transport.ts';

interface Room {
  readonly channel: string;
  readonly answers: Answers;
  readonly stops: Stops;
  line(): ChannelLine;
  snapshot(): SessionSnapshot;
  /** Tells the agent of a message. */
  wake(messageId: string, transport: Transport): Promise<void>;
  onChange(): void;
}

type Parts = OutboxEntry['parts'];

/** What is said in a message. */
export type Said = Pick<SendIntent, 'text' | 'files'>;

/** What a person says in an {@link AiSession}, in each policy: kept first, then brought to the channel. */
export class Sending {
  readonly outbox: Outbox;
  readonly #room: Room;
  readonly #delivery: Delivery;
  readonly #queue: QueueKeeper;
  #owner: {readonly clientId: string | undefined} | undefined;
  #isRestored = false;
  #isPlanned = false;

  constructor(room: Room, store: OutboxStore, queues: OpenQueueStore, queueClock?: QueueClock) {
    this.#room = room;
    this.outbox = new Outbox(store, () => room.onChange());
    this.#delivery = new Delivery(this.outbox, room.answers, {
      transport: () => this.#transport,
      runs: () => room.snapshot().runs,
      // While a person answers in the agents' place, agents are told only of what is asked of them expressly.
      wake: (messageId, transport) => (room.answers.isPaused ? Promise.resolve() : room.wake(messageId, transport)),
    });
    this.#queue = new QueueKeeper(queues, {
      get snapshot() {
        return room.snapshot();
      },
      isReady: () => this.#transport !== undefined,
      stops: (runs, clientId) => {
        const {isLoaded, transport: {signals}} = room.line();
        return isLoaded ? {open: signals.openStop(runs, clientId), own: signals.ownStop, end: signals.end} : undefined;
      },
      hasLeft: (id) => this.outbox.get(id) !== undefined || room.line().transport.has(id),
      say: ({id, text, files}) => this.#add(partsOf(text, files), {id}),
      onLead: () => this.#restore(),
      onChange: () => room.onChange(),
    }, queueClock);
  }

  /** Who writes here is known: what they left unsent, and their queue, are taken up. Until then nobody's are shown. */
  identify(clientId: string | undefined): void {
    if (this.#owner && this.#owner.clientId === clientId) return;
    if (!this.#owner) this.outbox.claim(clientId);
    this.#owner = {clientId};
    this.#queue.identify(clientId);
    void this.#restore();
  }

  /** What waits for the line, once it and the history are there. */
  onReady(): void {
    if (!this.#transport) return;
    this.outbox.keepOnlyOf(this.#room.snapshot().clientId);
    this.#delivery.takeUp();
    this.work();
  }

  /** Sees soon what may go now. It does not wait for a frame, which pages in the background seldom have. */
  plan(): void {
    if (this.#isPlanned || !this.#hasWork) return;
    this.#isPlanned = true;
    queueMicrotask(() => {
      this.#isPlanned = false;
      this.work();
    });
  }

  work(): void {
    this.#delivery.pump();
    this.#queue.work();
  }

  queueSlices(conversation: Pick<SessionSnapshot, 'messages' | 'runs'>): Pick<SessionSnapshot, 'queue' | 'queueHold'> {
    return this.#queue.slices(conversation);
  }

  /** Keeps the message, and lets it and the stops that go with it find their way: neither waits for the line. Resolves when it is kept. */
  async send({text, files = [], policy = 'interrupt'}: SendIntent): Promise<void> {
    const parts = this.#checked({text, files});
    if (policy === 'queue') {
      await this.#queue.add({id: crypto.randomUUID(), text, files, createdAt: Date.now()});
      return;
    }
    this.say(parts, runsToCancel(policy, this.#room.snapshot().runs), policy === 'steer' ? this.#steerTarget() : undefined);
    await this.outbox.whenKept();
  }

  /** Says something with a run of its own, or into one, in place of the runs that are named. */
  say(parts: Parts, instead: readonly RunSnapshot[], steer?: SteerTarget): void {
    // A stop that cannot be asked for is no reason to keep the message back; what runs on shows in its own state.
    this.cancel(instead).catch(() => undefined);
    this.resumeQueue();
    this.#add(parts, {steer});
    this.#delivery.pump();
  }

  /** Says something in place of an earlier message, and of the runs that are at work, or wait in what is left. */
  revise(said: Said, edits: Revision): void {
    const parts = this.#checked(said);
    this.cancel(runsToLeave(edits.messageId, this.#room.snapshot())).catch(() => undefined);
    this.resumeQueue();
    this.#add(parts, {edits});
    this.#delivery.pump();
  }

  /** A person's stop: of one run, or of all. */
  async stop(key: string | undefined): Promise<void> {
    const runs = this.#room.snapshot().runs.filter((run) => (key === undefined ? isRunning(run) : run.key === key && isStoppable(run)));
    const held = this.#queue.hold();
    await Promise.all([held, this.cancel(runs)]);
  }

  async cancel(runs: readonly RunSnapshot[]): Promise<void> {
    const {stops} = this.#room;
    const {transport} = this.#room.line();
    await Promise.all(runs.map(async (run) => {
      stops.request(run);
      try {
        await transport.cancel(run);
      } catch (failure) {
        stops.settle(run);
        this.#room.onChange();
        throw explainError(failure, 'cancel', this.#room.channel);
      }
    }));
  }

  retry(messageId: string): void {
    this.#queue.resume(messageId).catch(() => undefined);
    const entry = this.outbox.get(messageId);
    const {messages, runs} = this.#room.snapshot();
    const message = messages.find(({id}) => id === messageId);
    if (entry) this.#delivery.retry(entry);
    else if (message?.steer !== undefined) this.say(contentOf(message), runsToCancel('interrupt', runs));
    else this.#askAgain(messageId, runs);
  }

  async discard(messageId: string): Promise<void> {
    if (this.#queue.has(messageId)) return this.#queue.change((queue) => takeFromQueue(queue, messageId));
    if (this.outbox.get(messageId)) this.outbox.remove(messageId);
    else if (this.#room.snapshot().messages.some(({id, steer}) => id === messageId && steer !== undefined)) {
      // What was said cannot be unsaid, but need not hold anything back.
      await this.#queue.release();
    }
  }

  async changeQueued(messageId: string, text: string): Promise<void> {
    await this.#queue.change((queue) => {
      const next = changeQueued(queue, messageId, text);
      this.#checkMessage(partsOf(text, next.entries.find(({id}) => id === messageId)?.files ?? []));
      return next;
    });
  }

  async moveQueued(messageId: string, index: number): Promise<void> {
    await this.#queue.change((queue) => moveQueued(queue, messageId, index));
  }

  /** The person goes on in another way than by saying something: a stop is over. */
  resumeQueue(): void {
    this.#queue.resume().catch(() => undefined);
  }

  async releaseQueue(): Promise<void> {
    await this.#queue.goOn();
  }

  close(): void {
    this.#delivery.close();
    this.#queue.close();
    this.outbox.close();
  }

  /** The transport to publish through, once it is known what is on it and what was left to send. */
  get #transport(): Transport | undefined {
    return this.#isRestored ? this.#room.line().ready : undefined;
  }

  get #hasWork(): boolean {
    return this.outbox.entries.length > 0 || !this.#queue.isEmpty;
  }

  /** Takes up what pages that are gone have left. */
  async #restore(): Promise<void> {
    await this.outbox.restore();
    // Before anything is shown: what others have left is theirs.
    this.outbox.keepOnlyOf(this.#owner?.clientId);
    this.#isRestored = true;
    this.onReady();
  }

  #add(parts: Parts, {id = crypto.randomUUID(), ...how}: {id?: string} & Pick<OutboxEntry, 'steer' | 'edits'> = {}): void {
    // The token may tell who writes before there is a connection.
    const clientId = this.#room.snapshot().clientId ?? this.#owner?.clientId;
    this.outbox.add({id, parts, createdAt: Date.now(), clientId, ...how});
  }

  /** The run that a steer joins, which may be that of a message still on its way; undefined where there is none. */
  #steerTarget(): SteerTarget | undefined {
    const run = runToSteer(this.#room.snapshot().runs);
    if (run) return {runId: run.runId, inputId: run.inputId};
    const unsent = this.outbox.entries.findLast(({state, steer}) => steer === undefined && (state === 'queued' || state === 'sending'));
    return unsent && {runId: undefined, inputId: unsent.id};
  }

  #askAgain(messageId: string, runs: readonly RunSnapshot[]): void {
    const {answers, stops, channel, line, wake} = this.#room;
    const earlier = runs.filter((run) => run.inputId === messageId && run.runId !== undefined);
    stops.settle({runId: undefined, inputId: messageId});
    // A run whose agent is gone may be taken up again by that very agent, rather than begun anew.
    answers.expect(messageId, earlier.map(({key}) => key), earlier.filter(isOpen));
    wake(messageId, line().transport).catch((failure: unknown) => answers.fail(messageId, explainError(failure, 'run', channel)));
  }

  /** @throws {SessionError} where it cannot be said. */
  #checked({text, files = []}: Said): Parts {
    if (text.trim() === '' && files.length === 0) throw new SessionError('The message is empty, so it was not sent.', {kind: 'input'});
    const parts = partsOf(text, files);
    this.#checkMessage(parts);
    this.#room.line().checkMayPublish();
    return parts;
  }

  #checkMessage(parts: Parts): void {
    checkMessage(parts, this.#room.line());
  }
}

function isOpen({status}: RunSnapshot): boolean {
  return status === 'lost' || status === 'suspended' || status === 'active';
}

function partsOf(text: string, files: QueuedMessage['files']): Parts {
  return [...(text === '' ? [] : [{type: 'text' as const, text}]), ...files];
}

/** What a message says, to be said once more. */
function contentOf({parts}: SessionMessage): Parts {
  return parts.flatMap((part) => {
    if (part.type === 'text') return {type: part.type, text: part.text};
    return part.type === 'file' ? {...part} : [];
  });
}
