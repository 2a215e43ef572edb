import type {Unsubscribe} from '../internal/listeners.ts';
import {warnOnce} from '../internal/warn.ts';
import type {LiveChange} from '../session/live-state.ts';
import type {MessagePart, SessionMessage} from '../session/message.ts';
import type {Session, SessionChange} from '../session/session.ts';
import type {SessionSnapshot} from '../session/snapshot.ts';
import {type Json, type JsonObject, type RecordedEvent, recordedSlices, type Recording, shiftTimes, shiftTimesAt, toJson} from './recording.ts';

/** More than an hour of streaming; beyond it the tab's memory counts more than the recording. */
const mostEvents = 100_000;

/** A part as it was last written down. */
interface Written {
  readonly rest: string;
  readonly text: string;
}

/** Writes down what happens in a session, from now on. It holds ids and texts as they are: scrub it before giving it away. */
export class Recorder {
  readonly #session: Session;
  readonly #now: () => number;
  readonly #start: number;
  readonly #events: RecordedEvent[] = [];
  readonly #parts = new Map<string, Written[]>();
  readonly #stops: Unsubscribe[];
  #isFull = false;

  constructor(session: Session, now: () => number = Date.now) {
    this.#session = session;
    this.#now = now;
    this.#start = now();
    const {snapshot, state} = session;
    for (const name of recordedSlices) this.#slice(name, snapshot);
    this.#messages(snapshot.messages, []);
    if (state.snapshot.status === 'ready') this.#state([{path: '', previous: undefined, value: state.snapshot.root, origin: 'remote'}]);
    this.#stops = [session.subscribe((change) => this.#note(change)), state.subscribe((changes) => this.#state(changes))];
  }

  stop(): void {
    for (const stop of this.#stops) stop();
  }

  /** All that has happened until now. */
  recording(): Recording {
    const {clientId} = this.#session.snapshot;
    return {format: 'agent-session-recording', version: 1, ...(clientId === undefined ? {} : {clientId}), duration: this.#now() - this.#start, events: [...this.#events]};
  }

  #note({snapshot, previous, messageIds}: SessionChange): void {
    for (const name of recordedSlices) if (slice(snapshot, name) !== slice(previous, name)) this.#slice(name, snapshot);
    if (snapshot.messages !== previous.messages) this.#messages(snapshot.messages, previous.messages);
    for (const message of snapshot.messages) if (messageIds.has(message.id)) this.#partsOf(message);
  }

  #slice(name: (typeof recordedSlices)[number], snapshot: SessionSnapshot): void {
    const value = slice(snapshot, name);
    if (value !== undefined) this.#add({type: name, value: this.#json(value)});
  }

  #messages(messages: readonly SessionMessage[], previous: readonly SessionMessage[]): void {
    const before = new Map(previous.map((message) => [message.id, message]));
    for (const message of messages) {
      if (before.get(message.id) === message) continue;
      this.#parts.set(message.id, message.parts.map(written));
      this.#add({type: 'message', message: this.#json(message) as JsonObject}); // a message is an object
    }
    const ids = messages.map(({id}) => id);
    if (ids.length !== previous.length || ids.some((id, index) => id !== previous[index]?.id)) this.#add({type: 'messages', ids});
  }

  #partsOf({id, parts}: SessionMessage): void {
    const known = this.#parts.get(id) ?? [];
    for (const [part, value] of parts.entries()) {
      const now = written(value);
      const before = known[part];
      known[part] = now;
      if (before?.rest !== now.rest || !now.text.startsWith(before.text)) this.#add({type: 'part', id, part, value: this.#json(value)});
      else if (now.text.length > before.text.length) this.#add({type: 'text', id, part, delta: now.text.slice(before.text.length)});
    }
    this.#parts.set(id, known);
  }

  #state(changes: readonly LiveChange[]): void {
    for (const {path, value} of changes) this.#add({type: 'state', path, ...(value === undefined ? {} : {value: shiftTimesAt(path, toJson(value), -this.#start)})});
  }

  #json(value: unknown): Json {
    return shiftTimes(toJson(value), -this.#start);
  }

  #add(event: DistributiveOmit<RecordedEvent, 'at'>): void {
    if (this.#isFull) return;
    this.#isFull = this.#events.length >= mostEvents;
    if (this.#isFull) return warnOnce(`The recording of this session is full: it holds ${mostEvents} changes, and what comes now is not in it.`);
    this.#events.push({at: this.#now() - this.#start, ...event});
  }
}

/** `Omit` for each member of a union. */
type DistributiveOmit<T, Key extends PropertyKey> = T extends unknown ? Omit<T, Key> : never;

const slice = (snapshot: SessionSnapshot, name: string): unknown => (snapshot as unknown as Record<string, unknown>)[name]; // by its name

/** Text that grows apart from everything else that a part says. */
function written(part: MessagePart): Written {
  const {text = '', ...rest} = part as {text?: string}; // parts with a text have it as a string
  return {rest: JSON.stringify(rest), text};
}
