import {runsToCancel, runToSteer} from '../session/barge-in.ts';
import {SessionError} from '../session/errors.ts';
import type {Intent, SendIntent} from '../session/intent.ts';
import type {MessagePart, SessionMessage} from '../session/message.ts';
import {
  changeQueued, countAgain, emptyQueue, enqueue, holdOf, mayDrain, moveQueued, passWaiting, type Queue, releaseQueue, resumeQueue, stopQueue, takeFromQueue,
} from '../session/queue.ts';
import {isRunning, type QueuedMessage, type QueueHold, type RunSnapshot, type SessionSnapshot} from '../session/snapshot.ts';
import {steerNotSent} from '../session/steers.ts';
import {isStoppable} from '../session/stops.ts';
import type {MemoryRoom} from './memory-room.ts';

export type SendingIntent = Extract<Intent, {type: 'send' | 'cancel' | 'retry' | 'discard' | 'change-queued' | 'move-queued' | 'release-queue'}>;

type Content = Pick<QueuedMessage, 'id' | 'text' | 'files'>;

/** What a person says in a {@link MemorySession}, in each policy, and what becomes of it. */
export class MemorySending {
  readonly #host: MemoryRoom;
  readonly #confirmsStops: boolean;
  #queue: Queue = emptyQueue;
  /** The keys of the runs that steers were said into, by message id. */
  readonly #targets = new Map<string, string>();

  /** @param confirmsStops whether a cancelled run ends by itself. */
  constructor(host: MemoryRoom, confirmsStops: boolean) {
    this.#host = host;
    this.#confirmsStops = confirmsStops;
  }

