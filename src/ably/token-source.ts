import * as Ably from 'ably';
import {SessionError} from '../session/errors.ts';
import type {SessionSettings} from '../session/settings.ts';
import {fetchToken, forbidden} from './fetch-token.ts';

type TokenSettings = Pick<SessionSettings, 'authUrl' | 'authMethod' | 'authCallback'>;

/**
 * The SDK's way to a token: by the page's `authCallback`, or from `authUrl`.
 * @param onOutcome told of each failure with its reason, which the SDK does not pass on, and of each success.
 */
export function tokenSource(settings: TokenSettings, onOutcome: (error: SessionError | undefined) => void): NonNullable<Ably.AuthOptions['authCallback']> {
  return (params, callback) => {
    requestToken(params, settings).then(
      (token) => {
        onOutcome(undefined);
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

function asAuthError(error: unknown): SessionError {
  if (error instanceof SessionError) return error;
  const message = error instanceof Error ? error.message : typeof error === 'string' ? error : 'it gave no reason';
  return new SessionError(`No token could be got: ${message}`, {kind: 'auth', hint: 'See what authCallback reports.', cause: error});
}
