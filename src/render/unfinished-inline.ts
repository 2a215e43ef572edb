import {referenceStart} from './entities.ts';
import {formulaAt} from './formulas.ts';

/** Stands for the target of a link that is still being written. No text can name it: control characters are refused. */
export const pendingTarget = '\u0000';

/**
 * What stands before each mark that closes emphasis, and shows nowhere. Between a control character and a space or the end a
 * run of marks can only close; beside punctuation or other marks it could open as well, and the parser would be unsure.
 */
const seam = '\u2028\u0000';

/** Text of a completed source without what stands before closing marks. */
export const withoutSeams = (text: string): string => text.replaceAll(seam, '');

/** A run of `*`, `_` or `~` that may open emphasis. */
interface Opener {
  character: string;
  /** How many of its marks nothing has closed yet. */
  count: number;
  /** Where its marks end. */
  end: number;
}

interface Bracket {
  start: number;
  /** Where its text begins. */
  end: number;
  isImage: boolean;
  /** How many openers stood before it. */
  depth: number;
  /** Whether a link is in it, so that it is none itself. */
  holdsLink?: boolean;
}

/** How far back an unfinished link's text may begin; a bracket that is older is just a bracket. */
const longestLabel = 300;

/** What may still become `<https://a.example>` or `<a@b.example>`. */
const openAddress = /^<(?:[a-z][a-z\d+.-]*:[^\s<>]*|[\w.!#$%&'*+/=?^`{|}~-]*@[a-z\d.-]*|[a-z][\w.!#$%&'*+/=?^`{|}~-]*)?$/i;

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
    this.#dropBare();
    this.#closeBrackets();
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
        if (openAddress.test(this.#source.slice(position))) return this.#cut(position);
        const tag = /^<[a-z/!?][^<>\n]*>/i.exec(this.#source.slice(position, position + 500));
        return position + (tag?.[0].length ?? 1);
      }
      case '!':
        if (position + 1 === this.#source.length) return this.#cut(position);
        if (this.#source[position + 1] !== '[') return position + 1;
        this.#brackets.push({start: position, end: position + 2, isImage: true, depth: this.#openers.length});
        return position + 2;
      case '[':
        this.#brackets.push({start: position, end: position + 1, isImage: false, depth: this.#openers.length});
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

  /** Holds back all from `position` on; nothing is left to be read then. */
  #cut(position: number): number {
    this.#source = this.#source.slice(0, position).trimEnd();
    return this.#source.length;
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
    if (code.trim() === '') return this.#cut(position);
    this.#source = this.#source.slice(0, start) + code;
    this.#tail = marks;
    return this.#source.length;
  }

  #readLinkEnd(position: number): number {
    const bracket = this.#brackets.pop();
    if (!bracket || (bracket.holdsLink && !bracket.isImage)) return position + 1;
    const next = this.#source[position + 1];
    const end = next === '(' ? this.#targetEnd(position + 2) : next === '[' ? this.#source.indexOf(']', position + 2) + 1 : -1;
    if (end > 0) {
      this.#openers.length = Math.min(this.#openers.length, bracket.depth);
      if (next === '(' && !bracket.isImage) for (const around of this.#brackets) around.holdsLink = true;
      return end;
    }
    const isUndecided = end === 0 || (next === undefined && this.#mayBeLink(bracket));
    if (!isUndecided) return position + 1;
    this.#source = this.#source.slice(0, position);
    this.#brackets.push(bracket);
    return position;
  }

  /** Where a link's target, which starts at `position`, has ended; 0 if it has not, -1 if it is none. */
  #targetEnd(position: number): number {
    let depth = 0;
    /** What ends the part that is being read: an address between angle brackets, or a title. */
    let end = this.#source[position] === '<' ? '>' : '';
    for (let at = position; at < this.#source.length; at++) {
      const character = this.#source[at] ?? '';
      if (character === '\\') at++;
      else if (end !== '') end = character === end ? '' : end;
      else if (character === '(') depth++;
      else if (character === ')' && depth-- === 0) return at + 1;
      else if (at > position && isSpace(this.#source[at - 1] ?? '') && !isSpace(character)) {
        // Behind a space only a title may follow.
        if (depth > 0) continue;
        if (character !== '"' && character !== "'") return -1;
        end = character;
      }
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
    const closes = !isSpace(before) && !this.#isBare(position) && (!isPunctuation(before) || isSpace(after) || isPunctuation(after));
    const isInWord = character === '_' && opens && closes && !isPunctuation(before) && !isPunctuation(after);
    const left = closes && !isInWord ? this.#close(character, count) : count;
    if (left > 0 && left <= (character === '~' ? 2 : 16) && opens && !isInWord) this.#openers.push({character, count: left, end});
    return end;
  }

  /** A run at the very end: it closes what it can close whole; what it might open, or close in part, is not there yet. */
  #readLastRun(position: number, character: string, count: number): number {
    let left = count;
    if (!isSpace(this.#source[position - 1] ?? '') && !this.#isBare(position)) {
      // Not across other marks that are open: they would be none then, and most likely they are.
      for (let last = this.#openers.at(-1); last?.character === character && last.count <= left && this.#openers.length > this.#depth; last = this.#openers.at(-1)) {
        left -= last.count;
        this.#openers.pop();
      }
    }
    return this.#cut(position + count - left);
  }

  /** How many openers stand outside of the link that is open: what is in it closes none of them. */
  get #depth(): number {
    return this.#brackets.findLast((entry) => this.#mayBeLink(entry))?.depth ?? 0;
  }

  /** Whether nothing stands between `position` and a mark or bracket before it. */
  #isBare(position: number): boolean {
    return this.#openers.at(-1)?.end === position || this.#brackets.at(-1)?.end === position;
  }

  /** Takes `count` marks off the openers they close; returns how many are left over. */
  #close(character: string, count: number): number {
    let left = count;
    const depth = this.#depth;
    for (let index = this.#openers.length - 1; index >= depth && left > 0; index--) {
      const opener = this.#openers[index];
      if (opener?.character !== character) continue;
      const used = Math.min(left, opener.count);
      left -= used;
      opener.count -= used;
      this.#openers.length = opener.count > 0 ? index + 1 : index;
    }
    return left;
  }

  /** Takes off marks and brackets at the very end: what they begin has no content yet. */
  #dropBare(): void {
    for (;;) {
      const opener = this.#openers.at(-1);
      const bracket = this.#brackets.at(-1);
      if (opener?.end === this.#source.length) {
        this.#openers.pop();
        this.#cut(opener.end - opener.count);
      } else if (bracket?.end === this.#source.length && this.#mayBeLink(bracket)) {
        this.#brackets.pop();
        this.#cut(bracket.start);
      } else {
        return;
      }
    }
  }

  /** Makes links and images of the texts of open brackets, innermost first. */
  #closeBrackets(): void {
    let holdsLink = false;
    for (const bracket of this.#brackets.toReversed()) {
      if (!this.#mayBeLink(bracket) || ((holdsLink || bracket.holdsLink) && !bracket.isImage)) return;
      this.#tail += `${this.#closers(bracket.depth)}](<${pendingTarget}>)`;
      this.#openers.length = Math.min(this.#openers.length, bracket.depth);
      holdsLink ||= !bracket.isImage;
    }
  }

  /** The marks that close all openers from `depth` on, innermost first. */
  #closers(depth: number): string {
    return this.#openers.slice(depth).reverse().map(({character, count}) => seam + character.repeat(count)).join('');
  }
}
