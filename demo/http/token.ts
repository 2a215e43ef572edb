import {SignJWT} from 'jose';
import {agentClientId, allConversations, channelPattern, operatorClientId, personPattern} from '../channels.ts';
import {specialistIds} from '../planner/trip.ts';
import {RequestError} from './respond.ts';

/** Operations by channel, as in Ably's capabilities. */
export type Capability = Readonly<Record<string, readonly string[]>>;

export interface TokenClaims {
  readonly clientId: string;
  readonly capability: Capability;
  readonly ttlSeconds: number;
}

export const tokenTtlSeconds = 600;

/**
 * What a person needs to take part in a conversation: read it, with its past, and write to it; be seen there; and share
 * the trip's state.
 */
const personOperations = ['history', 'publish', 'subscribe', 'presence', 'object-subscribe', 'object-publish'];

/** What the agent needs besides: a streamed answer is one message that is appended to. */
const agentOperations = [...personOperations, 'message-update-own'];

/**
 * Signs a token as Ably reads it: https://ably.com/docs/auth/token/jwt. The key's secret signs and stays here.
 * @param key `<app id>.<key id>:<secret>`
 */
export async function signToken(key: string, {clientId, capability, ttlSeconds}: TokenClaims, now = Date.now()): Promise<string> {
  const split = key.indexOf(':');
  const [keyName, secret] = [key.slice(0, split), key.slice(split + 1)];
  const issuedAt = Math.floor(now / 1000);
  return await new SignJWT({'x-ably-capability': JSON.stringify(capability), 'x-ably-clientId': clientId})
    .setProtectedHeader({typ: 'JWT', alg: 'HS256', kid: keyName})
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + ttlSeconds)
    .sign(new TextEncoder().encode(secret));
}

/** The claims of an agent: the one that answers, or a specialist. */
export function agentClaims(clientId = agentClientId): TokenClaims {
  return {clientId, capability: {[allConversations]: agentOperations}, ttlSeconds: tokenTtlSeconds};
}

const agentIds: ReadonlySet<string> = new Set([agentClientId, ...Object.values(specialistIds)]);

/**
 * The claims that a request for a token may have: one conversation, one person, ten minutes; all conversations for who
 * supervises them. A real application takes the person from its own session and checks that this conversation is theirs;
 * the demo believes the request.
 *
 * Tests may ask for other operations (`capability=publish,history`) and lifetimes (`ttl=2`, in seconds).
 * @throws {RequestError} 400 for what is missing or malformed.
 */
export function claimsFor(query: URLSearchParams, {isTest = false} = {}): TokenClaims {
  const channel = query.get('channel') ?? '';
  const clientId = query.get('clientId') ?? '';
  const isSupervising = channel === allConversations && clientId === operatorClientId;
  if (!channelPattern.test(channel) && !isSupervising) {
    throw new RequestError(400, 'channel must name a conversation, for example ?channel=conversations:lisbon');
  }
  if (!personPattern.test(clientId)) {
    throw new RequestError(400, 'clientId must be a name of 1 to 40 letters, digits, spaces, dots, dashes or underscores, for example ?clientId=Ana');
  }
  if (agentIds.has(clientId)) throw new RequestError(400, `clientId must not be ${clientId}: that is the agent.`);
  const operations = (isTest ? query.get('capability')?.split(',') : undefined) ?? personOperations;
  const ttlSeconds = Number((isTest ? query.get('ttl') : undefined) ?? tokenTtlSeconds);
  return {clientId, capability: {[channel]: operations}, ttlSeconds};
}
