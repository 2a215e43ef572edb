import {Lexer, Tokenizer, type Token, type Tokens, type Links} from 'marked';
import {openFence, readFence} from './fence-text.ts';
import {beforeFormula, formulaGrammar} from './formulas.ts';
import {limits} from './limits.ts';

/** A fenced block as this room reads it: the same scanner serves whole text and text that is still arriving. */
export interface FencedCode extends Tokens.Code {
  isClosed: boolean;
}

/** A line with the name of a tag alone, and a blank one below. HTML of the other names goes on behind blank lines. */
const bareTag = /^ {0,3}<\/?(?!(?:script|pre|style|textarea)\n)[a-z][a-z\d]*(?=\n[ \t]*\n)/i;

/** The grammar of `marked`, kept within the limits: what would nest deeper than they allow stays plain text. */
class BoundedTokenizer extends Tokenizer {
  #blocks = 0;
  #inlines = 0;
  readonly #readsFormulas: boolean;
  /** The source at the position that is being read. */
  #position = '';

  constructor(readsFormulas: boolean) {
    super();
    this.#readsFormulas = readsFormulas;
  }

  /** Counts from nothing again, also after an error that left the counts open. */
  reset(): void {
    this.#blocks = 0;
    this.#inlines = 0;
  }

  override blockquote(source: string): Tokens.Blockquote | undefined {
    return this.#inBlock(() => super.blockquote(source));
  }

  override hr(source: string): Tokens.Hr | undefined {
    this.#position = source;
    return super.hr(source);
  }

  override list(source: string): Tokens.List | undefined {
    // At each position rules are tried before lists. Without that, a quote reads its last list again with the lines that
    // go on with it; the parser then takes that list for text after text, and fails for want of it.
    const isAgain = source !== this.#position;
    const {state} = this.lexer;
    const {lastToken} = state;
    if (isAgain) delete state.lastToken;
    const list = this.#inBlock(() => super.list(source));
    if (isAgain && lastToken) state.lastToken = lastToken;
    return list;
  }

