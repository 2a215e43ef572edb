import type {Token, Tokens} from 'marked';
import {blockSpec} from './block-specs.ts';
import type {RenderContext} from './context.ts';
import {type Definition, type FencedCode, Grammar} from './grammar.ts';
import {defaultLabels, type MarkdownLabels} from './labels.ts';
import {limits} from './limits.ts';
import type {NodeSpec} from './node-spec.ts';
import {createNode, disposeSpec, patchNode} from './patch.ts';

export interface MarkdownOptions {
  /** Schemes a link may have; default `http`, `https`, `mailto`. A link of any other scheme shows as text. */
  linkSchemes?: readonly string[];
  /** Origins whose images may load, such as `https://images.example`; other images show as links. */
  imageOrigins?: readonly string[];
  /** Texts and accessible names; English where absent. */
  labels?: Partial<MarkdownLabels>;
  /** Whether finished code blocks are coloured; default true. */
  highlight?: boolean;
}

/** One top-level block: where its source ends, and what shows it. */
interface Block {
  token: Token;
  /** Offset in the whole text at which the next block starts. */
  end: number;
  revision: number;
  spec: NodeSpec | undefined;
  node: Node | undefined;
}

/**
 * Shows Markdown that may still be arriving. It owns the children of `container`; a block that is finished keeps its
 * nodes for good, so that a selection, the focus or a scrolled code block in it survive all that follows.
 */
export class MarkdownView {
  readonly #container: HTMLElement;
  readonly #context: RenderContext;
  /** The text so far, with `\n` as the only line break. */
  #text = '';
  #isFinal = false;
  /** Finished blocks, and after them the open ones of the last parse. */
  #blocks: Block[] = [];
  #finished = 0;
  #definitions: Record<string, Definition | undefined> = {};

  constructor(container: HTMLElement, options: MarkdownOptions = {}) {
    this.#container = container;
    this.#context = {
      grammar: new Grammar(),
      linkSchemes: options.linkSchemes ?? ['http', 'https', 'mailto'],
      imageOrigins: options.imageOrigins ?? [],
      labels: {...defaultLabels, ...options.labels},
      highlight: options.highlight ?? true,
      base: document.baseURI,
      revision: 0,
    };
  }

  /** The whole text so far. Text that merely grew costs only its tail; any other text re-renders from the first difference. */
  update(text: string, state: {final?: boolean} = {}): void {
    const next = normalised(text);
    const isFinal = state.final === true;
    if (next === this.#text && isFinal === this.#isFinal) return;
    if (!next.startsWith(this.#text)) this.#rewind(commonLength(next, this.#text));
    this.#text = next;
    this.#isFinal = isFinal;
    this.#advance();
  }

  /** Empties the container and ends all that is under way. */
  dispose(): void {
    for (const {spec} of this.#blocks) if (spec !== undefined) disposeSpec(spec);
    this.#blocks = [];
    this.#finished = 0;
    this.#text = '';
    this.#container.replaceChildren();
  }

  get #cut(): number {
    return this.#blocks[this.#finished - 1]?.end ?? 0;
  }

  #advance(): void {
    const cut = this.#cut;
    const tokens = this.#context.grammar.blocks(this.#text.slice(cut));
    this.#define(tokens);
    let end = cut;
    const opened = tokens.map((token): Block => {
      end += token.raw.length;
      return {token, end, revision: this.#context.revision, spec: undefined, node: undefined};
    });
    this.#show(opened);
    this.#finished += this.#isFinal ? opened.length : finishedCount(tokens);
  }

  /** Replaces the open blocks by those of a new parse, and shows finished ones anew where a reference has changed. */
  #show(opened: Block[]): void {
    const {revision} = this.#context;
    for (const [index, block] of this.#blocks.slice(0, this.#finished).entries()) {
      if (block.revision === revision) continue;
      block.revision = revision;
      if (block.token.raw.includes('[')) this.#showBlock(block, block, index);
    }
    const previous = this.#blocks.slice(this.#finished);
    this.#blocks = [...this.#blocks.slice(0, this.#finished), ...opened];
    for (const [index, block] of opened.entries()) this.#showBlock(block, previous[index], this.#finished + index);
    for (const block of previous.slice(opened.length)) removeBlock(block);
  }

  #showBlock(block: Block, before: Block | undefined, index: number): void {
    if (before && before !== block && before.revision === block.revision && before.token.type === block.token.type && before.token.raw === block.token.raw) {
      block.spec = before.spec;
      block.node = before.node;
      return;
    }
    const spec = blockSpec(block.token, this.#context);
    if (spec === undefined) {
      if (before) removeBlock(before);
      block.spec = block.node = undefined;
      return;
    }
    if (before?.spec !== undefined && before.node) {
      block.node = patchNode(before.node, before.spec, spec);
    } else {
      block.node = createNode(spec);
      const next = this.#blocks.slice(index + 1).find(({node}) => node)?.node;
      this.#container.insertBefore(block.node, next ?? null);
    }
    block.spec = spec;
  }

  /** Takes in the definitions of the open blocks, beside those of the finished ones; the first of a label counts. */
  #define(tokens: readonly Token[]): void {
    const definitions: Record<string, Definition | undefined> = {};
    const finished = this.#blocks.slice(0, this.#finished).map(({token}) => token);
    for (const {tag, href, title} of definitionsIn([...finished, ...tokens])) {
      if (Object.keys(definitions).length >= limits.definitions) break;
      definitions[tag] ??= {href, title};
    }
    if (JSON.stringify(definitions) !== JSON.stringify(this.#definitions)) this.#context.revision++;
    this.#definitions = definitions;
    this.#context.grammar.definitions = definitions;
  }

  /** Forgets the finished blocks that a change at `offset` may alter; their nodes are kept for what comes instead. */
  #rewind(offset: number): void {
    while (this.#finished > 0 && (this.#blocks[this.#finished + 1]?.end ?? Infinity) > offset) this.#finished--;
  }
}

function removeBlock({spec, node}: Block): void {
  if (spec !== undefined) disposeSpec(spec);
  (node as ChildNode | undefined)?.remove(); // Every node here stands in the container.
}

function definitionsIn(tokens: readonly Token[]): Tokens.Def[] {
  return tokens.flatMap((token): Tokens.Def[] => {
    // The token union of the parser also admits tokens of extensions, so its types do not narrow by name.
    switch (token.type) {
      case 'def':
        return [token as Tokens.Def];
      case 'blockquote':
        return definitionsIn((token as Tokens.Blockquote).tokens);
      case 'list':
        return (token as Tokens.List).items.flatMap(({tokens: inner}) => definitionsIn(inner));
      default:
        return [];
    }
  });
}

/** How many leading blocks can no longer change, whatever follows. */
function finishedCount(tokens: readonly Token[]): number {
  const last = tokens.findLastIndex(({type}) => type !== 'space');
  const previous = tokens.findLastIndex(({type}, index) => index < last && type !== 'space');
  return Math.max(0, previous);
}

export const isOpenFence = (token: Token): boolean => token.type === 'code' && !(token as FencedCode).isClosed;

function normalised(text: string): string {
  return text.replace(/\r\n?/g, '\n').replaceAll('\u0000', '\ufffd');
}

function commonLength(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return length;
}
