import type * as Ably from 'ably';
import type {Transport} from './transport.ts';
import {transportHeaders} from './wire-facts.ts';

/** What of AI Transport 0.8's tree is needed here; none of it is public. */
interface SortedTree {
  readonly _nodeIndex?: ReadonlyMap<string, {readonly node: {startSerial?: string}}>;
  _promoteSerial?(entry: unknown): void;
}

/**
 * Puts a run where it began. AI Transport takes the first message that it reads of a run for its beginning. Where a page of
 * history begins in the middle of the run, that is a later one; what was said into the middle of the run then comes before
 * it in the tree, and is never shown. Call it after every message; where the tree is made otherwise, it does nothing.
 */
export function mendRunOrder(tree: Transport['tree'], message: Ably.InboundMessage): void {
  const {serial} = message;
  const runId = message.name === 'ai-run-start' ? transportHeaders(message)['run-id'] : undefined;
  if (runId === undefined || serial === undefined) return;
  const sorted = tree as SortedTree;
  const entry = sorted._nodeIndex?.get(runId);
  const start = entry?.node.startSerial;
  if (!entry || start === undefined || start <= serial || !sorted._promoteSerial) return;
  entry.node.startSerial = serial;
  sorted._promoteSerial(entry);
}
