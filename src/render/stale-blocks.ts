import type {Block} from './block.ts';
import {blockSpec} from './block-specs.ts';
import type {RenderContext} from './context.ts';
import {patchNode} from './patch.ts';

/** Finished blocks that are gone through: those from `next` to `end`. */
interface Pass {
  next: number;
  end: number;
  /** The labels whose meaning has changed; only what mentions one has to be shown again. */
  labels: readonly string[];
}

/**
 * Which finished blocks have to be shown again, since a definition came late or a list became a loose one. There may be
 * thousands, so they are gone through a part at a time.
 */
export class StaleBlocks {
  readonly #context: RenderContext;
  #passes: Pass[] = [];

  constructor(context: RenderContext) {
    this.#context = context;
  }

  get isWaiting(): boolean {
    return this.#passes.length > 0;
  }

  /** Has the blocks from `next` to `end` gone through for those that mention one of `labels`, or are marked themselves. */
  add(next: number, end: number, labels: readonly string[] = []): void {
    const last = this.#passes.at(-1);
    if (last?.next === next && last.end === end) last.labels = [...last.labels, ...labels];
    else if (next < end) this.#passes.push({next, end, labels});
  }

  /** Shows what has to be shown of `blocks` until about `deadline`, a `performance.now()` time; one at least. */
  refresh(blocks: readonly Block[], deadline: number): void {
    for (let pass = this.#passes[0]; pass; pass = this.#passes[0]) {
      while (pass.next < Math.min(pass.end, blocks.length)) {
        const block = blocks[pass.next++];
        if (block && this.#isStale(block, pass.labels)) this.#show(block);
        if (performance.now() >= deadline) return;
      }
      this.#passes.shift();
    }
  }

  clear(): void {
    this.#passes = [];
  }

  #isStale({revision, token}: Block, labels: readonly string[]): boolean {
    return token !== undefined && (revision < 0 || (revision < this.#context.revision && mentions(token.raw, labels)));
  }

  #show(block: Block): void {
    if (!block.token || !block.node || block.spec === undefined) return;
    const spec = blockSpec(block.token, this.#context) ?? '';
    block.node = patchNode(block.node, block.spec, spec);
    block.spec = spec;
    block.revision = this.#context.revision;
  }
}

function mentions(source: string, labels: readonly string[]): boolean {
  if (!source.includes('[')) return false;
  // As the parser folds labels: case and runs of spaces do not count, nor do the marks of a quote that a label goes on in.
  const folded = source.replace(/[^\S\n]*\n[\s>]*|\s+/g, ' ').toLowerCase().toUpperCase().toLowerCase();
  return labels.some((label) => folded.includes(label));
}
