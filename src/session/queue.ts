import {SessionError} from './errors.ts';
import type {SessionMessage} from './message.ts';
import type {QueuedMessage, QueueHold, RunSnapshot, SessionSnapshot} from './snapshot.ts';

/** How many messages may wait. */
export const queueLimit = 20;

/** The queue of one person on one channel, as it is kept. It is never changed in place. */
export interface Queue {
  /** The next one first. */
  readonly entries: readonly QueuedMessage[];
  /** Whether the person has stopped a run since they last sent anything. */
  readonly isStopped: boolean;
  /** The message that the person let the queue go past, whatever became of it. */
  readonly passed: string | undefined;
  /** The place on the channel, a serial, up to which no stop holds it. */
  readonly passedStop?: string;
  /** The runs, by their keys, that it does not wait for while they wait for somebody. */
  readonly passedRuns?: readonly string[];
}

export const emptyQueue: Queue = {entries: [], isStopped: false, passed: undefined};

/** @throws {SessionError} of kind `input` where the queue is full. */
export function enqueue(queue: Queue, entry: QueuedMessage): Queue {
  if (queue.entries.length >= queueLimit) {
    throw new SessionError(`The message was not queued: ${queueLimit} messages wait already.`, {
      kind: 'input',
      hint: 'Take one out of the queue, or send this one in another way.',
    });
  }
  return {...queue, entries: [...queue.entries, entry]};
}

/** @throws {SessionError} of kind `input` where the text is empty, or the message does not wait any more. */
export function changeQueued(queue: Queue, id: string, text: string): Queue {
  const entry = entryOf(queue, id);
  if (text.trim() === '' && entry.files.length === 0) {
    throw new SessionError('The message would be empty, so it was left as it was.', {kind: 'input', hint: 'To take it out of the queue, discard it.'});
  }
  return {...queue, entries: queue.entries.map((other) => (other === entry ? {...entry, text} : other))};
}

/** @throws {SessionError} of kind `input` where the message does not wait any more. */
export function moveQueued(queue: Queue, id: string, index: number): Queue {
  const entry = entryOf(queue, id);
  const others = queue.entries.filter((other) => other !== entry);
  const place = Math.min(Math.max(Math.trunc(index), 0), others.length);
  return {...queue, entries: [...others.slice(0, place), entry, ...others.slice(place)]};
}

export function takeFromQueue(queue: Queue, id: string): Queue {
  return queue.entries.some((entry) => entry.id === id) ? {...queue, entries: queue.entries.filter((entry) => entry.id !== id)} : queue;
}

/** Holds the queue until the person sends anything, where something waits in it. */
export function stopQueue(queue: Queue): Queue {
  return queue.isStopped || queue.entries.length === 0 ? queue : {...queue, isStopped: true};
}

export interface Conversation extends Pick<SessionSnapshot, 'messages' | 'runs'> {
  /** The newest stop on the channel that nobody has gone on after, by its serial. */
  readonly stop?: string | undefined;
  /** The newest place on the channel that is known, by its serial. */
  readonly end?: string | undefined;
}

/** The person has sent something directly: a stop is over. What else holds the queue is for that message to free. */
export function resumeQueue(queue: Queue, end?: string): Queue {
  return passStops(queue.isStopped ? {...queue, isStopped: false} : queue, end);
}

/** Stops up to a place on the channel hold the queue no more. */
export function passStops(queue: Queue, end: string | undefined): Queue {
  return isNotPassed(queue, end) && queue.entries.length > 0 ? {...queue, passedStop: end} : queue;
}

function isNotPassed({passedStop = ''}: Queue, serial: string | undefined): serial is string {
  return serial !== undefined && serial > passedStop;
}

/** The person asks once more for what the queue was let go past: it counts again. */
export function countAgain(queue: Queue, id: string): Queue {
  return queue.passed === id ? {...queue, passed: undefined} : queue;
}

