import {Listeners, type Unsubscribe} from '../internal/listeners.ts';
import type {ToolHandler} from '../session/client-tools.ts';
import {SessionError} from '../session/errors.ts';
import type {Intent} from '../session/intent.ts';
import type {Session, SessionChange} from '../session/session.ts';
import type {SessionSettings} from '../session/settings.ts';
import {initialSnapshot, type SessionSnapshot} from '../session/snapshot.ts';
import {LateLiveState} from './late-live-state.ts';

/** What is behind a {@link LateSession} once it is loaded. */
export interface LoadedSession extends Session {
  configure(settings: SessionSettings): void;
  close(): Promise<void>;
}

/**
 * A {@link Session} that is there at once, while its code loads and the connection is made: until then nothing is known,
 * and what is asked of it waits.
 */
export class LateSession implements Session {
  readonly channel: string;
  readonly state: LateLiveState;
  readonly #settings: SessionSettings;
  readonly #listeners = new Listeners<SessionChange>();
  readonly #loading: Promise<LoadedSession>;
  #session: LoadedSession | undefined;
  #snapshot: SessionSnapshot = initialSnapshot;
  #isClosed = false;

  /** @param load loads what makes the session. */
  constructor(connection: {loadObjects(): Promise<unknown>}, settings: SessionSettings, load: () => Promise<(settings: SessionSettings) => LoadedSession>) {
    this.channel = settings.channel;
    this.#settings = {...settings};
    this.#loading = this.#load(load);
    this.#loading.catch(() => undefined); // It is told by the state of the line.
    this.state = new LateLiveState(this.#loading.then(({state}) => state), () => connection.loadObjects());
  }

  get snapshot(): SessionSnapshot {
    return this.#session?.snapshot ?? this.#snapshot;
  }

  subscribe(listener: (change: SessionChange) => void): Unsubscribe {
    return this.#listeners.add(listener);
  }

  /** Adds settings that another element of the same session brings. */
  configure(settings: SessionSettings): void {
    if (this.#session) return this.#session.configure(settings);
    const {agentUrl, wakeAgent, requestHeaders, history} = settings;
    for (const [name, value] of Object.entries({agentUrl, wakeAgent, requestHeaders, history})) if (value !== undefined) Object.assign(this.#settings, {[name]: value});
  }

  async dispatch(intent: Intent): Promise<void> {
    await (this.#session ?? (await this.#loading)).dispatch(intent);
  }

  offerTools(handler: ToolHandler): Unsubscribe {
    if (this.#session) return this.#session.offerTools(handler);
    let isOffered = true;
    let takeBack: Unsubscribe | undefined;
    this.#loading.then((session) => {
      if (isOffered) takeBack = session.offerTools(handler);
    }, () => undefined);
    return () => {
      isOffered = false;
      takeBack?.();
    };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#listeners.clear();
    await this.#session?.close();
  }

  async #load(load: () => Promise<(settings: SessionSettings) => LoadedSession>): Promise<LoadedSession> {
    try {
      const make = await load();
      if (this.#isClosed) throw new SessionError('The session is closed.', {kind: 'closed'});
      this.#session = make(this.#settings);
      // Its first announcement tells all that it found.
      this.#session.subscribe((change) => this.#listeners.notify(change));
      return this.#session;
    } catch (cause) {
      const error = cause instanceof SessionError ? cause : new SessionError('The part of the library that talks to agents could not be loaded.', {
        kind: 'connection', hint: 'See that its file lies beside the script, and reload the page.', cause,
      });
      this.#fail(error);
      throw error;
    }
  }

  #fail(error: SessionError): void {
    const previous = this.#snapshot;
    this.#snapshot = {...previous, connection: {state: 'failed', error}};
    this.#listeners.notify({snapshot: this.#snapshot, previous, messageIds: new Set()});
  }
}
