/** Who is asking, and what they may do: keys, tokens this broker issued, and JWTs signed with a key (RSA). */
import {fromBase64, toBase64} from '../protocol/base64.ts';
import {AblyError, Code} from '../protocol/errors.ts';
import {isRecord} from '../protocol/reading.ts';
import {type App, type Apps, type Key} from './apps.ts';
import {Capability} from './capability.ts';
import {type Environment} from './environment.ts';

/** Someone whose credentials were accepted. */
export interface Principal {
  readonly app: App;
  readonly keyName: string;
  readonly capability: Capability;
  /** The client id in the token; `*` may use any; undefined stays anonymous. */
  readonly clientId?: string;
  /** Key holders may use any client id. */
  readonly hasKey: boolean;
  /** When the token was issued and when it ends, in milliseconds since the epoch. */
  readonly issued?: number;
  readonly expires?: number;
}

export type Credentials = {key: string} | {token: string};

const utf8 = new TextDecoder();

const encodeText = (text: string): string => base64Url(toBase64(new TextEncoder().encode(text)));
const base64Url = (base64: string): string => base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');

/** The value inside a base64url part of a token, or undefined when there is none. */
function decodeJson(part: string): unknown {
  const bytes = fromBase64(part);
  if (!bytes) return undefined;
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch {
    return undefined;
  }
}

/** Compares without telling by its duration how much was right. */
function equalSecrets(left: string, right: string): boolean {
  let difference = left.length ^ right.length;
  for (let index = 0; index < right.length; index++) difference |= left.charCodeAt(index) ^ right.charCodeAt(index);
  return difference === 0;
}

export interface TokenGrant {
  key: Key;
  issued: number;
  expires: number;
  capability: string;
  clientId?: string;
}

export class Authenticator {
  readonly #apps: Apps;
  readonly #environment: Environment;

  constructor(apps: Apps, environment: Environment) {
    this.#apps = apps;
    this.#environment = environment;
  }

  /** Accepts a key or a token, or throws: 40101 for a bad key, 40142 for an expired token, 40400 for an unknown app. */
  authenticate(credentials: Credentials): Principal {
    return 'key' in credentials ? this.#byKey(credentials.key) : this.#byToken(credentials.token);
  }

  /** The key of that name, in an app that exists. */
  findKey(keyName: string): {app: App; key: Key} | undefined {
    const app = this.#apps.get(keyName.slice(0, keyName.indexOf('.')));
    const key = app?.keys.get(keyName);
    return app && key && {app, key};
  }

  /** A token that carries its own grant, signed with the key: nothing to remember, nothing lost in a restart. */
  issueToken(grant: TokenGrant): string {
    const body = encodeText(JSON.stringify([grant.issued, grant.expires, grant.capability, grant.clientId, this.#environment.randomId(8)]));
    return `${grant.key.name}~${body}~${this.#sign(grant.key, body)}`;
  }

  #sign(key: Key, text: string): string {
    return base64Url(this.#environment.hmac(key.secret, text));
  }

  #byKey(text: string): Principal {
    const separator = text.indexOf(':');
    const found = this.findKey(text.slice(0, separator));
    // A bad key is 40101 even for an unknown app.
    if (!found || !equalSecrets(text.slice(separator + 1), found.key.secret)) {
      throw new AblyError(Code.InvalidCredentials, 'Invalid credentials: no such key, or its secret is wrong');
    }
    return {app: found.app, keyName: found.key.name, capability: found.key.capability, hasKey: true};
  }

  #byToken(token: string): Principal {
    const principal = token.split('.').length === 3 ? this.#byJwt(token) : this.#byOwnToken(token);
    const {app, issued = 0, expires = Infinity} = principal;
    if (expires <= this.#environment.now() || issued < app.tokensValidFrom) {
      throw new AblyError(Code.TokenExpired, 'Token expired: ask for a new one');
    }
    return principal;
  }

  #byOwnToken(token: string): Principal {
    const [, keyName = '', body = '', signature = ''] = /^([^~]+)~([\w-]+)~([\w-]+)$/.exec(token) ?? [];
    if (!body) throw new AblyError(Code.InvalidCredentials, 'Invalid token: not one of this broker and not a JWT');
    const found = this.findKey(keyName);
    if (!found) throw new AblyError(Code.NotFound, `No application found for token of key ${keyName}`);
    if (!equalSecrets(signature, this.#sign(found.key, body))) throw new AblyError(Code.InvalidCredentials, 'Invalid token: wrong signature');
    const fields = decodeJson(body);
    const [issued, expires, capability, clientId] = Array.isArray(fields) ? (fields as unknown[]) : [];
    return {
      app: found.app,
      keyName: found.key.name,
      capability: Capability.read(capability),
      hasKey: false,
      issued: Number(issued),
      expires: Number(expires),
      ...(typeof clientId === 'string' && {clientId}),
    };
  }

  #byJwt(token: string): Principal {
    const [head = '', body = '', signature = ''] = token.split('.');
    const header = decodeJson(head);
    const claims = decodeJson(body);
    if (!isRecord(header) || !isRecord(claims)) throw new AblyError(Code.InvalidCredentials, 'Invalid token: not one of this broker and not a JWT');
    const inner = claims['x-ably-token'];
    if (typeof inner === 'string') return this.#byOwnToken(inner);
    const found = this.findKey(String(header.kid));
    if (!found) throw new AblyError(Code.NotFound, `No application found for JWT key ${String(header.kid)}`);
    if (header.alg !== 'HS256' || !equalSecrets(signature, this.#sign(found.key, `${head}.${body}`))) {
      throw new AblyError(Code.TokenInvalidSignature, 'Invalid JWT: sign it with HS256 and the secret of the key named by kid');
    }
    const {iat, exp} = claims;
    if (typeof iat !== 'number' || typeof exp !== 'number') throw new AblyError(Code.InvalidCredentials, 'Invalid JWT: iat and exp are needed');
    const {'x-ably-capability': asked, 'x-ably-clientId': clientId} = claims;
    return {
      app: found.app,
      keyName: found.key.name,
      capability: asked === undefined ? found.key.capability : Capability.read(asked).intersect(found.key.capability),
      hasKey: false,
      // JWT times are whole seconds: take the end of the second it was issued in, or a token made after a fault looks older.
      issued: iat * 1000 + 999,
      expires: exp * 1000,
      ...(typeof clientId === 'string' && {clientId}),
    };
  }
}

/**
 * The client id someone acts under (RSA7, RSA15): `*` stands for any, undefined for none.
 * @throws AblyError 40102 when the one they ask for is not the one they may use.
 */
export function resolveClientId(principal: Principal, asked: string | undefined): string | undefined {
  const allowed = principal.hasKey ? '*' : principal.clientId;
  if (!asked) return allowed;
  if (asked === '*' && allowed === '*') return '*';
  if (allowed === '*' || allowed === asked) return asked;
  throw new AblyError(Code.IncompatibleCredentials, `Incompatible credentials: the token does not allow client id '${asked}'`);
}
