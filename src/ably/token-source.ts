import * as Ably from 'ably';
import {SessionError} from '../session/errors.ts';
import type {SessionSettings} from '../session/settings.ts';
import {fetchToken, forbidden} from './fetch-token.ts';

type TokenSettings = Pick<SessionSettings, 'authUrl' | 'authMethod' | 'authCallback'>;

/**
 * The SDK's way to a token: by the page's `authCallback`, or from `authUrl`.
 * @param onOutcome told of each failure with its reason, which the SDK does not pass on, and of each success.
 * @param onIdentity told whom a token is for, where it says so.
 */
export function tokenSource(settings: TokenSettings, onOutcome: (error: SessionError | undefined) => void, onIdentity: (clientId: string) => void): NonNullable<Ably.AuthOptions['authCallback']> {
  return (params, callback) => {
    requestToken(params, settings).then(
      (token) => {
        onOutcome(undefined);
        const clientId = clientIdIn(token);
        if (clientId !== undefined) onIdentity(clientId);
        // What the endpoint or the page's callback gave is checked by the SDK itself.
        callback(null, token as string | Ably.TokenDetails | Ably.TokenRequest);
      },
      (failure: unknown) => {
        const error = asAuthError(failure);
        // 403 is final for the SDK; anything else is tried again.
        callback(new Ably.ErrorInfo(error.message, 80019, error.code === forbidden ? 403 : 401), null);
        onOutcome(error);
      },
    );
  };
}

function requestToken(params: Ably.TokenParams, {authUrl, authMethod = 'GET', authCallback}: TokenSettings): Promise<unknown> {
  if (authCallback) {
    return new Promise((resolve, reject) => {
      authCallback({...params}, (error, token) => {
        if (error === null || error === undefined) resolve(token);
        else reject(asAuthError(error));
      });
    });
  }
  if (authUrl !== undefined) return fetchToken({url: authUrl, method: authMethod}, typeof params.clientId === 'string' ? {clientId: params.clientId} : {});
  return Promise.reject(
    new SessionError('There is no way to get a token: neither auth-url nor authCallback is set.', {
      kind: 'settings',
      hint: 'Set auth-url to an endpoint of your server that answers with an Ably token.',
    }),
  );
}

/**
 * Whom a token is for: a TokenRequest and TokenDetails say so openly, a JWT in its claim `x-ably-clientId`. It serves to show
 * a person what is theirs before there is a connection; who they are, the connection tells.
 */
function clientIdIn(token: unknown): string | undefined {
  const claims = typeof token === 'string' ? claimsOf(token) : token;
  if (typeof claims !== 'object' || claims === null) return undefined;
  const {clientId, 'x-ably-clientId': claimed} = claims as Record<string, unknown>;
  const name = clientId ?? claimed;
  return typeof name === 'string' && name !== '' && name !== '*' ? name : undefined;
}

function claimsOf(jwt: string): unknown {
  try {
    const bytes = Uint8Array.from(atob((jwt.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch {
    // A token of another kind.
    return undefined;
  }
}

function asAuthError(error: unknown): SessionError {
  if (error instanceof SessionError) return error;
  const message = error instanceof Error ? error.message : typeof error === 'string' ? error : 'it gave no reason';
  return new SessionError(`No token could be got: ${message}`, {kind: 'auth', hint: 'See what authCallback reports.', cause: error});
}
