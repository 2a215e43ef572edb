import type * as Ably from 'ably';
import {Listeners, type Unsubscribe} from '../internal/listeners.ts';
import {SessionError} from '../session/errors.ts';
import type {SessionSettings} from '../session/settings.ts';
import type {ConnectionSnapshot, ConnectionState} from '../session/snapshot.ts';
import {createClient} from './create-client.ts';
import {explainError} from './explain-error.ts';
import type {LiveTypes} from './live-edits.ts';
import {tokenSource} from './token-source.ts';

/** How soon a lost connection is tried again, in ms. The SDK's own 15 s are long for somebody who watches an answer. */
const retryMs = 2000;

/** One Ably connection: its client, and its state in our words. */
export class Connection {
  readonly #settings: SessionSettings;
  /** Whether the client was made here; the page's own is used as it is. */
  readonly isOurs: boolean;
  readonly #listeners = new Listeners<ConnectionSnapshot>();
  readonly #replacements = new Listeners<void>();
  readonly #onState = (): void => this.#listeners.notify(this.snapshot);
  /** Takes the client's listeners off the window. */
  #release: () => void = () => undefined;
  #client: Ably.Realtime;
  #startTimer: ReturnType<typeof setTimeout> | undefined;
  #objects: Promise<LiveTypes> | undefined;
  #isStarted = false;
  #isClosed = false;
  /** What the token endpoint last failed with; the SDK reports it without its reason. */
  #authError: SessionError | undefined;
  #expectedClientId: string | undefined;

  constructor(settings: SessionSettings) {
    this.#settings = settings;
    this.isOurs = settings.client === undefined;
    // The page's own client is typed as an object in the settings, whose room does not know Ably.
    this.#client = (settings.client as Ably.Realtime | undefined) ?? this.#newClient(this.#options());
    this.#client.connection.on(this.#onState);
    // A task later, so that elements of the same page that need LiveObjects can say so before there is a connection to replace.
    if (this.isOurs) this.#startTimer = setTimeout(() => this.#start(), 0);
  }

  get client(): Ably.Realtime {
    return this.#client;
  }

  /** Who this will be once connected, where the token says so. */
  get expectedClientId(): string | undefined {
    return this.#expectedClientId;
  }

  get snapshot(): ConnectionSnapshot {
    const {state, errorReason} = this.#client.connection;
    const words = stateInOurWords(state);
    const telling = words === 'offline' || words === 'failed' || words === 'connecting';
    // Declared as always there, but null until something fails.
    const reason = (errorReason as Ably.ErrorInfo | null) === null ? undefined : explainError(errorReason, 'connect');
    return {state: words, error: telling ? (this.#authError ?? (words === 'connecting' ? undefined : reason)) : undefined};
  }

  onChange(listener: (snapshot: ConnectionSnapshot) => void): Unsubscribe {
    return this.#listeners.add(listener);
  }

  /** Announces that {@link client} is another one: what was joined through the one before has to be joined again. */
  onReplaced(listener: () => void): Unsubscribe {
    return this.#replacements.add(listener);
  }

  /**
   * Loads LiveObjects, once, and makes the client one that has them. The SDK takes plug-ins only when a client is made: one
   * that is connected without them is replaced. A page's own client is left as it is, and must have them.
   */
  loadObjects(): Promise<LiveTypes> {
    this.#objects ??= this.#loadObjects().catch((cause: unknown) => {
      // Not kept: the next one who needs them tries again.
      this.#objects = undefined;
      throw new SessionError('The part of the library that shares state could not be loaded.', {kind: 'connection', hint: 'See that its file lies beside the script, and reload the page.', cause});
    });
    return this.#objects;
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#startTimer);
    this.#listeners.clear();
    this.#replacements.clear();
    this.#letGo(this.#client, this.#release);
  }

  async #loadObjects(): Promise<LiveTypes> {
    const objects = await import('ably/liveobjects');
    if (this.isOurs && !this.#isClosed) {
      const before = this.#client;
      const release = this.#release;
      this.#client = this.#newClient({...this.#options(), plugins: {LiveObjects: objects.LiveObjects as object}});
      this.#client.connection.on(this.#onState);
      this.#letGo(before, release);
      this.#replacements.notify();
      if (this.#isStarted) this.#client.connect();
    }
    return objects;
  }

  /** Connects once, with the client that has all that is needed by then. */
  #start(): void {
    const connect = (): void => {
      this.#isStarted = true;
      if (!this.#isClosed) this.#client.connect();
    };
    if (this.#objects) void this.#objects.then(connect, connect);
    else connect();
  }

  #newClient(options: Ably.ClientOptions): Ably.Realtime {
    const {client, release} = createClient(options);
    this.#release = release;
    return client;
  }

  #letGo(client: Ably.Realtime, release: () => void): void {
    client.connection.off(this.#onState);
    if (!this.isOurs) return;
    release();
    // A close that falls into an attempt to connect is forgotten when the attempt fails, and the SDK goes on trying.
    client.connection.on(['connecting', 'disconnected', 'suspended'], () => client.close());
    client.close();
  }

  #options(): Ably.ClientOptions {
    const {clientId, endpoint, port, insecure} = this.#settings;
    return {
      autoConnect: false,
      authCallback: tokenSource(this.#settings, (error) => {
        this.#authError = error;
        if (error) this.#onState();
      }, (expected) => {
        this.#expectedClientId = expected;
        this.#onState();
      }),
      ...(clientId === undefined ? {} : {clientId}),
      ...(endpoint === undefined ? {} : {endpoint}),
      ...(port === undefined ? {} : {port, tlsPort: port}),
      ...(insecure ? {tls: false} : {}),
      // Only the socket: the fallback transport and the connectivity checks would ask hosts that the page's policy need not allow.
      transports: ['web_socket'],
      disableConnectivityCheck: true,
      disconnectedRetryTimeout: retryMs,
      suspendedRetryTimeout: 5 * retryMs,
    };
  }
}

function stateInOurWords(state: Ably.ConnectionState): ConnectionState {
  switch (state) {
    case 'initialized':
    case 'connecting':
      return 'connecting';
    case 'connected':
      return 'connected';
    case 'disconnected':
    case 'suspended':
      return 'offline';
    case 'failed':
      return 'failed';
    case 'closing':
    case 'closed':
      return 'closed';
  }
}
