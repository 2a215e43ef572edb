import {firstLetter} from './direction.ts';

/** Characters that can mean something to the grammar behind a word of the same line. */
const marks = /[$*_`~[\]<>&\\@/#|\p{Cc}]/u;

/** What may become a link without any mark. */
const linkStart = /www/i;

/** What ends a heading and does not show, unless something follows it. */
const headingEnd = /^#+$/;

/** A line that is a tag so far, in a quote or list or not: what follows a space may make it HTML. */
const tagStart = /^(?:[\s>*+-]|\d+[.)])*<\S* *$/;

/** Characters of a word, and of what comes at once; what is longer is left to the grammar. */
const longest = {word: 80, added: 800} as const;

/**
 * The end of a text that ends in words, of which nothing is open. More of them can only be added to what shows already,
 * so they need not be read by the grammar: marks count at the start of a line and beside words, and a word that began as
 * something else may go on as that.
 */
export class PlainEnd {
  /** What stands after the last space, where more letters would only make it longer. */
  #word: string;
  /** Spaces at the end, which show once something follows them. */
  #space: string;
  /** Whether the last word has marks, so that only a space may follow. */
  #isMarked: boolean;

  private constructor(word: string, space: string) {
    this.#isMarked = !isPlain(word);
    this.#word = this.#isMarked ? '' : word;
    this.#space = space;
  }

  /** The end of `source`; undefined where its last line may still become something else, as one of digits may, or get a direction. */
  static of(source: string): PlainEnd | undefined {
    const tail = source.slice(-longest.word);
    const [all, word = '', space = ''] = /(\S+)( *)$/.exec(tail) ?? [''];
    const line = tail.slice(tail.lastIndexOf('\n') + 1);
    if (all === '' || all.length === longest.word || firstLetter(line) === undefined || headingEnd.test(word) || tagStart.test(line)) return undefined;
    return new PlainEnd(word, space);
  }

  /** What `added`, which comes next, adds to what shows; undefined where the grammar has to read it. */
  take(added: string): string | undefined {
    const words = this.#word + this.#space + added;
    if (this.#isMarked && !words.startsWith(' ')) return undefined;
    if (words.length > longest.added || !isPlain(words)) return undefined;
    const shown = words.trimEnd();
    // It may begin an image, so the grammar holds it back.
    if (shown.endsWith('!')) return undefined;
    const before = this.#word.length;
    this.#space = words.slice(shown.length);
    if (shown !== '') this.#isMarked = false;
    this.#word = shown.slice(shown.lastIndexOf(' ') + 1);
    return shown.slice(before);
  }
}

const isPlain = (text: string): boolean => !marks.test(text) && !linkStart.test(text);
