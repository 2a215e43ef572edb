import type {Token} from 'marked';
import type {FencedCode} from './grammar.ts';

/** A fenced block at the end of the text whose closing line has not come yet. */
export const isOpenFence = (token: Token): token is FencedCode => token.type === 'code' && (token as Partial<FencedCode>).isClosed === false;

/**
 * How many leading blocks can no longer change, whatever text follows; `lastSource` is the text from the last one on.
 * The last one always can; the one before it can while the last is no more than a marker (`-`, `1.`, `#`, two backticks)
 * that may turn out to be its continuation.
 */
export function finishedCount(blocks: readonly Token[], lastSource: string): number {
  const last = blocks.at(-1);
  const previous = blocks.at(-2);
  if (!last || !previous) return 0;
  return isSettled(previous, last, lastSource) ? blocks.length - 1 : blocks.length - 2;
}

function isSettled(previous: Token, last: Token, lastSource: string): boolean {
  // A title may still follow a definition, on a line that looks like a paragraph until its closing quote has come.
  if (previous.type === 'def' || last.type === 'def') return false;
  const lines = lastSource.trimStart().split('\n', 3).length - 1;
  // What makes a table of two lines is the second one.
  if (lines > (last.type === 'table' ? 1 : 0)) return true;
  switch (last.type) {
    case 'paragraph':
    case 'heading':
    case 'list':
    case 'blockquote':
      return /\p{L}/u.test(last.raw);
    default:
      return false;
  }
}
