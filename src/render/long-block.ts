import type {Token, Tokens} from 'marked';
import {firstLetter} from './direction.ts';
import {limits} from './limits.ts';
import {isSpread, withLooseness} from './looseness.ts';

/** A row of a table, finished by itself. */
export interface Row {
  type: 'row';
  raw: string;
  cells: readonly Tokens.TableCell[];
}

/** What is known of a list or table of which only the rest was read. */
export interface Rest {
  /** The first letter of the whole, which decides its direction. */
  letter?: string;
  isRest?: true;
}

/** The items or rows at the beginning of a long block that are finished, each with the length of its source. */
interface Parts {
  tokens: (Tokens.ListItem | Row)[];
  lengths: number[];
}

/** Characters of a table's first two lines, which are read again with each of its parts. */
const longestHead = 2_000;

/** An item that is one for certain: a line of marks alone may still become a rule, or go on the item before. */
const certainItem = /^ {0,3}\S+[ \t]+[^\n]*[\p{L}\p{N}]/u;

/**
 * A list or table at the end of the text that is too long to be read again with each token. Its items or rows are
 * finished, all but the last, and what follows is read as the rest of the same list or table.
 */
export class LongBlock {
  /** What must stand before the rest for it to be read as such: a table's first two lines. */
  readonly head: string;
  readonly #start: number | '';
  readonly #letter: string | undefined;
  #isLoose = false;
  #cells = 0;

  private constructor(token: Tokens.List | Tokens.Table, head: string) {
    this.head = head;
    this.#start = token.type === 'list' ? (token).start : '';
    this.#letter = firstLetter(token.raw);
  }

  /** The long block that `token` is; undefined where it is no list or table. */
  static of(token: Token | undefined): LongBlock | undefined {
    if (token?.type === 'list') return new LongBlock(token as Tokens.List, '');
    const head = token?.type === 'table' ? /^.*\n.*\n/.exec(token.raw)?.[0] : undefined;
    return head === undefined || head.length > longestHead ? undefined : new LongBlock(token as Tokens.Table, head);
  }

  /** Makes of `token`, read from behind the finished parts, the rest of this block. */
  goOn(token: Token): void {
    const rest: Rest = {isRest: true, ...(this.#letter === undefined ? {} : {letter: this.#letter})};
    Object.assign(token, rest);
    if (token.type !== 'list') return;
    const list = token as Tokens.List;
    list.start = this.#start;
    if (!this.#isLoose || list.loose) return;
    list.loose = true;
    list.items = list.items.map((item) => withLooseness(item, true));
  }

  /** All parts but the last; undefined where that is the only one, or where a table has as many cells as it may have. */
  finishedParts(token: Token): Parts | undefined {
    return token.type === 'list' ? this.#items(token as Tokens.List) : this.#rows(token as Tokens.Table);
  }

  #items({items}: Tokens.List): Parts | undefined {
    const tokens = items.slice(0, certainItem.test(items.at(-1)?.raw ?? '') ? -1 : -2);
    if (tokens.length === 0) return undefined;
    this.#isLoose ||= tokens.some(isSpread);
    return {tokens, lengths: tokens.map(({raw}) => raw.length)};
  }

  #rows({raw, header, rows}: Tokens.Table): Parts | undefined {
    const lines = raw.slice(this.head.length).trimEnd().split('\n').slice(0, -1);
    const cells = this.#cells + header.length * rows.length;
    if (lines.length === 0 || lines.length !== rows.length - 1 || cells > limits.tableCells) return undefined;
    this.#cells = cells - header.length;
    return {
      tokens: lines.map((line, index) => ({type: 'row', raw: line, cells: rows[index] ?? []})),
      lengths: lines.map((line) => line.length + 1),
    };
  }
}
