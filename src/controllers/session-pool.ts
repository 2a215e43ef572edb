import type {ReactiveController, ReactiveControllerHost} from 'lit';
import type {Unsubscribe} from '../internal/listeners.ts';
import {type Session, SessionError, type SessionHandle, type SessionSettings} from '../session/index.ts';
import {isSameSettings} from './connection-properties.ts';
import {openSession} from './session-opener.ts';

/** A session that an element holds beside others; `error` says why there is none. */
export interface PooledSession {
  readonly settings: SessionSettings;
  readonly session: Session | undefined;
  readonly error: SessionError | undefined;
}

interface Held extends PooledSession {
  readonly handle: SessionHandle | undefined;
  stop: Unsubscribe | undefined;
}

/**
 * Holds the sessions of several channels for one element, each opened once. Everything is let go when the element leaves
 * the page, and opened again when it returns.
 */
export class SessionPool implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #settings: () => readonly SessionSettings[];
  readonly #onChange: () => void;
  #held: readonly Held[] = [];
  #releaseTimer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param settings how to reach each session, asked before each update of the element
   * @param onChange called when something changed in one of them
   */
  constructor(host: ReactiveControllerHost & HTMLElement, settings: () => readonly SessionSettings[], onChange: () => void) {
    this.#host = host;
    this.#settings = settings;
    this.#onChange = onChange;
    host.addController(this);
  }

  /** In the order of the settings. */
  get sessions(): readonly PooledSession[] {
    return this.#held;
  }

  hostConnected(): void {
    clearTimeout(this.#releaseTimer);
    for (const held of this.#held) held.stop ??= held.session?.subscribe(this.#onChange);
    this.#host.requestUpdate();
  }

  hostUpdate(): void {
    if (this.#host.isConnected) this.#adopt(this.#settings());
  }

  hostDisconnected(): void {
    for (const held of this.#held) {
      held.stop?.();
      held.stop = undefined;
    }
    // An element that is only moved is back within this task.
    clearTimeout(this.#releaseTimer);
    this.#releaseTimer = setTimeout(() => {
      if (!this.#host.isConnected) this.#adopt([]);
    });
  }

  #adopt(wanted: readonly SessionSettings[]): void {
    const isSame = wanted.length === this.#held.length && wanted.every((settings, index) => isSameSettings(settings, this.#held[index]?.settings ?? {channel: ''}));
    if (isSame) return;
    const before = [...this.#held];
    this.#held = wanted.map((settings) => {
      const place = before.findIndex((held) => isSameSettings(held.settings, settings));
      return (place === -1 ? undefined : before.splice(place, 1)[0]) ?? this.#open(settings);
    });
    // After the new ones are open, so that what they have in common stays open.
    for (const {stop, handle} of before) {
      stop?.();
      handle?.release();
    }
  }

  #open(settings: SessionSettings): Held {
    try {
      const handle = openSession(settings);
      return {settings, handle, session: handle.session, error: undefined, stop: handle.session.subscribe(this.#onChange)};
    } catch (cause) {
      const error = cause instanceof SessionError ? cause : new SessionError('The session could not be opened.', {kind: 'settings', cause});
      return {settings, handle: undefined, session: undefined, error, stop: undefined};
    }
  }
}
