import type * as Ably from 'ably';
import type {Transport} from './transport.ts';
import {transportHeaders} from './wire-facts.ts';

interface Node {
  startSerial?: string | undefined;
  parentCodecMessageId?: string | undefined;
}

/** What of AI Transport 0.8's tree is needed here; none of it is public. */
interface InnerTree {
  readonly _nodeIndex?: ReadonlyMap<string, {readonly node: Node}>;
  _promoteSerial?(entry: {readonly node: Node}): void;
  _removeFromParentIndex?(parent: string | undefined, runId: string): void;
  _addToParentIndex?(parent: string | undefined, runId: string): void;
  _indexReplyRun?(node: Node, runId: string): void;
}

/**
 * Puts a run where it began, and behind what it answers. AI Transport takes the first message that it reads of a run for
 * its beginning. Where a page of history begins in the middle of the run, that is a later one: what was said into the
 * middle of the run then comes before it in the tree, and is not shown; and where it is a decision, which names the message
 * that asked, the run stands behind itself, and is not shown either. Call it after every message; where the tree is made
 * otherwise, it does nothing.
 */
export function mendRunOrder(tree: Transport['tree'], message: Ably.InboundMessage): void {
  const {serial, name} = message;
  const {'run-id': runId, parent} = transportHeaders(message);
  if (name !== 'ai-run-start' || runId === undefined || serial === undefined) return;
  const inner = tree as InnerTree;
  const entry = inner._nodeIndex?.get(runId);
  if (!entry || !inner._promoteSerial) return;
  const {node} = entry;
  const isLate = node.startSerial !== undefined && node.startSerial > serial;
  const isAstray = parent !== undefined && node.parentCodecMessageId !== parent;
  if (!isLate && !isAstray) return;
  if (isLate) node.startSerial = serial;
  if (isAstray) {
    inner._removeFromParentIndex?.(node.parentCodecMessageId, runId);
    node.parentCodecMessageId = parent;
    inner._addToParentIndex?.(parent, runId);
    inner._indexReplyRun?.(node, runId);
  }
  // It stands elsewhere now, and what is remembered of the order is forgotten.
  inner._promoteSerial(entry);
}
