import type {Token} from 'marked';
import {isOpenFormula} from './formulas.ts';
import type {FencedCode} from './grammar.ts';

/** A fenced block at the end of the text whose closing line has not come yet. */
export const isOpenFence = (token: Token): token is FencedCode => token.type === 'code' && (token as Partial<FencedCode>).isClosed === false;

/**
 * How many leading blocks can no longer change, whatever text follows. The last one always can; the one before it can
 * while the last is no more than a marker (`-`, `1.`, `#`, two backticks) that may turn out to be its continuation.
 * `source` and `lastSource` are the text of those two.
 */
export function finishedCount(blocks: readonly Token[], source: string, lastSource: string): number {
  let count = settledCount(blocks, source, lastSource);
  while (needsAbove(blocks[count - 1], blocks[count])) count--;
  return count;
}

function settledCount(blocks: readonly Token[], source: string, lastSource: string): number {
  const last = blocks.at(-1);
  const previous = blocks.at(-2);
  if (!last || !previous) return 0;
  if (isSettled(previous, source, last, lastSource)) return blocks.length - 1;
  return Math.max(0, blocks.length - (mayHaveCut(source, lastSource) || isOpen(last, lastSource) ? 3 : 2));
}

/** Whether a block is no HTML only because of the paragraph right above it, so that it cannot be read without that. */
const needsAbove = (above: Token | undefined, block: Token | undefined): boolean =>
  above?.type === 'paragraph' && above.raw.endsWith('\n') && block?.type !== 'html' && /^ {0,3}</.test(block?.raw ?? '');

/**
 * Whether the last line looks like the second one of a table, which alone makes the parser end the paragraph before the
 * line above it. Where it turns out to be none, all three are one paragraph.
 */
const mayHaveCut = (source: string, lastSource: string): boolean => !isApart(source) && /^[ \t|:-]+\n?$/.test(lastSource);

/** Without its end, and with more in that line, what looks like a formula is the rest of the paragraph before it. */
const isOpen = (last: Token, source: string): boolean => last.type === 'formula' && (isOpenFormula(last) || !source.endsWith('\n'));

/** Whether a blank line stands at the end of a block's source. */
export const isApart = (source: string): boolean => /\n[ \t]*\n[ \t]*$/.test(source.slice(-1_000));

function isSettled(previous: Token, source: string, last: Token, lastSource: string): boolean {
  if (isOpen(last, lastSource)) return false;
  // A title may still follow a definition, on a line that looks like a paragraph until its closing quote has come.
  if (previous.type === 'def' || last.type === 'def') return false;
  const isAlone = isApart(source);
  const lines = lastSource.trimStart().split('\n', 3).length - 1;
  // A table takes two lines to be one; the second decides whether the first has ended the paragraph before it.
  if (lines > (isAlone && last.type !== 'table' ? 0 : 1)) return true;
  switch (last.type) {
    case 'paragraph':
    case 'heading':
    case 'list':
    case 'blockquote':
      return isAlone && /\p{L}/u.test(last.raw);
    default:
      return false;
  }
}
