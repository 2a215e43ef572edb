import type {Token} from 'marked';
import {completeDisplayed, hasFormulas} from './formulas.ts';
import type {Grammar} from './grammar.ts';
import {limits} from './limits.ts';
import {completeBlocks} from './unfinished-block.ts';

/** The source of the open blocks, completed the way it will most likely go on, and its blocks. */
export function completed(grammar: Grammar, source: string): {read: string; all: Token[]} {
  const read = completeBlocks(source);
  const formula = grammar.readsFormulas && hasFormulas(source) ? (completeDisplayed(source) ?? source) : read;
  if (formula !== read) {
    const all = grammar.blocks(formula);
    // Nothing in a formula is the beginning of a table or a marker.
    if (all.at(-1)?.type === 'formula') return {read: formula, all};
  }
  if (read.length > source.length && read.startsWith(source)) {
    const all = grammar.blocks(source);
    // In a table that has begun, what looks like a first row is one more.
    if (all.at(-1)?.type === 'table') return {read: source, all};
  }
  return {read, all: grammar.blocks(read)};
}

/** Blocks, and where in the text each starts and ends. */
export interface Placed {
  tokens: Token[];
  starts: number[];
  ends: number[];
}

/** Blocks without the blank lines between them, which count to the block before, and where each starts and ends. */
export function placed(all: readonly Token[], start: number, end: number): Placed {
  const tokens: Token[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  let offset = start;
  for (const token of all) {
    const before = offset;
    offset = Math.min(end, offset + token.raw.length);
    if (token.type === 'space') {
      if (ends.length > 0) ends[ends.length - 1] = offset;
    } else {
      tokens.push(token);
      starts.push(before);
      ends.push(offset);
    }
  }
  return {tokens, starts, ends};
}

/** Where to cut a block that is too long: behind a line, else a word, else anywhere. */
export function cutBefore(text: string, start: number, limit: number): number {
  const least = start + limits.block / 2;
  for (const mark of ['\n', ' ']) {
    const cut = text.lastIndexOf(mark, limit - 1) + 1;
    if (cut > least) return cut;
  }
  return limit;
}