  override def(source: string): Tokens.Def | undefined {
    // A definition is the beginning of what would else be a paragraph (CommonMark 4.7): its title ends with that.
    const paragraph = /^ {0,3}\[/.test(source) ? super.paragraph(source) : undefined;
    return paragraph && super.def(source.slice(0, paragraph.raw.trimEnd().length + 1));
  }

  override html(source: string): Tokens.HTML | undefined {
    const {state} = this.lexer;
    const {lastToken} = state;
    // Whether HTML may end the paragraph above is asked of the whole source, where `<div` and a line break are no match.
    const [line = ''] = source.split('\n', 1);
    const endsParagraph = lastToken?.type === 'paragraph' && this.rules.other.htmlBeginRegex(4).test(line);
    if (endsParagraph) delete state.lastToken;
    const html = super.html(source);
    if (endsParagraph) state.lastToken = lastToken;
    // The break behind such a tag is taken for a part of it, so that a blank line there would not end the block.
    const tag = bareTag.exec(source)?.[0];
    return html && tag !== undefined ? {...html, raw: tag, text: tag} : html;
  }

  override fences(source: string): FencedCode | undefined {
    const fence = openFence(source);
    if (!fence) return undefined;
    const {length, text, isClosed} = readFence(source, fence);
    return {type: 'code', raw: source.slice(0, length), lang: fence.info, text, isClosed};
  }

  override paragraph(source: string): Tokens.Paragraph | undefined {
    return super.paragraph(this.#readsFormulas ? beforeFormula(source) : source);
  }

  override lheading(source: string): Tokens.Heading | undefined {
    return super.lheading(this.#readsFormulas ? beforeFormula(source) : source);
  }

  override table(source: string): Tokens.Table | undefined {
    const table = super.table(source);
    return table && table.header.length <= limits.tableColumns ? table : undefined;
  }

  override emStrong(source: string, masked: string, before?: string): Tokens.Em | Tokens.Strong | undefined {
    return this.#inInline(() => super.emStrong(source, masked, before));
  }

  override del(source: string, masked: string, before?: string): Tokens.Del | undefined {
    return this.#inInline(() => super.del(source, masked, before));
  }

  override link(source: string): Tokens.Link | Tokens.Image | undefined {
    return this.#inInline(() => super.link(source));
  }

  override reflink(source: string, links: Links): Tokens.Link | Tokens.Image | Tokens.Text | undefined {
    return this.#inInline(() => super.reflink(source, links));
  }

  #inBlock<T>(read: () => T | undefined): T | undefined {
    if (this.#blocks >= limits.blockDepth) return undefined;
    this.#blocks++;
    try {
      return read();
    } finally {
      this.#blocks--;
    }
  }

  #inInline<T>(read: () => T | undefined): T | undefined {
    if (this.#inlines >= limits.inlineDepth) return undefined;
    this.#inlines++;
    try {
      return read();
    } finally {
      this.#inlines--;
    }
  }
}

/** A link reference definition: `[label]: href "title"`. */
export interface Definition {
  href: string;
  title?: string;
}

/**
 * Reads Markdown into tokens. Blocks and their inline content are read apart, so that the content of a block that has
 * not changed is never read again; a definition anywhere in the message serves all of it.
 */
export class Grammar {
  readonly readsFormulas: boolean;
  readonly #tokenizer: BoundedTokenizer;
  readonly #lexer: Lexer;
  /** The pieces of the long paragraph read last: while it grows, all but its last piece stay as they are. */
  #known = new Map<string, Token[]>();

  /** @param readsFormulas whether `$$`, `\\[`, `\\(` and `$` begin formulas. */
  constructor(readsFormulas = false) {
    this.readsFormulas = readsFormulas;
    this.#tokenizer = new BoundedTokenizer(readsFormulas);
    this.#lexer = new Lexer({gfm: true, tokenizer: this.#tokenizer, ...(readsFormulas ? formulaGrammar() : {})});
  }

  /** The definitions that count, by normalised label. */
  set definitions(definitions: Record<string, Definition | undefined>) {
    this.#known.clear();
    this.#lexer.tokens.links = definitions as Links; // The parser's type leaves out that a label may be missing.
  }

  /** The blocks of `source`, without their inline content. */
  blocks(source: string): Token[] {
    this.#reset();
    const counting = this.#lexer.tokens.links;
    // The caller decides which definitions count, and when; those found here must not come in by themselves.
    this.#lexer.tokens.links = Object.create(null) as Links;
    const tokens = this.#lexer.blockTokens(source, []);
    this.#lexer.tokens.links = counting;
    return tokens;
  }

  /**
   * The inline content of a paragraph, heading or cell; where the text, still arriving, ends in it, `complete` makes of
   * its last piece what it will most likely become.
   */
  inline(source: string, complete?: (last: string) => string): Token[] {
    const all = pieces(source);
    const last = all.pop() ?? '';
    const known = this.#known;
    this.#known = new Map();
    const before = all.flatMap((piece) => {
      const tokens = known.get(piece) ?? this.#read(piece);
      this.#known.set(piece, tokens);
      return tokens;
    });
    return [...before, ...this.#read(complete ? complete(last) : last)];
  }

  #read(source: string): Token[] {
    this.#reset();
    return this.#lexer.inlineTokens(source, []);
  }

  /** The lexer carries state from one run to the next, such as an open raw `<a>`; here each run stands alone. */
  #reset(): void {
    this.#tokenizer.reset();
    this.#lexer.inlineQueue = [];
    Object.assign(this.#lexer.state, {inLink: false, inRawBlock: false, linkEmitted: false, top: true, lastToken: undefined});
  }
}

/**
 * Cuts a run that is too long, or has too many marks, to be parsed in one go: the parser's time grows with the square of
 * both. The cuts are at spaces where there are any.
 */
export function pieces(source: string): string[] {
  if (source.length <= limits.inlineMarks) return [source];
  const result: string[] = [];
  let start = 0;
  let marks = 0;
  for (let at = 0; at < source.length; at++) {
    if (isMark(source.charCodeAt(at))) marks++;
    if (marks < limits.inlineMarks && at - start < limits.inlineRun) continue;
    const space = source.lastIndexOf(' ', at);
    const end = space > start ? space + 1 : at + 1;
    result.push(source.slice(start, end));
    start = end;
    at = Math.max(at, end - 1);
    marks = 0;
  }
  result.push(source.slice(start));
  return result;
}

/** Characters that make the parser look far ahead or back. */
const marksCounted = new Set(Array.from('!$*<@[\\]_`~&', (mark) => mark.charCodeAt(0)));
const isMark = (code: number): boolean => marksCounted.has(code);
