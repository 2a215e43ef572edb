import {referenceStart} from './entities.ts';
import {formulaAt} from './formulas.ts';

/** Stands for the target of a link that is still being written. No text can name it: control characters are refused. */
export const pendingTarget = '\u0000';

/** A run of `*`, `_` or `~` that may open emphasis. */
interface Opener {
  character: string;
  count: number;
  start: number;
}

interface Bracket {
  start: number;
  isImage: boolean;
  /** How many openers stood before it. */
  depth: number;
}

/** How far back an unfinished link's text may begin; a bracket that is older is just a bracket. */
const longestLabel = 300;

const isSpace = (character: string): boolean => character === '' || /\s/.test(character);
const isPunctuation = (character: string): boolean => /[\p{P}\p{S}]/u.test(character);

/**
 * Inline source that is still arriving, completed the way it will most likely go on: open emphasis, code and links are
 * closed, and a marker at the very end, which could become anything, is left out.
 */
export function completeInline(source: string, hasFormulas = false): string {
  if (/^\[(?:[ xX]\]?)?\s*$/.test(source)) return '';
  return new Completion(source, hasFormulas).result();
}

class Completion {
  readonly #hasFormulas: boolean;
  #source: string;
  readonly #openers: Opener[] = [];
  readonly #brackets: Bracket[] = [];
  /** What an open code span or link at the end needs. */
  #tail = '';

  constructor(source: string, hasFormulas: boolean) {
    this.#hasFormulas = hasFormulas;
    const end = source.trimEnd();
    // A lone backslash would escape what is appended; the start of a reference shows once it is whole.
    const half = /\\+$/.exec(end);
    const cut = half && half[0].length % 2 === 1 ? end.slice(0, -1) : end;
    const ampersand = referenceStart(cut);
    this.#source = (ampersand === undefined ? cut : cut.slice(0, ampersand)).trimEnd();
  }

