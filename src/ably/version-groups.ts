import type {Transport} from './transport.ts';

/** What there is in one place of a conversation: messages that were said in place of each other, or answers to the same. */
export interface VersionGroup {
  /** Ids of messages, or of runs, oldest first. Runs that have written nothing are not among them. */
  readonly ids: readonly string[];
  /** Which of them is on the visible branch; -1 where none is. */
  readonly at: number;
  /** Has the view show one of them. */
  show(index: number): void;
}

/** The versions of a message, or of the answer that it is of; undefined where the tree does not know it. */
export function groupOf(transport: Transport, messageId: string): VersionGroup | undefined {
  const {tree, view} = transport;
  const node = tree.getNodeByCodecMessageId(messageId);
  if (!node) return undefined;
  const answers = node.kind === 'run' ? groupOfRun(transport, node.runId) : undefined;
  const {siblings, index, hasSiblings, select} = view.branchSelection(messageId);
  // Other clients may have single messages given again, in the middle of an answer.
  if (answers && (answers.ids.length > 1 || !hasSiblings)) return answers;
  const ids = siblings.map(({id}) => id);
  return {ids, at: node.kind === 'input' ? ids.indexOf(messageId) : index, show: select};
}

/**
 * The answers to what a run answers. AI Transport has them by the run's first message, which may be what a person said
 * into it; so they are known by their runs here.
 */
export function groupOfRun(transport: Transport, runId: string): VersionGroup | undefined {
  const ids = siblingsOf(transport, runId).filter((id) => headOf(transport, id) !== undefined);
  const head = ids.map((id) => headOf(transport, id))[0];
  if (head === undefined) return undefined;
  return {ids, at: ids.indexOf(runId), show: (index) => transport.view.branchSelection(head).select(index)};
}

/** The first message of a run, an agent's or a person's; undefined while there is none. */
export function headOf({tree}: Transport, runId: string): string | undefined {
  return tree.getRunNode(runId)?.projection.messages[0]?.codecMessageId;
}

/** The first thing that an agent has said in a run; undefined while there is nothing. */
export function firstAnswerIn({tree}: Transport, runId: string): string | undefined {
  return tree.getRunNode(runId)?.projection.messages.find(({message}) => message.role === 'assistant')?.codecMessageId;
}

/** The runs that answer the same as this one, oldest first. */
export function siblingsOf({tree}: Transport, runId: string): readonly string[] {
  return tree.getSiblingNodes(runId).flatMap((node) => (node.kind === 'run' ? [node.runId] : []));
}
