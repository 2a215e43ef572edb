import {Lazy} from '../internal/lazy.ts';
import type * as markdown from './markdown.ts';

const part = new Lazy(() => import('./markdown.ts'), 'Answers show as plain text');

/** What shows Markdown, if it is loaded. */
export const loadedMarkdown = (): typeof markdown | undefined => part.loaded;

/**
 * Loads what shows Markdown, once; a load that failed is tried again with the next call.
 * @throws {Error} when its file cannot be loaded.
 */
export const loadMarkdown = (): Promise<typeof markdown> => part.load();

/** Loads it in idle time and gets it ready, so that no answer has to wait. Worth a call as soon as an answer may come. */
export async function warmUp(): Promise<void> {
  await (await part.warmUp())?.warmUpParser();
}
