import type {HeldSession} from './channel-sessions.ts';

/** How long the agent's own word may take to come back from the channel, in ms. */
export const echoMs = 5000;

/** What says when to look again. */
type Watched = Pick<HeldSession, 'watch'>;

/**
 * Resolves with what `find` gives, as soon as it gives something; with undefined when that takes too long or the signal is
 * aborted. Nothing of it stays behind: an agent's shutdown signal lives as long as its process.
 * @param ms how long it may take
 */
export async function waitFor<Found>(watched: Watched, find: () => Found | undefined, {ms, signal}: {readonly ms: number; readonly signal?: AbortSignal}): Promise<Found | undefined> {
  return await new Promise((resolve) => {
    const settle = (found?: Found): void => {
      unwatch();
      clearTimeout(late);
      signal?.removeEventListener('abort', giveUp);
      resolve(found);
    };
    const giveUp = (): void => settle();
    const look = (): void => {
      const found = find();
      if (found !== undefined) settle(found);
    };
    const unwatch = watched.watch(look);
    const late = setTimeout(giveUp, ms);
    signal?.addEventListener('abort', giveUp);
    if (signal?.aborted) giveUp();
    else look();
  });
}
