import type {Token} from 'marked';
import type {Row} from './long-block.ts';
import {childrenOf, type ElementSpec, type NodeSpec, widgetsIn} from './node-spec.ts';

/** One top-level block, or a finished item or row of one that is long: what shows it, and where its source ends. */
export interface Block {
  /** Offset in the whole text at which the next block starts. */
  end: number;
  node?: Node;
  /** What the node shows; kept after the block is finished only where something in it may change or must be ended. */
  spec?: NodeSpec;
  token?: Token | Row;
  /** The revision of references with which the block was shown; -1 where it has to be shown again. */
  revision: number;
  /** Whether the text ended in the block when it was shown. */
  isOpen?: boolean;
  /** An item or row of the next block that is none; its node stands among that block's. */
  isPart?: boolean;
}

/** Lets go of what a finished block does not need. */
export function forget(block: Block | undefined): void {
  if (!block || block.revision < 0) return;
  const keepsSpec = block.spec !== undefined && widgetsIn(block.spec).length > 0;
  const keepsToken = block.token?.raw.includes('[') === true && block.token.type !== 'code';
  if (!keepsToken) delete block.token;
  if (!keepsToken && !keepsSpec) delete block.spec;
}

/** What holds the items of a list, or the rows of a table: the list itself, or the body in the box that scrolls. */
export function partsOf(spec: NodeSpec, node: Node): {spec: ElementSpec; node: Node} {
  const element = spec as ElementSpec; // Lists and tables are elements, and so is what holds the rows of a table.
  if (element.tag !== 'div') return {spec: element, node};
  const table = childrenOf(element)[0] as ElementSpec;
  return {spec: childrenOf(table)[1] as ElementSpec, node: node.firstChild?.childNodes[1] ?? node};
}
