import type {Token} from 'marked';
import {blockSpec, openCodeSpec} from './block-specs.ts';
import {BlockGroups} from './block-groups.ts';
import type {RenderContext} from './context.ts';
import {isOpenFence} from './finality.ts';
import {LastText} from './last-text.ts';
import {type NodeSpec, widgetsIn} from './node-spec.ts';
import {createNode, disposeSpec, patchNode} from './patch.ts';

/** One top-level block: what shows it, and where its source ends. */
interface Block {
  /** Offset in the whole text at which the next block starts. */
  end: number;
  node?: Node;
  /** What the node shows; kept after the block is finished only where something in it may change or must be ended. */
  spec?: NodeSpec;
  token?: Token;
  /** How the block was shown: the revision of references, and whether the text ended in it. */
  shown: string;
}

/**
 * The blocks of one message: finished ones, which keep their nodes for good, and after them the open ones, which every
 * parse replaces, keeping the nodes that can stay.
 */
export class BlockList {
  readonly #context: RenderContext;
  readonly #groups: BlockGroups;
  #finished: Block[] = [];
  #open: Block[] = [];
  /** How many finished blocks show something. */
  #visible = 0;
  /** The text that the open blocks end in, while plain words are added to it. */
  #last: LastText | undefined;

  constructor(container: HTMLElement, context: RenderContext) {
    this.#context = context;
    this.#groups = new BlockGroups(container);
  }

  /** Offset in the text at which the finished blocks end. */
  get end(): number {
    return this.#finished.at(-1)?.end ?? 0;
  }

  /** Replaces the open blocks; `ends` are the offsets at which the new ones end. */
  show(tokens: readonly Token[], ends: readonly number[]): void {
    this.#settleLast();
    this.#context.endsPlain = false;
    const previous = this.#open;
    let ordinal = this.#visible;
    this.#open = tokens.map((token, index) => {
      const isLast = index === tokens.length - 1;
      const block = this.#update(previous[index], token, ends[index] ?? this.end, isLast);
      if (block.node) this.#groups.place(block.node, ordinal++);
      return block;
    });
    for (const block of previous.slice(tokens.length)) this.#remove(block);
    this.#groups.trim(ordinal);
  }

  /** Adds words to those that the open blocks end in; returns whether they do. */
  appendText(text: string): boolean {
    const {node, spec} = this.#open.at(-1) ?? {};
    this.#last ??= node && spec !== undefined ? LastText.of(spec, node) : undefined;
    this.#last?.append(text);
    return this.#last !== undefined;
  }

  /** Takes the first `count` open blocks as finished. */
  finish(count: number): void {
    this.#settleLast();
    for (const block of this.#open.splice(0, count)) {
      this.#finished.push(block);
      if (block.node) this.#visible++;
      const keepsSpec = block.spec !== undefined && widgetsIn(block.spec).length > 0;
      const keepsToken = block.token?.raw.includes('[') === true && block.token.type !== 'code';
      if (!keepsToken) delete block.token;
      if (!keepsToken && !keepsSpec) delete block.spec;
    }
    this.#groups.contain(this.#visible);
  }

  /** Takes blank text up to `end` as finished. */
  skip(end: number): void {
    this.#finished.push({end, shown: ''});
  }

  /** Adds to the code block that the text ends in. */
  appendCode(code: string): void {
    const spec = this.#open.at(-1)?.spec;
    if (spec !== undefined) for (const widget of widgetsIn(spec)) widget.append(code);
  }

  /** Finishes the code block that the text ended in. */
  finishCode(end: number): void {
    const block = this.#open.at(-1);
    if (!block) return;
    if (block.spec !== undefined) for (const widget of widgetsIn(block.spec)) widget.finish();
    block.end = end;
    this.finish(this.#open.length);
  }

  /** Shows finished blocks again that mention one of `labels`, whose meaning has changed. */
  refresh(labels: readonly string[]): void {
    let ordinal = 0;
    for (const block of this.#finished) {
      if (!block.node) continue;
      if (block.token && block.spec !== undefined && mentions(block.token.raw, labels)) {
        const spec = blockSpec(block.token, this.#context) ?? '';
        block.node = patchNode(block.node, block.spec, spec);
        block.spec = spec;
        this.#groups.place(block.node, ordinal);
      }
      ordinal++;
    }
  }

  /**
   * Makes open again what a change of the text at `offset` may alter: all but the blocks that have two more behind them
   * which the change does not touch, and that end where `isEnd` says that what follows has no part in them.
   */
  rewind(offset: number, isEnd: (end: number) => boolean): void {
    this.#settleLast();
    let keep = this.#finished.length;
    while (keep > 0 && ((this.#finished[keep + 1]?.end ?? Infinity) > offset || !isEnd(this.#finished[keep - 1]?.end ?? 0))) keep--;
    const opened = this.#finished.splice(keep);
    this.#visible -= opened.filter(({node}) => node).length;
    this.#open.unshift(...opened);
  }

  clear(): void {
    this.#last = undefined;
    for (const {spec} of [...this.#finished, ...this.#open]) if (spec !== undefined) disposeSpec(spec);
    this.#finished = [];
    this.#open = [];
    this.#visible = 0;
    this.#groups.clear();
  }

  /** The block for `token`, with the node of the block that stood in its place where that can stay. */
  #update(before: Block | undefined, token: Token, end: number, isLast: boolean): Block {
    const shown = `${this.#context.revision} ${isLast && this.#context.open.size > 0}`;
    const isFed = isLast && isOpenFence(token) && token.raw.includes('\n');
    // What shows of a block that is fed is not what its source says.
    if (!isFed && before?.token?.type === token.type && before.token.raw === token.raw && before.shown === shown) {
      return {...before, token, end};
    }
    const spec = isFed ? openCodeSpec(token, this.#context) : blockSpec(token, this.#context);
    if (spec === undefined) {
      if (before) this.#remove(before);
      return {token, end, shown};
    }
    if (before?.node && before.spec !== undefined) {
      return {token, end, shown, spec, node: patchNode(before.node, before.spec, spec)};
    }
    if (before) this.#remove(before);
    return {token, end, shown, spec, node: createNode(spec)};
  }

  #settleLast(): void {
    const block = this.#open.at(-1);
    // Its source is not the one that it shows any more.
    if (this.#last?.settle() === true && block) block.shown = '';
    this.#last = undefined;
  }

  #remove({node, spec}: Block): void {
    if (spec !== undefined) disposeSpec(spec);
    node?.parentNode?.removeChild(node);
  }
}

function mentions(source: string, labels: readonly string[]): boolean {
  // As the parser folds labels: case and runs of spaces do not count, nor do the marks of a quote that a label goes on in.
  const folded = source.replace(/[^\S\n]*\n[\s>]*|\s+/g, ' ').toLowerCase().toUpperCase().toLowerCase();
  return labels.some((label) => folded.includes(label));
}
