import * as Ably from 'ably';
import {Listeners, type Unsubscribe} from '../internal/listeners.ts';
import {SessionError} from '../session/errors.ts';
import type {SessionSettings} from '../session/settings.ts';
import type {ConnectionSnapshot, ConnectionState} from '../session/snapshot.ts';
import {explainError} from './explain-error.ts';
import {fetchToken, forbidden} from './fetch-token.ts';

/** How soon a lost connection is tried again, in ms. The SDK's own 15 s are long for somebody who watches an answer. */
const retryMs = 2000;

/** One Ably connection: its client, and its state in our words. */
export class Connection {
  readonly client: Ably.Realtime;
  readonly #isOurs: boolean;
  readonly #listeners = new Listeners<ConnectionSnapshot>();
  readonly #onState = (): void => this.#listeners.notify(this.snapshot);
  /** What the token endpoint last failed with; the SDK reports it without its reason. */
  #authError: SessionError | undefined;

  constructor(settings: SessionSettings) {
    this.#isOurs = settings.client === undefined;
    // The page's own client is typed as an object in the settings, whose room does not know Ably.
    this.client = (settings.client as Ably.Realtime | undefined) ?? new Ably.Realtime(this.#options(settings));
    this.client.connection.on(this.#onState);
  }

  get snapshot(): ConnectionSnapshot {
    const {state, errorReason} = this.client.connection;
    const words = stateInOurWords(state);
    const telling = words === 'offline' || words === 'failed' || words === 'connecting';
    // Declared as always there, but null until something fails.
    const reason = (errorReason as Ably.ErrorInfo | null) === null ? undefined : explainError(errorReason, 'connect');
    return {state: words, error: telling ? (this.#authError ?? (words === 'connecting' ? undefined : reason)) : undefined};
  }

  onChange(listener: (snapshot: ConnectionSnapshot) => void): Unsubscribe {
    return this.#listeners.add(listener);
  }

  close(): void {
    this.client.connection.off(this.#onState);
    this.#listeners.clear();
    if (!this.#isOurs) return;
    // A close that falls into an attempt to connect is forgotten when the attempt fails, and the SDK goes on trying.
    this.client.connection.on(['connecting', 'disconnected', 'suspended'], () => this.client.close());
    this.client.close();
  }

  #options({authUrl, authMethod = 'GET', authCallback, clientId, endpoint, port, insecure}: SessionSettings): Ably.ClientOptions {
    return {
      authCallback: this.#tokenSource(authUrl, authMethod, authCallback),
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

  #tokenSource(url: string | undefined, method: 'GET' | 'POST', authCallback: SessionSettings['authCallback']): NonNullable<Ably.AuthOptions['authCallback']> {
    return (params, callback) => {
      this.#requestToken(params, url, method, authCallback).then(
        (token) => {
          this.#authError = undefined;
          // What the endpoint or the page's callback gave is checked by the SDK itself.
          callback(null, token as string | Ably.TokenDetails | Ably.TokenRequest);
        },
        (error: unknown) => {
          this.#authError = asAuthError(error);
          // 403 is final for the SDK; anything else is tried again.
          callback(new Ably.ErrorInfo(this.#authError.message, 80019, this.#authError.code === forbidden ? 403 : 401), null);
          this.#onState();
        },
      );
    };
  }

  #requestToken(params: Ably.TokenParams, url: string | undefined, method: 'GET' | 'POST', authCallback: SessionSettings['authCallback']): Promise<unknown> {
    if (authCallback) {
      return new Promise((resolve, reject) => {
        authCallback({...params}, (error, token) => {
          if (error === null || error === undefined) resolve(token);
          else reject(asAuthError(error));
        });
      });
    }
    if (url !== undefined) return fetchToken({url, method}, typeof params.clientId === 'string' ? {clientId: params.clientId} : {});
    return Promise.reject(
      new SessionError('There is no way to get a token: neither auth-url nor authCallback is set.', {
        kind: 'settings',
        hint: 'Set auth-url to an endpoint of your server that answers with an Ably token.',
      }),
    );
  }
}

function asAuthError(error: unknown): SessionError {
  if (error instanceof SessionError) return error;
  const message = error instanceof Error ? error.message : typeof error === 'string' ? error : 'it gave no reason';
  return new SessionError(`No token could be got: ${message}`, {kind: 'auth', hint: 'See what authCallback reports.', cause: error});
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
