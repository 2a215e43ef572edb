import type * as Ably from 'ably';

/** A channel may be opened again before the client has let go of it. */
const tolerant = new WeakSet<Ably.RealtimeChannel>();

/**
 * Keeps a refused append from ending the process. AI Transport collects the promises of its appends and looks at them
 * when it flushes; until then a refusal (93002, say) is a rejection that nobody handles, which Node takes for fatal. The
 * refusal still reaches the run at the flush.
 */
export function tolerateLateRejections(channel: Ably.RealtimeChannel): void {
  if (tolerant.has(channel)) return;
  tolerant.add(channel);
  const append = channel.appendMessage.bind(channel);
  channel.appendMessage = (...parameters: Parameters<typeof append>) => {
    const appended = append(...parameters);
    appended.catch(() => undefined);
    return appended;
  };
}
