import type {PropertyDeclaration, PropertyDeclarations} from 'lit';
import {warnOnce} from '../internal/warn.ts';
import type {AuthCallback, CodecName, Session, SessionSettings, WakeAgent} from '../session/index.ts';

/** How an element gets its session. Every element of the library takes these; those without an attribute are objects. */
export interface ConnectionProperties {
  /** The session itself. It counts before everything else, and is never closed by the element. */
  session?: Session;
  /** Name of the channel to open. Without it, and without `session`, the nearest `<agent-session>` around gives the session. */
  channel?: string;
  /** Where tokens come from: answers with a JWT, or with Ably's TokenDetails or TokenRequest as JSON. Attribute `auth-url`. */
  authUrl?: string;
  /** How `auth-url` is asked: `GET` or `POST`. Attribute `auth-method`. */
  authMethod?: 'GET' | 'POST';
  /** Gives tokens in place of `auth-url`. Read when the session is opened. */
  authCallback?: AuthCallback;
  /** Where the agent is woken with a POST. Attribute `agent-url`. */
  agentUrl?: string;
  /** Wakes the agent in place of the POST to `agent-url`. Read when the session is opened. */
  wakeAgent?: WakeAgent;
  /** Added to the POST to `agent-url`: an object, or a function that is called for each. */
  requestHeaders?: SessionSettings['requestHeaders'];
  /** An `Ably.Realtime` of the page's own, used as it is and never closed. */
  client?: object;
  /** Identity during development; in production the token carries it. Attribute `client-id`. */
  clientId?: string;
  /** Host of a broker other than Ably's own. */
  endpoint?: string;
  /** Port of that broker. */
  port?: number;
  /** Plain ws and http instead of wss and https, for a broker on this machine. */
  insecure?: boolean;
  /** How runs are written on the channel: `vercel` (default) or `openai`. */
  codec?: CodecName;
  /** Messages shown at first, and added by each load of older ones; default 30. */
  history?: number;
}

/** Declares {@link ConnectionProperties} to Lit: `static override properties = connectionProperties`. */
export const connectionProperties: PropertyDeclarations & Record<keyof ConnectionProperties, PropertyDeclaration> = {
  session: {attribute: false},
  channel: {},
  authUrl: {attribute: 'auth-url'},
  authMethod: {attribute: 'auth-method'},
  authCallback: {attribute: false},
  agentUrl: {attribute: 'agent-url'},
  wakeAgent: {attribute: false},
  requestHeaders: {attribute: false},
  client: {attribute: false},
  clientId: {attribute: 'client-id'},
  endpoint: {},
  port: {type: Number},
  insecure: {type: Boolean},
  codec: {},
  history: {type: Number},
};

/** The settings that an element's own properties make; undefined where it names no channel. */
export function settingsOf(host: ConnectionProperties & {readonly localName: string}): SessionSettings | undefined {
  return host.channel === undefined || host.channel.trim() === '' ? undefined : settingsFor(host, host.channel);
}

/** The settings that reach a channel by an element's own properties, whichever channel they name. */
export function settingsFor(host: ConnectionProperties & {readonly localName: string}, channel: string): SessionSettings {
  const {authUrl, authCallback, agentUrl, wakeAgent, requestHeaders, client, clientId, endpoint} = host;
  return {
    channel, authUrl, authCallback, agentUrl, wakeAgent, requestHeaders, client, clientId, endpoint,
    insecure: isSet(host.insecure),
    authMethod: oneOf(host, 'auth-method', host.authMethod?.toUpperCase(), ['GET', 'POST']),
    codec: oneOf(host, 'codec', host.codec, ['vercel', 'openai']),
    port: wholeNumber(host, 'port', host.port),
    history: wholeNumber(host, 'history', host.history),
  };
}

/**
 * Whether two settings reach the same session in the same way. Functions count only by being there: frameworks make new
 * ones whenever they render, which must not reconnect.
 */
export function isSameSettings(one: SessionSettings, other: SessionSettings): boolean {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)] as (keyof SessionSettings)[]);
  return [...keys].every((key) => isSameSetting(one[key], other[key], key));
}

function isSameSetting(one: unknown, other: unknown, key: keyof SessionSettings): boolean {
  if (one === other) return true;
  if (typeof one === 'function' && typeof other === 'function') return true;
  return key === 'requestHeaders' && typeof one === 'object' && typeof other === 'object' && JSON.stringify(one) === JSON.stringify(other);
}

function oneOf<T extends string>(host: {readonly localName: string}, name: string, value: string | null | undefined, allowed: readonly T[]): T | undefined {
  if (value == null) return undefined;
  const known = allowed.find((candidate) => candidate === value);
  if (known === undefined) warnOnce(`<${host.localName} ${name}="${value}"> is not known and is ignored. Use ${allowed.join(' or ')}.`);
  return known;
}

/** Frameworks that write an attribute as a property give it the attribute's text: the empty one where it is only there. */
function isSet(value: boolean | string | null | undefined): boolean | undefined {
  return value === '' ? true : value == null ? undefined : Boolean(value);
}

function wholeNumber(host: {readonly localName: string}, name: string, given: number | string | null | undefined): number | undefined {
  if (given == null) return undefined;
  const value = Number(given);
  if (Number.isInteger(value) && value > 0) return value;
  warnOnce(`<${host.localName} ${name}> must be a whole number above 0, so it is ignored.`);
  return undefined;
}
