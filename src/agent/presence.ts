import type * as Ably from 'ably';

/** What an agent says of itself. A run that is observed on the channel counts more than this. */
export type AgentStatus = 'thinking' | 'streaming' | 'idle';

/** The presence data of everybody on a session's channel; agents in any language enter with this shape. */
export interface PresenceData {
  readonly type: 'agent' | 'person';
  /** Agents only. */
  readonly status?: AgentStatus;
  /** The run that the agent works on, where it works on one. */
  readonly runId?: string;
  /** What to call them; the client id when absent. */
  readonly name?: string;
}

/** A session of AI Transport, or its channel. */
export interface PresenceSource {
  readonly presence: Ably.RealtimePresence;
}

/**
 * Whether any person is on the channel. Members that do not say what they are count as people: an agent that waits for
 * somebody should rather go on than stand still for ever.
 * @throws {Ably.ErrorInfo} when presence cannot be read: the channel cannot be attached, or the token lacks `presence`
 * or `subscribe` (40160).
 */
export async function someonePresent({presence}: PresenceSource): Promise<boolean> {
  const members = await presence.get({waitForSync: true});
  return members.some(isPerson);
}

/**
 * Resolves as soon as a person is on the channel, at once when one is.
 * @throws {Ably.ErrorInfo} when presence cannot be read, as for {@link someonePresent}.
 * @throws the signal's reason when it is aborted before.
 */
export async function whenSomeonePresent(source: PresenceSource, {signal}: {readonly signal?: AbortSignal} = {}): Promise<void> {
  signal?.throwIfAborted();
  const {presence} = source;
  let resolve: (nothing: undefined) => void = () => undefined;
  let reject: (reason: Error) => void = () => undefined;
  const arrived = new Promise<undefined>((...settle) => ([resolve, reject] = settle));
  const listener = (member: Ably.PresenceMessage): void => {
    if (isHere(member) && isPerson(member)) resolve(undefined);
  };
  const abort = (): void => reject(signal?.reason instanceof Error ? signal.reason : new DOMException('Aborted', 'AbortError'));
  signal?.addEventListener('abort', abort, {once: true});
  try {
    // Listens before it looks, so that nobody slips in between.
    await Promise.race([presence.subscribe(listener), arrived]);
    const found = someonePresent(source).then((isSomeone) => (isSomeone ? undefined : arrived));
    await Promise.race([found, arrived]);
  } finally {
    signal?.removeEventListener('abort', abort);
    presence.unsubscribe(listener);
  }
}

function isHere({action}: Ably.PresenceMessage): boolean {
  return action === 'enter' || action === 'present' || action === 'update';
}

function isPerson(member: Ably.PresenceMessage): boolean {
  const data: unknown = member.data;
  return !(typeof data === 'object' && data !== null && 'type' in data && data.type === 'agent');
}
