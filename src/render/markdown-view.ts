import type {Token, Tokens} from 'marked';
import {BlockList} from './block-list.ts';
import type {RenderContext} from './context.ts';
import {Definitions} from './definitions.ts';
import {FenceRun} from './fence-run.ts';
import {openFence} from './fence-text.ts';
import {hasFence} from './fences.ts';
import {finishedCount, isApart, isOpenFence} from './finality.ts';
import {type FrameTask, frames} from './frame-scheduler.ts';
import {Grammar} from './grammar.ts';
import {defaultLabels, type MarkdownLabels} from './labels.ts';
import {limits} from './limits.ts';
import {LongBlock} from './long-block.ts';
import {completed, cutBefore, placed, type Placed} from './open-blocks.ts';
import {PlainEnd} from './plain-end.ts';
import {allowedSchemes} from './safe-url.ts';
import {commonLength, normalised} from './source.ts';
import {openPath} from './unfinished-block.ts';

export interface MarkdownOptions {
  /**
   * Schemes a link may have; default `http`, `https`, `mailto`. A link of any other scheme shows as text. Those that run or
   * hold what they show, such as `javascript` and `data`, are left out, with a warning.
   */
  linkSchemes?: readonly string[];
  /** Origins whose images may load, such as `https://images.example`; other images show as links. */
  imageOrigins?: readonly string[];
  /** Texts and accessible names; English where absent. */
  labels?: Partial<MarkdownLabels>;
  /** Whether finished code blocks are coloured; default true. */
  highlight?: boolean;
}

/** Characters that one step reads: fewer where the last one took long, more where it did not. */
const stepLength = {least: 500, first: 4_000, most: 16_000} as const;

/** How long a step should take at most, in milliseconds. */
const stepMs = 10;

/** A parse that took longer than this, in milliseconds, is not repeated until several times as long has passed. */
const calmMs = 4;

/**
 * Shows Markdown that may still be arriving. It owns the children of `container`; a block that is finished keeps its
 * nodes for good, so that a selection, the focus or a scrolled code block in it survive all that follows.
 *
 * An update shows at once, except where far more text comes than a frame has time for: then the rest follows in the next
 * frames, a part in each.
 */
export class MarkdownView implements FrameTask {
  readonly #context: RenderContext;
  readonly #blocks: BlockList;
  readonly #definitions = new Definitions();
  /** The text so far, with `\n` as the only line break, and how much of it is shown. */
  #text = '';
  #shown = 0;
  #isFinal = false;
  #isFinalShown = false;
  #fence: FenceRun | undefined;
  /** The list or table the text ends in, once its first items or rows are finished by themselves. */
  #long: LongBlock | undefined;
  /** Where the text shown so far ends in plain words. */
  #plainEnd: PlainEnd | undefined;
  #notBefore = 0;
  #stepLength: number = stepLength.first;

