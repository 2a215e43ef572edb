import type {Token, Tokens} from 'marked';
import {type Block, forget, partsOf} from './block.ts';
import {blockSpec, openCodeSpec} from './block-specs.ts';
import {BlockGroups} from './block-groups.ts';
import type {RenderContext} from './context.ts';
import {isOpenFence} from './finality.ts';
import {LastText} from './last-text.ts';
import type {Row} from './long-block.ts';
import {withLooseness} from './looseness.ts';
import {childrenOf, widgetsIn} from './node-spec.ts';
import {createNode, disposeSpec, patchNode} from './patch.ts';
import {StaleBlocks} from './stale-blocks.ts';

/**
 * The blocks of one message: finished ones, which keep their nodes for good, and after them the open ones, which every
 * parse replaces, keeping the nodes that can stay.
 */
export class BlockList {
  readonly #context: RenderContext;
  readonly #groups: BlockGroups;
  #finished: Block[] = [];
  #open: Block[] = [];
  readonly #stale: StaleBlocks;
  /** How many finished blocks show something, parts not counted. */
  #visible = 0;
  /** The text that the open blocks end in, while plain words are added to it. */
  #last: LastText | undefined;

  constructor(container: HTMLElement, context: RenderContext) {
    this.#context = context;
    this.#groups = new BlockGroups(container);
    this.#stale = new StaleBlocks(context);
  }

  /** Whether some finished blocks have to be shown again. */
  get isStale(): boolean {
    return this.#stale.isWaiting;
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
      // Its parts kept theirs for as long as it could become loose.
      for (let at = this.#finished.length - 1; this.#finished[at - 1]?.isPart; at--) forget(this.#finished[at - 1]);
      if (block.node) this.#visible++;
      forget(block);
    }
    this.#groups.contain(this.#visible);
  }

  /** Takes items or rows at the beginning of the first open block as finished: those of `tokens`, which end at `ends`. */
  finishParts(tokens: readonly (Tokens.ListItem | Row)[], ends: readonly number[]): void {
    this.#settleLast();
    const whole = this.#open[0];
    if (!whole?.node || whole.spec === undefined) return;
    const {spec, node} = partsOf(whole.spec, whole.node);
    const specs = childrenOf(spec);
    let child = spec.behind ? spec.behind.nextSibling : node.firstChild;
    for (const [index, token] of tokens.entries()) {
      const part = specs[index];
      if (!child || part === undefined) return;
      this.#finished.push({end: ends[index] ?? 0, node: child, spec: part, token, revision: this.#context.revision, isPart: true});
      spec.behind = child;
      child = child.nextSibling;
    }
    spec.children = specs.slice(tokens.length);
    // It shows less than its source says now.
    whole.revision = -1;
  }

  /** Shows the finished items of the list that the text ends in as those of a loose list, or of a tight one. */
  setLoose(isLoose: boolean): void {
    let start = this.#finished.length;
    for (let part = this.#finished[start - 1]; part?.isPart; part = this.#finished[--start - 1]) {
      const item = part.token as Tokens.ListItem; // The parts of a list are items, and keep their tokens while it is open.
      if (item.loose === isLoose) break;
      part.token = withLooseness(item, isLoose);
      part.revision = -1;
    }
    this.#stale.add(start, this.#finished.length);
  }

  /** Takes blank text up to `end` as finished. */
  skip(end: number): void {
    this.#finished.push({end, revision: this.#context.revision});
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

  /** Has finished blocks shown again that mention one of `labels`, whose meaning has changed. */
  redefine(labels: readonly string[]): void {
    this.#stale.add(0, this.#finished.length, labels);
  }

  /** Shows blocks again that have to be, until about `deadline`, one at least. */
  refresh(deadline: number): void {
    this.#stale.refresh(this.#finished, deadline);
  }

  /**
   * Makes open again what a change of the text at `offset` may alter: all but the blocks that have two more behind them
   * which the change does not touch, and that end where `isEnd` says that what follows has no part in them.
   */
  rewind(offset: number, isEnd: (end: number) => boolean): void {
    this.#settleLast();
    let keep = this.#finished.length;
    const mayEnd = (block: Block | undefined): boolean => !block?.isPart && isEnd(block?.end ?? 0);
    while (keep > 0 && ((this.#finished[keep + 1]?.end ?? Infinity) > offset || !mayEnd(this.#finished[keep - 1]))) keep--;
    const opened = this.#finished.splice(keep);
    this.#visible -= opened.filter(({node, isPart}) => node && !isPart).length;
    this.#open.unshift(...opened);
    // A block whose parts were finished is read whole again, which its nodes do not stand for.
    this.#open = this.#open.flatMap((block, index, all) => {
      if (block.isPart || all[index - 1]?.isPart) this.#remove(block);
      return block.isPart ? [] : all[index - 1]?.isPart ? [{end: block.end, revision: -1}] : [block];
    });
  }

  clear(): void {
    this.#last = undefined;
    for (const {spec} of [...this.#finished, ...this.#open]) if (spec !== undefined) disposeSpec(spec);
    this.#finished = [];
    this.#open = [];
    this.#visible = 0;
    this.#stale.clear();
    this.#groups.clear();
  }

  /** The block for `token`, with the node of the block that stood in its place where that can stay. */
  #update(before: Block | undefined, token: Token, end: number, isLast: boolean): Block {
    const {revision} = this.#context;
    const shown = {token, end, revision, isOpen: isLast && this.#context.open.size > 0};
    const isFed = isLast && isOpenFence(token) && token.raw.includes('\n');
    // What shows of a block that is fed is not what its source says.
    if (!isFed && before?.token?.type === token.type && before.token.raw === token.raw && before.revision === revision && before.isOpen === shown.isOpen) {
      return {...before, token, end};
    }
    const spec = isFed ? openCodeSpec(token, this.#context) : blockSpec(token, this.#context);
    if (spec === undefined) {
      if (before) this.#remove(before);
      return shown;
    }
    if (before?.node && before.spec !== undefined) {
      return {...shown, spec, node: patchNode(before.node, before.spec, spec)};
    }
    if (before) this.#remove(before);
    return {...shown, spec, node: createNode(spec)};
  }

  #settleLast(): void {
    const block = this.#open.at(-1);
    // Its source is not the one that it shows any more.
    if (this.#last?.settle() === true && block) block.revision = -1;
    this.#last = undefined;
  }

  #remove({node, spec}: Block): void {
    if (spec !== undefined) disposeSpec(spec);
    node?.parentNode?.removeChild(node);
  }
}
