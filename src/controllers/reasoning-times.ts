import type {ReactiveController} from 'lit';
import type {MessagePart} from '../session/index.ts';
import {type SessionHost, SessionSource} from './session-source.ts';

interface Span {
  readonly begin: number;
  end: number | undefined;
}

/** Measures how long agents reason, as seen from here: parts carry no times. What history brings has none. */
export class ReasoningTimes implements ReactiveController {
  readonly #source: SessionSource;
  readonly #spans = new Map<string, Span>();
  #stop: (() => void) | undefined;

  constructor(host: SessionHost) {
    this.#source = SessionSource.of(host);
    host.addController(this);
  }

  /** How long a part took, in ms; undefined while it goes on, and where it was not seen to begin. */
  durationOf(messageId: string, index: number): number | undefined {
    const span = this.#spans.get(`${messageId} ${index}`);
    return span?.end === undefined ? undefined : span.end - span.begin;
  }

  hostConnected(): void {
    this.#stop = this.#source.onChange(({snapshot, previous, messageIds}) => {
      const isListNew = snapshot.messages !== previous.messages;
      const active = new Set(snapshot.runs.filter(({status}) => status === 'active').map(({runId}) => runId));
      for (const {id, runId, parts} of snapshot.messages) {
        if ((isListNew || messageIds.has(id)) && runId !== undefined) this.#measure(id, parts, active.has(runId));
      }
    });
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  #measure(messageId: string, parts: readonly MessagePart[], isWriting: boolean): void {
    parts.forEach((part, index) => {
      if (part.type !== 'reasoning') return;
      const key = `${messageId} ${index}`;
      const isGoingOn = isWriting && part.state !== 'done' && index === parts.length - 1;
      const span = this.#spans.get(key);
      if (isGoingOn && !span) this.#spans.set(key, {begin: Date.now(), end: undefined});
      else if (!isGoingOn && span) span.end ??= Date.now();
    });
  }
}
