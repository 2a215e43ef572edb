import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {Listeners, type Unsubscribe} from '../internal/listeners.ts';
import {warnOnce} from '../internal/warn.ts';
import {isApiKeyAttribute} from '../session/api-key.ts';
import {initialSnapshot, type Session, type SessionChange, SessionError, type SessionHandle, type SessionSettings, type SessionSnapshot} from '../session/index.ts';
import {type ConnectionProperties, isSameSettings, settingsOf} from './connection-properties.ts';
import {ContextRequestEvent, isSessionProvider} from './session-context.ts';
import {openSession} from './session-opener.ts';

export type SessionHost = ReactiveControllerHost & HTMLElement & ConnectionProperties & {
  /** Whether the element has sessions by other means now, and is to be given none. */
  readonly hasOtherSessions?: boolean;
  /** Whether the element does without a session until it is needed. One that it is given by `session` it takes. */
  readonly isDormant?: boolean;
};

/**
 * How an element stands with its session. `isOwn` is whether the element brought it about itself, by `session` or by
 * `channel`: it then speaks for the session, in events and in messages; otherwise a provider around it does.
 */
export type SourceState =
  | {readonly status: 'waiting'; readonly isOwn: boolean}
  | {readonly status: 'refused'; readonly isOwn: boolean; readonly error: SessionError}
  | {readonly status: 'open'; readonly isOwn: boolean; readonly session: Session};

/** How long an element without any session waits for one to be given before it says that something is missing. */
const graceMs = 400;
const waiting: SourceState = {status: 'waiting', isOwn: true};
const sources = new WeakMap<SessionHost, SessionSource>();

/**
 * Finds an element's session: its `session`, else the one that its `channel` and settings open, else that of the nearest
 * provider around it, whenever that comes. Everything is let go when the element leaves the page, and found again when
 * it returns; a connection outlives a move within the page.
 */
export class SessionSource implements ReactiveController {
  readonly #host: SessionHost;
  readonly #changes = new Listeners<SessionChange>();
  readonly #states = new Listeners<SourceState>();
  #state: SourceState = waiting;
  #opened: {settings: SessionSettings; state: SourceState; handle: SessionHandle | undefined} | undefined;
  #stopSession: Unsubscribe | undefined;
  #stopProvider: Unsubscribe | undefined;
  /** Whether the element depends on a provider, be it there or not. */
  #isBorrowing = false;
  /** Whether the element is to be given a session soon, so that nothing is missing. */
  #isExpecting = false;
  #graceTimer: ReturnType<typeof setTimeout> | undefined;
  #releaseTimer: ReturnType<typeof setTimeout> | undefined;

  /** The one source of an element. */
  static of(host: SessionHost): SessionSource {
    const source = sources.get(host) ?? new SessionSource(host);
    sources.set(host, source);
    return source;
  }

  private constructor(host: SessionHost) {
    this.#host = host;
    host.addController(this);
  }

  get state(): SourceState {
    return this.#state;
  }

  get session(): Session | undefined {
    return this.#state.status === 'open' ? this.#state.session : undefined;
  }

  /** What is true of the session now; of one that has not begun where there is none. */
  get snapshot(): SessionSnapshot {
    return this.session?.snapshot ?? initialSnapshot;
  }

  /** Announces what changes in the session, and the change from one session to another. Silent while disconnected. */
  onChange(listener: (change: SessionChange) => void): Unsubscribe {
    return this.#changes.add(listener);
  }

  onState(listener: (state: SourceState) => void): Unsubscribe {
    return this.#states.add(listener);
  }

