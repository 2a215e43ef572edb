/** Answers signed token requests: `POST /keys/{keyName}/requestToken` (RSA8, RSA9). */
import {AblyError, Code} from '../protocol/errors.ts';
import {optionalString, readRecord, requiredString, type UnknownRecord} from '../protocol/reading.ts';
import {type Key} from './apps.ts';
import {type Authenticator} from './auth.ts';
import {Capability} from './capability.ts';
import {type Environment} from './environment.ts';
import {type Limits} from './limits.ts';

/** What `requestToken` answers; times are milliseconds since the epoch. */
export interface TokenDetails {
  token: string;
  keyName: string;
  issued: number;
  expires: number;
  capability: string;
  clientId?: string;
}

/** Numbers may arrive as text; absent stays empty, as the signature wants it. */
function numberText(record: UnknownRecord, field: string): string {
  const value = record[field];
  if (value == null) return '';
  if (typeof value === 'number' || (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)))) return String(value);
  throw new AblyError(Code.InvalidParameter, `Invalid '${field}': expected a number`);
}

export class TokenRequests {
  readonly #authenticator: Authenticator;
  readonly #environment: Environment;
  readonly #limits: Limits;
  /** Nonces seen and when they may be forgotten, oldest first. */
  readonly #nonces = new Map<string, number>();

  constructor(authenticator: Authenticator, environment: Environment, limits: Limits) {
    this.#authenticator = authenticator;
    this.#environment = environment;
    this.#limits = limits;
  }

  /** @throws AblyError 40400 unknown key, 40101 wrong mac, 40104 skewed, 40105 nonce used before, 40160 capability, 40003 the rest. */
  answer(keyName: string, body: unknown): TokenDetails {
    const request = readRecord(body, 'token request');
    const found = this.#authenticator.findKey(keyName);
    if (!found) throw new AblyError(Code.NotFound, `No key ${keyName}`);
    if (requiredString(request, 'keyName') !== keyName) throw new AblyError(Code.InvalidParameter, 'keyName differs from the one in the path');
    const issued = this.#environment.now();
    this.#verify(request, found.key, issued);
    const clientId = optionalString(request, 'clientId');
    if (clientId === '') throw new AblyError(Code.InvalidClientId, "Invalid 'clientId': leave it out for an anonymous token");
    const grant = {
      key: found.key,
      issued,
      expires: issued + this.#ttl(numberText(request, 'ttl')),
      capability: this.#capability(request.capability, found.key),
      ...(clientId && {clientId}),
    };
    const {key, ...details} = grant;
    return {token: this.#authenticator.issueToken(grant), keyName: key.name, ...details};
  }

  #verify(request: UnknownRecord, key: Key, now: number): void {
    const timestamp = numberText(request, 'timestamp');
    const nonce = requiredString(request, 'nonce');
    const capability = typeof request.capability === 'string' ? request.capability : '';
    const fields = [key.name, numberText(request, 'ttl'), capability, optionalString(request, 'clientId') ?? '', timestamp, nonce];
    const mac = this.#environment.hmac(key.secret, fields.map((field) => `${field}\n`).join(''));
    if (optionalString(request, 'mac') !== mac) throw new AblyError(Code.InvalidCredentials, 'Invalid mac: the token request is not signed with this key');
    if (Math.abs(now - Number(timestamp)) > this.#limits.tokenRequestSkew) {
      throw new AblyError(Code.TimestampNotCurrent, 'Timestamp not current: check the clock, or use queryTime');
    }
    this.#useNonce(`${key.name} ${nonce}`, now);
  }

  #useNonce(nonce: string, now: number): void {
    for (const [old, until] of this.#nonces) {
      if (until > now) break;
      this.#nonces.delete(old);
    }
    if (this.#nonces.has(nonce)) throw new AblyError(Code.NonceReplayed, 'Nonce value replayed');
    this.#nonces.set(nonce, now + 2 * this.#limits.tokenRequestSkew);
  }

  #ttl(text: string): number {
    if (text === '') return this.#limits.tokenTtl;
    const ttl = Number(text);
    if (ttl > 0 && ttl <= this.#limits.maxTokenTtl) return ttl;
    throw new AblyError(Code.InvalidParameter, `Invalid 'ttl': expected milliseconds above 0, at most ${this.#limits.maxTokenTtl}`);
  }

  #capability(asked: unknown, key: Key): string {
    if (asked == null || asked === '') return key.capabilityText;
    const granted = Capability.read(asked).intersect(key.capability);
    if (granted.isEmpty) throw new AblyError(Code.OperationNotPermitted, 'Action not permitted: the key has none of the capability asked for');
    return granted.toString();
  }
}
