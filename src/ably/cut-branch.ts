import type {Branch, SessionMessage} from '../session/message.ts';
import type {RunSnapshot} from '../session/snapshot.ts';
import type {Transport} from './transport.ts';

/**
 * What is shown of a branch up to a place, for a version that is not on the channel yet.
 * @param messageId the message, or one of its versions, in whose place it stands.
 * @returns what is before it, and which of how many it is; everything, where the place is not shown.
 */
export function cutAt(
  {messages, runs}: {readonly messages: readonly SessionMessage[]; readonly runs: readonly RunSnapshot[]},
  messageId: string,
  {view}: Transport,
): {messages: readonly SessionMessage[]; runs: readonly RunSnapshot[]; branch: Branch | undefined} {
  const {siblings} = view.branchSelection(messageId);
  const versions = new Set([messageId, ...siblings.map(({id}) => id)]);
  const index = messages.findIndex(({id}) => versions.has(id));
  if (index === -1) return {messages, runs, branch: undefined};
  const count = Math.max(1, siblings.length);
  const kept = messages.slice(0, index);
  const cut = new Set(messages.slice(index).flatMap(({id, runId}) => [id, ...(runId === undefined ? [] : [runId])]));
  const isKept = ({inputId, runId}: RunSnapshot): boolean =>
    !(inputId !== undefined && cut.has(inputId)) && !(runId !== undefined && cut.has(runId));
  return {messages: kept, runs: runs.filter(isKept), branch: {index: count, count: count + 1}};
}
