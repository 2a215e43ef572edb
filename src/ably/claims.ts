import type * as Ably from 'ably';

/** The name of the channel message by which a page says that it carries out a tool call. */
const claimName = 'agent-tool-claim';

/** How long a claim holds without being renewed, in ms. Browsers let pages in the background work once a minute. */
export const leaseMs = 100_000;
/** How often a claim is renewed while the tool works, in ms. */
export const renewalMs = 30_000;
/** How long a page may be missing from presence before it is taken to be gone, in ms: it may be coming back. */
export const missingMs = 4000;

/** A page's word that it carries out a tool call. */
export interface Claim {
  readonly toolCallId: string;
  /** The page, by an id of its own: connections change. */
  readonly claimant: string;
  /** The page that had the call before and is gone; what follows is only to say so. */
  readonly after: string | undefined;
  /** Whether the page was present on the channel, so that it can be missed. */
  readonly isPresent: boolean;
  /** The connection that sent it, by the channel's word. */
  readonly connectionId: string | undefined;
  readonly serial: string;
}

export function claimMessage({toolCallId, claimant, after, isPresent}: Pick<Claim, 'toolCallId' | 'claimant' | 'after' | 'isPresent'>): Ably.Message {
  return {name: claimName, data: {toolCallId, claimant, isPresent, ...(after === undefined ? {} : {after})}};
}

/** Reads a claim off a raw message; undefined for all others. */
export function claimOf({name, data, serial, connectionId}: Ably.InboundMessage): Claim | undefined {
  if (name !== claimName || serial === undefined) return undefined;
  // The SDK types data as `any`.
  const content: unknown = data;
  if (typeof content !== 'object' || content === null) return undefined;
  const {toolCallId, claimant, after, isPresent} = content as Record<string, unknown>;
  if (typeof toolCallId !== 'string' || typeof claimant !== 'string') return undefined;
  return {toolCallId, claimant, after: typeof after === 'string' ? after : undefined, isPresent: isPresent === true, connectionId, serial};
}

/**
 * Whose the call is: the first who claimed it; of one who is gone, the first who claimed it after them.
 * @param isGone whether a page that had the call has vanished.
 * @returns the owner, and whether the call was another's before; undefined where the call is nobody's (any more).
 */
export function ownerOf(claims: readonly Claim[], isGone: (claimant: string) => boolean): {owner: string; after: string | undefined} | {owner: undefined; after: string | undefined} {
  const ordered = [...claims].sort((one, other) => (one.serial < other.serial ? -1 : 1));
  const passed = new Set<string>();
  let after: string | undefined;
  for (;;) {
    // Who is gone cannot follow itself, whatever somebody wrote to the channel.
    const owner = ordered.find((claim) => claim.after === after && !passed.has(claim.claimant))?.claimant;
    if (owner === undefined || !isGone(owner)) return {owner, after};
    passed.add(owner);
    after = owner;
  }
}

/** The newest message of a claimant: its renewal, or the claim itself. */
export function lastOf(claims: readonly Claim[], claimant: string): Claim | undefined {
  return claims.filter((claim) => claim.claimant === claimant).reduce<Claim | undefined>((last, claim) => (last && last.serial > claim.serial ? last : claim), undefined);
}