/** Lets the queue go on, past whatever holds it now. */
export function releaseQueue(queue: Queue, conversation: Conversation): Queue {
  const going = resumeQueue(queue, conversation.end);
  return heldBySaid(going, conversation) === undefined ? going : {...going, passed: lastOwn(conversation.messages)?.id};
}

/** Lets the queue go on beside the runs that wait for somebody now. */
export function passWaiting(queue: Queue, runs: readonly RunSnapshot[]): Queue {
  const keys = runs.filter(({status}) => status === 'suspended').map(({key}) => key);
  const {passedRuns = []} = queue;
  return queue.entries.length === 0 || (keys.length === passedRuns.length && keys.every((key) => passedRuns.includes(key))) ? queue : {...queue, passedRuns: keys};
}

/**
 * What holds the queue back beyond runs that go on. What a person said last counts before what they queued: a steer that
 * was missed, or a message that failed, waits for them to say what is to become of it.
 */
export function holdOf(queue: Queue, {messages, runs, stop}: Conversation): QueueHold | undefined {
  if (queue.entries.length === 0) return undefined;
  if (queue.isStopped) return 'stopped';
  // Of a stop elsewhere it shows only afterwards whether somebody wanted quiet, or made room for what they said next.
  const holding = holdingOf(queue, runs);
  if (isNotPassed(queue, stop) && holding.length === 0) return 'stopped';
  return heldBySaid(queue, {messages, runs}) ?? heldByWaiting(holding);
}

/** What a person said last, and nobody heard. */
function heldBySaid(queue: Queue, {messages, runs}: Conversation): QueueHold | undefined {
  const last = lastOwn(messages);
  if (!last || last.id === queue.passed) return undefined;
  if (last.delivery === 'failed' && last.steer === undefined) return 'failed';
  if (last.steer === 'missed') return 'missed';
  // A steer waits for good in a run whose agent is gone.
  if (last.steer === 'waiting' && last.delivery === 'sent') return runs.some((run) => run.runId === last.runId && isHolding(run)) ? undefined : 'missed';
  return runs.some(({inputId, status}) => inputId === last.id && status === 'unanswered') ? 'failed' : undefined;
}

/** Runs that wait for somebody may do so for hours; one that is answered goes on at once, or has failed to. */
function heldByWaiting(holding: readonly RunSnapshot[]): QueueHold | undefined {
  if (holding.some(({status, stop}) => status !== 'suspended' || stop !== undefined)) return undefined;
  if (holding.some(({isAnswered}) => !isAnswered)) return 'waiting';
  return holding.some(({error}) => error !== undefined) ? 'failed' : undefined;
}

/** Whether the next message's turn has come. */
export function mayDrain(queue: Queue, conversation: Conversation): boolean {
  if (queue.entries.length === 0 || holdOf(queue, conversation) !== undefined) return false;
  const {messages, runs} = conversation;
  // What is on its way starts a run before long.
  return holdingOf(queue, runs).length === 0 && !messages.some(({delivery}) => delivery === 'queued' || delivery === 'sending');
}

/** The runs that the queue waits for. */
function holdingOf({passedRuns}: Queue, runs: readonly RunSnapshot[]): readonly RunSnapshot[] {
  return runs.filter((run) => isHolding(run) && !(run.status === 'suspended' && passedRuns?.includes(run.key) === true));
}

/** Whether messages wait for this run. One whose agent is gone, or does not heed a stop, is not waited for. */
function isHolding({status, stop}: RunSnapshot): boolean {
  return (status === 'starting' || status === 'active' || status === 'suspended') && stop !== 'unconfirmed';
}

/** The last thing this person said. */
function lastOwn(messages: readonly SessionMessage[]): SessionMessage | undefined {
  return messages.findLast(({mine, role}) => mine && role === 'user');
}

function entryOf({entries}: Queue, id: string): QueuedMessage {
  const entry = entries.find((candidate) => candidate.id === id);
  if (entry) return entry;
  throw new SessionError('The message does not wait in the queue any more.', {kind: 'input', hint: 'It was sent or discarded meanwhile.'});
}