  constructor(container: HTMLElement, options: MarkdownOptions = {}) {
    this.#context = {
      grammar: new Grammar(hasFence('math')),
      linkSchemes: allowedSchemes(options.linkSchemes),
      imageOrigins: options.imageOrigins ?? [],
      labels: {...defaultLabels, ...options.labels},
      highlight: options.highlight ?? true,
      base: document.baseURI,
      revision: 0,
      open: new Set(),
      endsPlain: false,
    };
    this.#blocks = new BlockList(container, this.#context);
  }

  /** Whether all text that was given is shown, with all that is known about it. */
  get isSettled(): boolean {
    return this.#isRead && !this.#blocks.isStale;
  }

  get #isRead(): boolean {
    return this.#shown === this.#text.length && this.#isFinalShown === this.#isFinal;
  }

  /** The whole text so far. Text that merely grew costs only its tail; any other text re-renders from the first difference. */
  update(text: string, state: {final?: boolean} = {}): void {
    const next = normalised(text);
    const isFinal = state.final === true;
    if (next === this.#text && isFinal === this.#isFinal) return;
    if (!next.startsWith(this.#text)) this.#rewind(commonLength(next, this.#text));
    else if (this.#isFinal) this.#rewind(this.#text.length);
    this.#text = next;
    this.#isFinal = isFinal;
    if (this.run(frames.deadline())) frames.request(this);
    else frames.cancel(this);
  }

  /** Shows what has not been shown yet, until about `deadline`; returns whether some is left. Frames call this. */
  run(deadline: number): boolean {
    if (performance.now() < this.#notBefore && !this.#isFinal) return !this.isSettled;
    // What one step can take is shown at once in any case: text that streams never waits for a frame.
    const atLeast = this.#shown + stepLength.first;
    while (!this.#isRead) {
      this.#step();
      if (this.#shown >= atLeast && performance.now() >= deadline) return !this.isSettled;
    }
    this.#blocks.refresh(deadline);
    return !this.isSettled;
  }

  /** Empties the container and ends all that is under way. */
  dispose(): void {
    frames.cancel(this);
    this.#blocks.clear();
    this.#definitions.rewind(0);
    this.#fence = this.#long = this.#plainEnd = undefined;
    this.#text = '';
    this.#shown = 0;
    this.#isFinal = this.#isFinalShown = false;
  }

  #step(): void {
    const end = Math.min(this.#text.length, this.#shown + this.#stepLength);
    if (this.#addWords(end)) return;
    const start = this.#blocks.end;
    const again = this.#shown - start;
    const before = performance.now();
    if (this.#fence) this.#readFence(this.#fence, end);
    else this.#readBlocks(start, Math.min(end, start + limits.block));
    this.#adapt(performance.now() - before, again);
  }

  /** Adds what comes up to `end` to the words that the text ends in, where it is only more of them; returns whether it was. */
  #addWords(end: number): boolean {
    if (!this.#plainEnd || this.#isFinal || end - this.#blocks.end > limits.block) return false;
    const added = this.#plainEnd.take(this.#text.slice(this.#shown, end));
    if (added === undefined || !this.#blocks.appendText(added)) return false;
    this.#shown = end;
    return true;
  }

  /** Fits what follows to what a step took that read `again` characters once more. */
  #adapt(cost: number, again: number): void {
    if (cost > stepMs) this.#stepLength = Math.max(stepLength.least, this.#stepLength / 2);
    else if (cost < stepMs / 3) this.#stepLength = Math.min(stepLength.most, this.#stepLength * 2);
    // A block so long that reading it again takes a good part of a frame is not read again in every frame.
    if (cost > calmMs && again > stepLength.first) this.#notBefore = performance.now() + 4 * cost;
  }

  /** Shows the open blocks up to `end`. Of what is one long block, items or rows are finished; only where it has none it is cut. */
  #readBlocks(start: number, end: number): void {
    const {tokens, starts} = this.#parse(start, end, this.#isFinal && end === this.#text.length);
    if (end - start <= limits.parts || this.#blocks.end > start || this.#fence || this.#finishParts(tokens[0], starts[0])) return;
    if (end - start >= limits.block) this.#parse(start, cutBefore(this.#text, start, end), true);
  }

  /** Finishes the items or rows of a list or table but for the last; returns whether there were any. */
  #finishParts(token: Token | undefined, start = 0): boolean {
    const long = this.#long ?? LongBlock.of(token);
    const parts = token && long?.finishedParts(token);
    if (!parts) return false;
    let end = start + (long?.head.length ?? 0);
    const ends = parts.lengths.map((length) => (end += length));
    const items = parts.tokens.filter((part) => part.type === 'list_item');
    for (const [index, item] of items.entries()) this.#definitions.finish(item, ends[index] ?? 0);
    this.#blocks.finishParts(parts.tokens, ends);
    // What the last block defines was not taken in before, since that could change.
    this.#define(items);
    this.#long = long;
    return true;
  }

  /** Parses the open blocks up to `end` and shows them; all are finished where `isWhole`, since no more will follow. */
  #parse(start: number, end: number, isWhole: boolean): Placed {
    const {grammar} = this.#context;
    const head = this.#long?.head ?? '';
    const source = head + this.#text.slice(start, end);
    const {read, all} = isWhole ? {read: source, all: grammar.blocks(source)} : completed(grammar, source);
    const blocks = placed(all, start - head.length, end);
    const {tokens, starts, ends} = blocks;
    const [first] = tokens;
    if (first) this.#long?.goOn(first);
    this.#define(isWhole || source.endsWith('\n') ? tokens : tokens.slice(0, -1));
    this.#context.open = isWhole ? new Set() : openPath(tokens);
    this.#blocks.show(tokens, ends);
    if (this.#long && first?.type === 'list') this.#blocks.setLoose((first as Tokens.List).loose);
    this.#plainEnd = this.#context.endsPlain && read === source ? PlainEnd.of(source) : undefined;
    this.#shown = end;
    this.#isFinalShown = this.#isFinal && end === this.#text.length;

    const last = tokens.at(-1);
    const lastStart = starts.at(-1) ?? start;
    const fence = last && isOpenFence(last) ? openFence(last.raw) : undefined;
    if (fence?.isLineWhole) {
      this.#finish(tokens.slice(0, -1), ends);
      this.#fence = new FenceRun(fence, lastStart + fence.length);
      this.#readFence(this.#fence, end);
    } else if (isWhole && tokens.length === 0) {
      this.#blocks.skip(end);
    } else {
      this.#finish(isWhole ? tokens : tokens.slice(0, finishedCount(tokens, this.#text.slice(starts.at(-2) ?? start, lastStart), this.#text.slice(lastStart, end))), ends);
    }
    return blocks;
  }

  /** Adds the code that has come to the block the text ends in, without parsing. */
  #readFence(fence: FenceRun, end: number): void {
    const isFinal = this.#isFinal && end === this.#text.length;
    const {code, closedAt} = fence.read(this.#text, end, isFinal);
    this.#blocks.appendCode(code);
    this.#shown = closedAt ?? end;
    this.#isFinalShown = isFinal && this.#shown === this.#text.length;
    if (closedAt === undefined && !isFinal) return;
    this.#blocks.finishCode(this.#shown);
    this.#fence = undefined;
  }

  #finish(tokens: readonly Token[], ends: readonly number[]): void {
    for (const [index, token] of tokens.entries()) this.#definitions.finish(token, ends[index] ?? 0);
    this.#blocks.finish(tokens.length);
    if (tokens.length > 0) this.#long = undefined;
  }

  /** Takes in the definitions of the open blocks. */
  #define(tokens: readonly Token[]): void {
    this.#redefine(this.#definitions.setOpen(tokens));
  }

  #redefine(changed: readonly string[]): void {
    if (changed.length === 0) return;
    this.#context.revision++;
    this.#context.grammar.definitions = this.#definitions.known;
    this.#blocks.redefine(changed);
  }

  /** Opens again what a change of the text at `offset` may alter. */
  #rewind(offset: number): void {
    const {readsFormulas} = this.#context.grammar;
    // Whether `$$` has begun a formula is decided by what comes before the next blank line, through many blocks.
    this.#blocks.rewind(offset, (end) => !readsFormulas || isApart(this.#text.slice(0, end)));
    this.#redefine(this.#definitions.rewind(this.#blocks.end));
    this.#fence = this.#long = this.#plainEnd = undefined;
    this.#shown = this.#blocks.end;
    this.#isFinalShown = false;
  }
}
