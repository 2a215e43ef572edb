import {SessionError} from '../session/errors.ts';

export interface TokenEndpoint {
  url: string;
  method: 'GET' | 'POST';
}

/** How long a token endpoint may take, in ms. */
const timeoutMs = 15_000;
/** Ably's code for a refusal that trying again does not change. */
export const forbidden = 40300;
const jwt = /^[\w-]+\.[\w-]+\.[\w-]+$/;
const hint = 'Answer with a JWT as text, or with an Ably TokenDetails or TokenRequest as JSON.';

/**
 * Asks a token endpoint for a token. It does itself what the SDK's own `authUrl` does, so that a failure can say which
 * address answered what.
 * @returns a token string, or the TokenDetails or TokenRequest that the endpoint answered.
 * @throws {SessionError} of kind `auth`, with the HTTP status where there is one.
 */
export async function fetchToken({url, method}: TokenEndpoint, params: {clientId?: string}): Promise<string | object> {
  const response = await request(url, method, params);
  if (!response.ok) {
    throw new SessionError(`The token endpoint ${url} answered ${response.status}${response.statusText && ` ${response.statusText}`}.`, {
      kind: 'auth',
      hint: adviceFor(response.status),
      ...(response.status === 403 ? {code: forbidden} : {}),
    });
  }
  const text = (await response.text()).trim();
  if (jwt.test(text)) return text;
  const parsed = parse(text);
  if (typeof parsed === 'string' && parsed !== '') return parsed;
  if (typeof parsed === 'object' && parsed !== null && ('token' in parsed || 'mac' in parsed)) return parsed;
  throw tokenError(`The token endpoint ${url} answered with ${nameOf(text, response)} instead of a token.`, hint);
}

async function request(url: string, method: 'GET' | 'POST', params: {clientId?: string}): Promise<Response> {
  const query = new URLSearchParams(params.clientId === undefined ? {} : {clientId: params.clientId});
  const asGet = method === 'GET';
  const target = asGet && query.size > 0 ? `${url}${url.includes('?') ? '&' : '?'}${query.toString()}` : url;
  try {
    return await fetch(target, {
      method,
      ...(asGet ? {} : {body: query}),
      headers: {accept: 'application/json, application/jwt, text/plain'},
      signal: AbortSignal.timeout(timeoutMs),
      cache: 'no-store',
    });
  } catch (cause) {
    throw tokenError(
      `The token endpoint ${url} cannot be reached: ${cause instanceof Error ? cause.message : String(cause)}.`,
      'See that the address is right, that the server runs, and that it allows requests from this page.', cause,
    );
  }
}

function adviceFor(status: number): string {
  if (status === 404) return 'Correct the attribute auth-url, or add the route to the server.';
  if (status === 401 || status === 403) return 'See that the person is signed in and may use this session.';
  return "See the server's log for the reason.";
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function nameOf(text: string, response: Response): string {
  if (text === '') return 'an empty page';
  if (text.startsWith('<') || response.headers.get('content-type')?.includes('html')) return 'an HTML page';
  return parse(text) === undefined ? 'unreadable text' : 'JSON that holds no token';
}

function tokenError(message: string, advice: string, cause?: unknown): SessionError {
  return new SessionError(message, {kind: 'auth', hint: advice, cause});
}
