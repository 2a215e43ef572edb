import type {Token, Tokens} from 'marked';
import type {Definition} from './grammar.ts';
import {limits} from './limits.ts';

type Known = Record<string, Definition | undefined>;

/** Without a prototype: `[constructor]` is a label like any other. */
const none = (): Known => Object.create(null) as Known;

/** The link reference definitions of one message: those of finished blocks, and those of blocks that may still change. */
export class Definitions {
  /** All that count, by normalised label; the first definition of a label does. */
  known: Known = none();
  #finished: {label: string; definition: Definition; end: number}[] = [];
  #open = '';

  /** Takes in the definitions of the open blocks; returns the labels whose meaning has changed. */
  setOpen(tokens: readonly Token[]): string[] {
    const open = definitionsIn(tokens);
    const key = open.map(({raw}) => raw).join('\n');
    if (key === this.#open) return [];
    this.#open = key;
    return this.#replace(open);
  }

  /** Takes in the definitions of a block that is finished and ends at `end`. */
  finish(token: Token, end: number): void {
    for (const {tag, href, title} of definitionsIn([token])) {
      if (this.#finished.length < limits.definitions) this.#finished.push({label: tag, definition: {href, title}, end});
    }
  }

  /** Forgets the definitions of blocks that end after `end`, and all open ones; returns the labels that changed. */
  rewind(end: number): string[] {
    this.#finished = this.#finished.filter((entry) => entry.end <= end);
    this.#open = '';
    return this.#replace([]);
  }

  #replace(open: readonly Tokens.Def[]): string[] {
    const next = none();
    for (const {label, definition} of this.#finished) next[label] ??= definition;
    for (const {tag, href, title} of open.slice(0, Math.max(0, limits.definitions - this.#finished.length))) next[tag] ??= {href, title};
    const before = this.known;
    this.known = next;
    return [...new Set([...Object.keys(before), ...Object.keys(next)])].filter((label) => !isSame(before[label], next[label]));
  }
}

const isSame = (one: Definition | undefined, other: Definition | undefined): boolean =>
  one?.href === other?.href && one?.title === other?.title;

function definitionsIn(tokens: readonly Token[]): Tokens.Def[] {
  return tokens.flatMap((token): Tokens.Def[] => {
    // The token union of the parser also admits tokens of extensions, so its types do not narrow by name.
    switch (token.type) {
      case 'def':
        return [token as Tokens.Def];
      case 'blockquote':
        return definitionsIn((token as Tokens.Blockquote).tokens);
      case 'list_item':
        return definitionsIn((token as Tokens.ListItem).tokens);
      case 'list':
        return (token as Tokens.List).items.flatMap(({tokens: inner}) => definitionsIn(inner));
      default:
        return [];
    }
  });
}
