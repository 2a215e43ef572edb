import {idle} from '../internal/idle.ts';
import {warnOnce} from '../internal/warn.ts';
import type * as markdown from './markdown.ts';

type MarkdownModule = typeof markdown;

let loaded: MarkdownModule | undefined;
let loading: Promise<MarkdownModule> | undefined;

/** What shows Markdown, if it is loaded. */
export const loadedMarkdown = (): MarkdownModule | undefined => loaded;

/**
 * Loads what shows Markdown, once; a load that failed is tried again with the next call.
 * @throws {Error} when its file cannot be loaded.
 */
export function loadMarkdown(): Promise<MarkdownModule> {
  loading ??= import('./markdown.ts').then((module) => (loaded = module), (error: unknown) => {
    loading = undefined;
    warnOnce(`Answers show as plain text, because a part of the library could not be loaded: ${String(error)}. See that its folder lies beside the script.`);
    throw error;
  });
  return loading;
}

/** Loads it in idle time and gets it ready, so that no answer has to wait. Worth a call as soon as an answer may come. */
export async function warmUp(): Promise<void> {
  await idle(500);
  try {
    const {warmUpParser} = await loadMarkdown();
    await warmUpParser();
  } catch {
    // Said already. The first answer tries again.
  }
}