  /** @throws {SessionError} when it cannot be done. */
  carryOut(intent: SendingIntent): void {
    switch (intent.type) {
      case 'send':
        this.#send(intent);
        break;
      case 'cancel':
        this.cancel(this.#runs.filter((run) => (intent.run === undefined ? isRunning(run) : run.key === intent.run && isStoppable(run))));
        this.#setQueue(stopQueue(this.#queue));
        break;
      case 'retry':
        this.#retry(intent.messageId);
        break;
      case 'discard':
        this.#discard(intent.messageId);
        break;
      case 'change-queued':
        this.#setQueue(changeQueued(this.#queue, intent.messageId, intent.text));
        break;
      case 'move-queued':
        this.#setQueue(moveQueued(this.#queue, intent.messageId, intent.index));
        break;
      case 'release-queue':
        this.#release();
        this.#setQueue(passWaiting(this.#queue, this.#runs));
    }
    this.settle();
  }

  /** The line is back: what waited for it goes out. */
  deliver(): void {
    for (const {id, parts} of this.#messages.filter(({delivery}) => delivery === 'queued')) this.#publish(id, parts, this.#targetOf(id));
    this.settle();
  }

  /** Says something in place of an earlier message. */
  say(parts: readonly MessagePart[]): void {
    this.#setQueue(resumeQueue(this.#queue));
    this.#keep(this.#host.newMessageId(), parts, undefined);
  }

  /** A run has begun that was `starting` before, under another key. */
  began(before: RunSnapshot | undefined, run: RunSnapshot): void {
    if (!before) return;
    for (const {id} of this.#waitingFor(before.key)) {
      this.#targets.set(id, run.key);
      this.#change(id, {runId: run.runId});
    }
  }

  /** The model has had what was said into the run: one message, or all that wait. */
  consume(key: string, messageId?: string): void {
    for (const {id, delivery} of this.#waitingFor(key)) {
      if (delivery === 'sent' && (messageId === undefined || id === messageId)) this.#change(id, {steer: 'consumed'});
    }
  }

  /** Draws from what the runs are doing now what becomes of steers and of the queue. */
  settle(): void {
    for (const run of this.#runs) this.#settleSteersOf(run);
    const next = this.#queue.entries[0];
    if (next && this.#isConnected && mayDrain(this.#queue, this.#host.snapshot())) {
      this.#queue = takeFromQueue(this.#queue, next.id);
      this.#say(next, undefined);
    }
    this.#setQueue(this.#queue);
  }

  #send({text, files = [], policy = 'interrupt'}: SendIntent): void {
    if (text.trim() === '' && files.length === 0) throw new SessionError('The message is empty, so it was not sent.', {kind: 'input'});
    const content: Content = {id: this.#host.newMessageId(), text, files};
    if (policy === 'queue') {
      const queue = enqueue(this.#queue, {...content, createdAt: this.#host.now()});
      this.#setQueue(releaseQueue(queue, this.#host.snapshot()));
      return;
    }
    this.cancel(runsToCancel(policy, this.#runs));
    this.#setQueue(resumeQueue(this.#queue));
    this.#say(content, policy === 'steer' ? runToSteer(this.#runs) : undefined);
  }

  #say({id, text, files}: Content, target: RunSnapshot | undefined): void {
    this.#keep(id, [...(text === '' ? [] : [{type: 'text' as const, text}]), ...files], target);
  }

  #keep(id: string, parts: readonly MessagePart[], target: RunSnapshot | undefined): void {
    const {clientId} = this.#host;
    const message: SessionMessage = {
      id, role: 'user', clientId, mine: true, createdAt: undefined, runId: target?.runId, delivery: 'queued', error: undefined,
      steer: target && 'waiting', branch: undefined, parts,
    };
    if (target) this.#targets.set(id, target.key);
    this.#host.update({messages: [...this.#messages, message]});
    if (this.#isConnected) this.#publish(id, parts, target);
  }

  #publish(id: string, parts: readonly MessagePart[], target: RunSnapshot | undefined): void {
    this.#change(id, {delivery: 'sent', error: undefined, createdAt: this.#host.now(), runId: target?.runId, steer: target && 'waiting', parts});
    if (!target) this.#expectAnswer(id);
  }

  #retry(messageId: string): void {
    const message = this.#messages.find(({id}) => id === messageId);
    if (!message) throw new SessionError(`There is no message ${messageId} to retry.`, {kind: 'input'});
    const waiting = this.#runs.find(({inputId, status, isAnswered, error}) => inputId === messageId && status === 'suspended' && (isAnswered || error !== undefined));
    if (waiting) {
      // The agent is told once more.
      this.#host.update({runs: this.#runs.map((run) => (run === waiting ? {...run, error: undefined} : run))});
      return;
    }
    this.#setQueue(countAgain(resumeQueue(this.#queue), messageId));
    if (message.steer !== undefined && message.delivery === 'sent') {
      this.cancel(runsToCancel('interrupt', this.#runs));
      this.#say(contentOf(this.#host.newMessageId(), message), undefined);
      return;
    }
    this.#publish(messageId, message.parts, undefined);
  }

  #discard(messageId: string): void {
    this.#setQueue(takeFromQueue(this.#queue, messageId));
    const message = this.#messages.find(({id}) => id === messageId);
    if (message?.steer !== undefined && message.delivery === 'sent') this.#release();
    else if (message) this.#host.update({messages: this.#messages.filter((other) => other !== message)});
  }

  #release(): void {
    this.#setQueue(releaseQueue(this.#queue, this.#host.snapshot()));
  }

  cancel(runs: readonly RunSnapshot[]): void {
    const keys = new Set(runs.map(({key}) => key));
    const change: Partial<RunSnapshot> = this.#confirmsStops ? {status: 'cancelled', stop: undefined} : {stop: 'requested'};
    if (keys.size > 0) this.#host.update({runs: this.#runs.map((run) => (keys.has(run.key) ? {...run, ...change} : run))});
  }

  #settleSteersOf(run: RunSnapshot): void {
    for (const {id, parts, delivery} of this.#waitingFor(run.key)) {
      if (run.runId !== undefined) {
        if (delivery !== 'sent') continue;
        if (run.status === 'complete' || run.status === 'cancelled' || run.status === 'error') this.#change(id, {steer: 'missed'});
      } else if (run.status === 'cancelled' || run.stop !== undefined) {
        this.#change(id, {steer: 'missed', delivery: 'failed', error: steerNotSent()});
      } else if (run.status === 'unanswered') {
        this.#publish(id, parts, undefined);
      }
    }
  }

  /** The person asks for an answer once more. */
  askAgain(inputId: string): void {
    this.#expectAnswer(inputId);
    this.#setQueue(resumeQueue(this.#queue));
  }

  #expectAnswer(inputId: string): void {
    const run: RunSnapshot = {
      key: `input:${inputId}`, runId: undefined, inputId, status: 'starting', stop: undefined, isAnswered: false, error: undefined,
      clientId: this.#host.clientId, agentId: undefined,
    };
    this.#host.update({runs: [...this.#runs.filter(({key}) => key !== run.key), run]});
  }

  #waitingFor(key: string): readonly SessionMessage[] {
    return this.#messages.filter(({id, steer}) => steer === 'waiting' && this.#targets.get(id) === key);
  }

  /** The run that a steer was said into, where it can still join it. */
  #targetOf(id: string): RunSnapshot | undefined {
    const run = this.#runs.find(({key}) => key === this.#targets.get(id));
    return run && runToSteer([run]);
  }

  /** Why the queue does not go on by itself. */
  holdIn(conversation: Pick<SessionSnapshot, 'messages' | 'runs'>): QueueHold | undefined {
    return holdOf(this.#queue, conversation);
  }

  #setQueue(queue: Queue): void {
    this.#queue = queue;
    this.#host.update({queue: queue.entries, queueHold: this.holdIn(this.#host.snapshot())});
  }

  #change(id: string, change: Partial<SessionMessage>): void {
    this.#host.update({messages: this.#messages.map((message) => (message.id === id ? {...message, ...change} : message))});
  }

  get #isConnected(): boolean {
    return this.#host.snapshot().connection.state === 'connected';
  }

  get #messages(): readonly SessionMessage[] {
    return this.#host.snapshot().messages;
  }

  get #runs(): readonly RunSnapshot[] {
    return this.#host.snapshot().runs;
  }
}

function contentOf(id: string, {parts}: SessionMessage): Content {
  return {
    id,
    text: parts.flatMap((part) => (part.type === 'text' ? part.text : [])).join('\n\n'),
    files: parts.filter((part) => part.type === 'file'),
  };
}