  /** Says whether the element is to be given a session soon: it asks nobody for one until then. */
  expectSession(isExpecting: boolean): void {
    if (isExpecting === this.#isExpecting) return;
    this.#isExpecting = isExpecting;
    if (this.#host.isConnected) this.#resolve();
  }

  hostConnected(): void {
    clearTimeout(this.#releaseTimer);
    document.addEventListener('context-provider', this.#onProvider);
    this.#subscribe();
    this.#host.requestUpdate();
  }

  hostUpdate(): void {
    if (this.#host.isConnected) this.#resolve();
  }

  hostDisconnected(): void {
    document.removeEventListener('context-provider', this.#onProvider);
    clearTimeout(this.#graceTimer);
    this.#graceTimer = undefined;
    this.#stopSession?.();
    this.#stopSession = undefined;
    this.#leaveProvider();
    // An element that is only moved is back within this task.
    clearTimeout(this.#releaseTimer);
    this.#releaseTimer = setTimeout(() => {
      if (!this.#host.isConnected) this.#release();
    });
  }

  #resolve(): void {
    const keyAttribute = [...this.#host.attributes].find(({name, value}) => isApiKeyAttribute(name, value));
    if (keyAttribute) {
      this.#leave();
      this.#adopt(refused(keyInAttribute(this.#host.localName, keyAttribute.name)));
    } else if (this.#host.session) {
      this.#leave();
      if (this.session !== this.#host.session || !this.#state.isOwn) this.#adopt({status: 'open', isOwn: true, session: this.#host.session});
    } else if (this.#host.isDormant) {
      this.#leave();
      this.#adopt(waiting);
    } else {
      const settings = settingsOf(this.#host);
      if (settings) this.#open(settings);
      else if (this.#host.hasOtherSessions) {
        this.#leave();
        this.#adopt(waiting);
      } else this.#borrow();
    }
  }

  #open(settings: SessionSettings): void {
    this.#leaveProvider();
    this.#stopGrace();
    const previous = this.#opened;
    if (!previous || !isSameSettings(previous.settings, settings)) {
      this.#opened = {settings, ...open(settings)};
      // After the next one is open, so that what both have in common stays open.
      previous?.handle?.release();
    }
    if (this.#opened) this.#adopt(this.#opened.state);
  }

  #borrow(): void {
    this.#releaseOpened();
    if (this.#isExpecting) {
      this.#stopGrace();
      this.#leaveProvider();
      return this.#adopt(waiting);
    }
    if (this.#stopProvider) return;
    const isNew = !this.#isBorrowing;
    this.#isBorrowing = true;
    this.#request();
    if (this.#hasProvider()) return;
    if (isNew || this.#state.status === 'open') this.#adopt(waiting);
    if (this.#state.status === 'waiting') {
      this.#graceTimer ??= setTimeout(() => this.#adopt(refused(noSession(this.#host.localName))), graceMs);
    }
  }

  #request(): void {
    this.#host.dispatchEvent(new ContextRequestEvent(this.#host, (state, unsubscribe) => {
      if (unsubscribe !== this.#stopProvider) this.#leaveProvider();
      this.#stopProvider = unsubscribe;
      this.#isBorrowing = true;
      this.#stopGrace();
      this.#adopt({...state, isOwn: false});
    }));
  }

  #hasProvider(): boolean {
    return this.#stopProvider !== undefined;
  }

  readonly #onProvider = (event: Event): void => {
    if (!isSessionProvider(event) || event.contextTarget === this.#host) return;
    if (this.#isBorrowing) this.#request();
  };

  #adopt(state: SourceState): void {
    if (isSameState(this.#state, state)) return;
    const previous = this.snapshot;
    const before = this.session;
    this.#state = state;
    if (state.status === 'refused' && state.isOwn) warnOnce([state.error.message, state.error.hint].filter(Boolean).join(' '));
    this.#states.notify(state);
    if (this.session !== before) {
      this.#subscribe();
      // What is said in one conversation is no news in another: the history of the one that comes is not that of the one before.
      this.#changes.notify({snapshot: this.snapshot, previous: {...previous, history: initialSnapshot.history}, messageIds: new Set()});
    }
    this.#host.requestUpdate();
  }

  #subscribe(): void {
    this.#stopSession?.();
    this.#stopSession = undefined;
    const {session} = this;
    if (!session || !this.#host.isConnected) return;
    // What has happened by now may not have been announced yet, and is no news to an element that draws it from the start.
    let known: SessionSnapshot | undefined = session.snapshot;
    this.#stopSession = session.subscribe((change) => {
      this.#changes.notify(known ? {...change, previous: known} : change);
      known = undefined;
    });
  }

  /** Lets go of what was opened or borrowed. */
  #leave(): void {
    this.#stopGrace();
    this.#leaveProvider();
    this.#releaseOpened();
  }

  #releaseOpened(): void {
    this.#opened?.handle?.release();
    this.#opened = undefined;
  }

  #leaveProvider(): void {
    this.#stopProvider?.();
    this.#stopProvider = undefined;
    this.#isBorrowing = false;
  }

  #stopGrace(): void {
    clearTimeout(this.#graceTimer);
    this.#graceTimer = undefined;
  }

  #release(): void {
    this.#releaseOpened();
    this.#adopt(waiting);
  }
}

function open(settings: SessionSettings): {state: SourceState; handle: SessionHandle | undefined} {
  try {
    const handle = openSession(settings);
    return {handle, state: {status: 'open', isOwn: true, session: handle.session}};
  } catch (cause) {
    const error = cause instanceof SessionError ? cause : new SessionError('The session could not be opened.', {kind: 'settings', cause});
    return {handle: undefined, state: refused(error)};
  }
}

function refused(error: SessionError): SourceState {
  return {status: 'refused', isOwn: true, error};
}

function isSameState(one: SourceState, other: SourceState): boolean {
  if (one.isOwn !== other.isOwn) return false;
  switch (one.status) {
    case 'waiting':
      return other.status === 'waiting';
    case 'refused':
      return other.status === 'refused' && other.error.message === one.error.message;
    case 'open':
      return other.status === 'open' && other.session === one.session;
  }
}

function noSession(tag: string): SessionError {
  return new SessionError(`<${tag}> has no session: it names no channel.`, {
    kind: 'settings',
    hint: `Set channel="…" on <${tag}>${tag === 'agent-session' ? '' : ', put it inside <agent-session channel="…">'}, or give it a session in its session property.`,
  });
}

function keyInAttribute(tag: string, attribute: string): SessionError {
  return new SessionError(`<${tag}> does not connect: its attribute "${attribute}" holds an Ably API key, which every visitor of the page could read and use.`, {
    kind: 'settings',
    hint: 'Take the key out of the page and revoke it. Give auth-url the address of an endpoint of yours that answers with short-lived tokens.',
  });
}