  result(): string {
    let position = 0;
    while (position < this.#source.length) position = this.#read(position);
    this.#closeBracket();
    return this.#source + this.#tail + this.#closers(0);
  }

  /** Reads what stands at `position`; returns where to go on. */
  #read(position: number): number {
    const character = this.#source[position] ?? '';
    if (this.#hasFormulas && (character === '$' || character === '\\')) {
      const end = this.#readFormula(position);
      if (end !== undefined) return end;
    }
    switch (character) {
      case '\\':
        return position + 2;
      case '`':
        return this.#readCode(position);
      case '<': {
        const tag = /^<[a-z/!?][^<>\n]*>/i.exec(this.#source.slice(position, position + 500));
        return position + (tag?.[0].length ?? 1);
      }
      case '!':
        if (this.#source[position + 1] !== '[') return position + 1;
        this.#brackets.push({start: position, isImage: true, depth: this.#openers.length});
        return position + 2;
      case '[':
        this.#brackets.push({start: position, isImage: false, depth: this.#openers.length});
        return position + 1;
      case ']':
        return this.#readLinkEnd(position);
      case '*':
      case '_':
      case '~':
        return this.#readRun(position, character);
      default:
        return position + 1;
    }
  }

  /** Where a formula at `position` ends; one that is still being written is closed, and a bare mark of one held back. */
  #readFormula(position: number): number | undefined {
    const formula = formulaAt(this.#source, position);
    if (!formula) return undefined;
    if ('length' in formula) return position + formula.length;
    const source = this.#source.replace(/\$$/, '').trimEnd();
    this.#source = source.length > position + formula.mark.length ? source : this.#source.slice(0, position).trimEnd();
    if (this.#source === source) this.#tail = formula.tail;
    return this.#source.length;
  }

  #readCode(position: number): number {
    const marks = /^`+/.exec(this.#source.slice(position))?.[0] ?? '`';
    const start = position + marks.length;
    for (let at = this.#source.indexOf(marks, start); at >= 0; at = this.#source.indexOf(marks, at)) {
      let end = at;
      while (this.#source[end] === '`') end++;
      if (end - at === marks.length && this.#source[at - 1] !== '`') return end;
      at = end;
    }
    const code = this.#source.slice(start).replace(/`+$/, '');
    this.#source = code.trim() === '' ? this.#source.slice(0, position).trimEnd() : this.#source.slice(0, start) + code;
    if (code.trim() !== '') this.#tail = marks;
    return this.#source.length;
  }

  #readLinkEnd(position: number): number {
    const bracket = this.#brackets.pop();
    if (!bracket) return position + 1;
    const next = this.#source[position + 1];
    const isComplete = next === '(' ? this.#targetEnd(position + 2) : next === '[' ? this.#source.indexOf(']', position + 2) + 1 : -1;
    if (isComplete > 0) {
      this.#openers.length = Math.min(this.#openers.length, bracket.depth);
      return isComplete;
    }
    const isUndecided = next === '(' || next === '[' || (next === undefined && this.#mayBeLink(bracket));
    if (!isUndecided) return position + 1;
    this.#source = this.#source.slice(0, position);
    this.#brackets.push(bracket);
    return position;
  }

  /** Where a link's target, which starts at `position`, has ended; 0 if it has not. */
  #targetEnd(position: number): number {
    let depth = 0;
    for (let at = position; at < this.#source.length; at++) {
      const character = this.#source[at];
      if (character === '\\') at++;
      else if (character === '(') depth++;
      else if (character === ')' && depth-- === 0) return at + 1;
    }
    return 0;
  }

  /** `a[0]` is an index, and a very old bracket is just a bracket. */
  #mayBeLink({start}: Bracket): boolean {
    return !/[\p{L}\p{N}\])]/u.test(this.#source[start - 1] ?? '') && this.#source.length - start < longestLabel;
  }

  #readRun(position: number, character: string): number {
    let end = position;
    while (this.#source[end] === character) end++;
    const count = end - position;
    const before = this.#source[position - 1] ?? '';
    const after = this.#source[end] ?? '';
    if (after === '') return this.#readLastRun(position, character, count);
    const opens = !isSpace(after) && (!isPunctuation(after) || isSpace(before) || isPunctuation(before));
    const closes = !isSpace(before) && (!isPunctuation(before) || isSpace(after) || isPunctuation(after));
    const isInWord = character === '_' && opens && closes && !isPunctuation(before) && !isPunctuation(after);
    const left = closes && !isInWord ? this.#close(character, count) : count;
    if (left > 0 && left <= 3 && opens && !isInWord) this.#openers.push({character, count: left, start: position});
    return end;
  }

  /** A run at the very end: it closes what it can, maybe before it is whole; what it might open is not there yet. */
  #readLastRun(position: number, character: string, count: number): number {
    const isClosing = !isSpace(this.#source[position - 1] ?? '');
    const opener = this.#openers.findLast((entry) => entry.character === character);
    if (isClosing && opener && opener.count <= count) {
      this.#close(character, opener.count);
      return position + count;
    }
    this.#source = this.#source.slice(0, position).trimEnd();
    return this.#source.length;
  }

  /** Takes `count` marks off the openers they close; returns how many are left over. */
  #close(character: string, count: number): number {
    let left = count;
    for (let index = this.#openers.length - 1; index >= 0 && left > 0; index--) {
      const opener = this.#openers[index];
      if (opener?.character !== character) continue;
      const used = Math.min(left, opener.count);
      left -= used;
      opener.count -= used;
      this.#openers.length = opener.count > 0 ? index + 1 : index;
    }
    return left;
  }

  /** Makes a link of an open bracket's text. */
  #closeBracket(): void {
    const bracket = this.#brackets.findLast((entry) => this.#mayBeLink(entry));
    if (!bracket || bracket !== this.#brackets.at(-1)) return;
    const isEmpty = this.#source.slice(bracket.start).replace(/^!?\[/, '').trim() === '';
    if (isEmpty) {
      this.#source = this.#source.slice(0, bracket.start).trimEnd();
      return;
    }
    this.#tail += `${this.#closers(bracket.depth)}](<${pendingTarget}>)`;
    this.#openers.length = Math.min(this.#openers.length, bracket.depth);
  }

  /** The marks that close all openers from `depth` on, innermost first. */
  #closers(depth: number): string {
    return this.#openers.slice(depth).reverse().map(({character, count}) => character.repeat(count)).join('');
  }
}
