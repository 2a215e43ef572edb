import type {MarkedOptions, Token, Tokens} from 'marked';

/** A formula in TeX: `$$…$$` or `\[…\]`, which stand alone, and `\(…\)` or `$…$` in the line. */
export interface Formula extends Tokens.Generic {
  type: 'formula';
  text: string;
  isDisplayed: boolean;
}

/** Marks a formula whose end has not come. No text can have it: control characters are refused. */
export const unfinished = '\u0000';

/** A formula that stands alone begins a line. */
const displayStart = /^ {0,3}(\$\$|\\\[)/;
/** Where such a line begins below another one, or a blank line, where no paragraph goes on. */
const below = /\n(?:([ \t]*\n)| {0,3}(?:\$\$|\\\[))/g;
const inlineStart = /^(?:\$\$?|\\\(|\\\[)/;

const closings: Readonly<Record<string, string>> = {'$$': '$$', '\\[': '\\]', '\\(': '\\)', '$': '$'};

/** Whether a block of the text that is still arriving is a formula whose end has not come. */
export const isOpenFormula = (token: Token | undefined): boolean => token?.type === 'formula' && token.raw.includes(unfinished);

/** Whether there may be a formula that stands alone. */
export const hasFormulas = (source: string): boolean => source.includes('$$') || source.includes('\\[');

/** What makes the parser read formulas. */
export function formulaGrammar(): Pick<MarkedOptions, 'extensions' | 'hooks'> {
  const extensions = {
    renderers: {},
    childTokens: {},
    block: [readDisplayed],
    inline: [readInline],
    startInline: [(source: string) => source.indexOf('$')],
  };
  // Only this one of the parser's hooks is asked for by what reads tokens.
  return {extensions, hooks: {emStrongMask: masked} as unknown as NonNullable<MarkedOptions['hooks']>};
}

/** A source up to a formula that stands alone and ends the paragraph above it. */
export function beforeFormula(source: string): string {
  for (const {1: blank, index} of source.matchAll(below)) {
    if (blank !== undefined) break;
    if (readDisplayed(source.slice(index + 1))) return source.slice(0, index);
  }
  return source;
}

/** A formula that stands alone: no blank line in it, and nothing behind its end. */
function readDisplayed(source: string): Formula | undefined {
  const opening = displayStart.exec(source);
  if (!opening) return undefined;
  const [before = '', mark = ''] = opening;
  const blank = /\n[ \t]*\n/.exec(source);
  const end = closingAt(source, before.length, mark, blank?.index ?? source.length);
  if (end === undefined) return undefined;
  const rest = /^[ \t]*(?:\n|$)/.exec(source.slice(end + 2));
  const text = source.slice(before.length, end).trim();
  return rest && text !== '' ? {type: 'formula', raw: source.slice(0, end + 2 + rest[0].length), text, isDisplayed: true} : undefined;
}

/** A formula in a line of text. */
function readInline(source: string): Formula | undefined {
  const mark = inlineStart.exec(source)?.[0];
  if (mark === undefined) return undefined;
  const end = mark === '$' ? dollarEnd(source) : closingAt(source, mark.length, mark, source.length);
  if (end === undefined) return undefined;
  const text = source.slice(mark.length, end).trim();
  return text === '' ? undefined : {type: 'formula', raw: source.slice(0, end + mark.length), text, isDisplayed: mark === '$$' || mark === '\\['};
}

/**
 * Where a formula between single dollars ends, as Pandoc has it, so that prices stay prices: nothing blank inside beside
 * either, and no digit behind the second.
 */
function dollarEnd(source: string): number | undefined {
  if (/^\$(?:\s|\$|$)/.test(source)) return undefined;
  for (let at = 1; at < source.length && source[at] !== '\n'; at++) {
    if (source[at] === '\\') at++;
    else if (source[at] === '$') return /\s/.test(source[at - 1] ?? '') || /\d/.test(source[at + 1] ?? '') ? undefined : at;
  }
  return undefined;
}

/** Where the mark stands that ends what another one has begun. */
function closingAt(source: string, start: number, mark: string, limit: number): number | undefined {
  const closing = closings[mark] ?? mark;
  for (let at = start; at < limit; at++) {
    if (source.startsWith(closing, at)) return at;
    if (source[at] === '\\') at++;
  }
  return undefined;
}

/** Emphasis does not begin or end in a formula. */
function masked(source: string): string {
  let result = '';
  for (let at = 0; at < source.length;) {
    const formula = source[at] === '$' || source[at] === '\\' ? readInline(source.slice(at)) : undefined;
    // An escaped character is none of these marks either.
    const length = formula?.raw.length ?? (source[at] === '\\' ? 2 : 1);
    result += formula ? 'a'.repeat(length) : source.slice(at, at + length);
    at += length;
  }
  return result;
}

/** The source of the open blocks, where they end in a formula that stands alone: with an end that marks it as unfinished. */
export function completeDisplayed(source: string): string | undefined {
  // The last line may still become one that is not blank.
  const blank = /(?:^|[^]*\n)[ \t]*\n/.exec(source)?.[0].length ?? 0;
  for (let at = blank; at >= 0 && at < source.length;) {
    const rest = source.slice(at);
    const [before = '', mark] = displayStart.exec(rest) ?? [];
    if (mark !== undefined && closingAt(rest, before.length, mark, rest.length) === undefined) {
      const start = at + before.length;
      // The beginning of its end would be taken for a part of it.
      return `${source.slice(0, start)}${source.slice(start).replace(/[\\$\s]+$/, '')}${unfinished}\n${closings[mark] ?? mark}`;
    }
    const length = readDisplayed(rest)?.raw.length ?? rest.indexOf('\n') + 1;
    at = length === 0 ? -1 : at + length;
  }
  return undefined;
}

/** Longest text behind a single dollar, and what must not be in it, for it to pass as a formula before its end has come. */
const longestGuess = 80;
const words = /\p{L}{3,} \p{L}{3,}/u;

/**
 * What inline source that is still arriving needs where it ends in a formula that began at `position`; undefined where
 * none begins there, and how long it is where it is whole.
 */
export function formulaAt(source: string, position: number): {length: number} | {mark: string; tail: string} | undefined {
  const rest = source.slice(position);
  const mark = inlineStart.exec(rest)?.[0];
  if (mark === undefined) return undefined;
  const formula = readInline(rest);
  if (formula) return {length: formula.raw.length};
  const text = rest.slice(mark.length);
  if (mark === '$' && text !== '' && (!/^[\p{L}\\({[|]/u.test(text) || text.length > longestGuess || words.test(text) || text.includes('\n') || text.includes('$'))) return undefined;
  return {mark, tail: `${unfinished}${closings[mark] ?? mark}`};
}
