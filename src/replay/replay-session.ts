import {nextFrame} from '../internal/frame.ts';
import type {Unsubscribe} from '../internal/listeners.ts';
import {ChangeFeed, type Scheduler, textPauses} from '../session/change-feed.ts';
import {SessionError} from '../session/errors.ts';
import type {Intent} from '../session/intent.ts';
import type {LiveState} from '../session/live-state.ts';
import type {MessagePart, SessionMessage} from '../session/message.ts';
import type {Session, SessionChange} from '../session/session.ts';
import {initialSnapshot, type RunSnapshot, type SessionSnapshot} from '../session/snapshot.ts';
import {MemoryState} from '../testing/memory-state.ts';
import {errorOf, type Json, type RecordedEvent, type Recording, shiftTimes, shiftTimesAt} from './recording.ts';

/** When something is done later; gives what calls it off. */
export type After = (ms: number, then: () => void) => Unsubscribe;

export interface ReplayOptions {
  /** How many times faster than it went: 1 when absent; `Infinity` shows everything at once. */
  speed?: number;
  /** When changes are announced; the next animation frame when absent. */
  schedule?: Scheduler;
  /** When what comes next is played; a timer of the page when absent. */
  after?: After;
  /** The time, in ms since the epoch. */
  now?: () => number;
}

/** Nobody wants to watch somebody think: a longer pause is cut to this, in ms. */
const longestPause = 2500;

/** A session that goes as a recorded one went. Nothing can be said in it. */
export class ReplaySession implements Session {
  readonly channel = 'recording';
  readonly #events: readonly RecordedEvent[];
  readonly #speed: number;
  readonly #after: After;
  readonly #feed: ChangeFeed;
  readonly #state: MemoryState;
  readonly #messages = new Map<string, SessionMessage>();
  /** What is added to the recording's times to make them this page's. */
  readonly #origin: number;
  #next = 0;
  #cancel: Unsubscribe | undefined;

  constructor(recording: Recording, {speed = 1, schedule: own, after = later, now = Date.now}: ReplayOptions = {}) {
    this.#events = recording.events;
    this.#speed = speed;
    this.#after = after;
    this.#origin = speed === Infinity ? now() - recording.duration : now();
    const schedule = own ?? nextFrame;
    this.#feed = new ChangeFeed({schedule, textPauses: own ? undefined : textPauses});
    this.#state = new MemoryState(schedule);
    // For as long as there is a recording, its state is here, and nobody may write to it.
    this.#state.open();
    this.#state.setStatus({isWritable: false});
    this.#state.refuseWrites(refusal());
    this.#feed.update({connection: {state: 'connected', error: undefined}, history: {...initialSnapshot.history, state: 'ready'}, clientId: recording.clientId});
    this.#playUntil(0);
    this.#feed.flush();
  }

  get state(): LiveState {
    return this.#state;
  }

  get snapshot(): SessionSnapshot {
    return this.#feed.snapshot;
  }

  /** Whether everything has been played. */
  get isOver(): boolean {
    return this.#next >= this.#events.length;
  }

  subscribe(listener: (change: SessionChange) => void): Unsubscribe {
    return this.#feed.subscribe(listener);
  }

  dispatch(intent: Intent): Promise<void> {
    return intent.type === 'load-older' ? Promise.resolve() : Promise.reject(refusal());
  }

  /** A recording calls no tools. */
  offerTools(): Unsubscribe {
    return () => undefined;
  }

  /** Goes on from where it is. */
  play(): void {
    this.pause();
    const event = this.#events[this.#next];
    if (!event) return;
    const wait = this.#speed === Infinity ? 0 : Math.min(longestPause, event.at - (this.#events[this.#next - 1]?.at ?? 0)) / this.#speed;
    if (wait <= 0) {
      this.#playUntil(this.#speed === Infinity ? Infinity : event.at);
      this.play();
      return;
    }
    this.#cancel = this.#after(wait, () => {
      this.#playUntil(event.at);
      this.play();
    });
  }

  pause(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #playUntil(at: number): void {
    for (let event = this.#events[this.#next]; event && event.at <= at; event = this.#events[this.#next]) {
      this.#next++;
      this.#apply(event);
    }
  }

  #apply(event: RecordedEvent): void {
    switch (event.type) {
      case 'message':
        return this.#message(shiftTimes(event.message, this.#origin) as unknown as SessionMessage & {error: unknown}); // as it was recorded
      case 'messages':
        return this.#feed.update({messages: event.ids.flatMap((id) => this.#messages.get(id) ?? [])});
      case 'text': {
        const part = this.#messages.get(event.id)?.parts[event.part];
        if (part?.type !== 'text' && part?.type !== 'reasoning') return;
        part.text += event.delta;
        return this.#feed.touch(event.id);
      }
      case 'part': {
        // The same list: parts are changed in place, as AI Transport does.
        const parts = this.#messages.get(event.id)?.parts as MessagePart[] | undefined;
        if (!parts) return;
        parts[event.part] = structuredClone(event.value) as unknown as MessagePart; // as it was recorded
        return this.#feed.touch(event.id);
      }
      case 'state':
        return this.#state.receive(event.path, event.value === undefined ? undefined : shiftTimesAt(event.path, event.value, this.#origin));
      case 'runs':
      case 'agents':
      case 'people':
      case 'approvals':
      case 'connection':
        return this.#feed.update({[event.type]: withErrors(shiftTimes(event.value, this.#origin))});
    }
  }

  #message(message: SessionMessage): void {
    const known = this.#messages.get(message.id);
    const next = {...message, error: errorOf(message.error), parts: structuredClone(message.parts)};
    this.#messages.set(message.id, next);
    if (known) this.#feed.update({messages: this.snapshot.messages.map((other) => (other === known ? next : other))});
  }
}

function withErrors(value: Json): unknown {
  if (Array.isArray(value)) return (value as readonly Json[]).map(withErrors);
  if (typeof value !== 'object' || value === null || !('error' in value)) return value;
  return {...value, error: errorOf((value as unknown as RunSnapshot).error)};
}

function refusal(): SessionError {
  return new SessionError('This is a recording: nothing can be said or changed in it.', {kind: 'input'});
}

const later: After = (ms, then) => {
  const timer = setTimeout(then, ms);
  return () => clearTimeout(timer);
};
