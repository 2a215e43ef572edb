import type {ToolCall} from './client-tools.ts';
import type {MessagePart, ToolPart} from './message.ts';
import type {SessionSnapshot} from './snapshot.ts';
import {isToolPart, toolNameOf} from './tool-part.ts';

/** A call that waits for a page to carry it out. */
export interface OpenCall extends Omit<ToolCall, 'signal'> {
  readonly runId: string | undefined;
}

/**
 * The calls that suspended runs leave to pages: those with their input, without a result, and, where a person had to
 * approve, approved. An approved call has the input that the person gave it. Where the agent names who may approve, the
 * approval of anybody else is left to the agent to refuse.
 */
export function openCalls({messages, runs, approvals}: Pick<SessionSnapshot, 'messages' | 'runs' | 'approvals'>): readonly OpenCall[] {
  const suspended = new Set(runs.filter(({status}) => status === 'suspended').flatMap(({runId}) => runId ?? []));
  if (suspended.size === 0) return [];
  return messages
    .filter(({role, runId}) => role === 'assistant' && runId !== undefined && suspended.has(runId))
    .flatMap(({id: messageId, runId, parts}) => parts.filter(isForPages).flatMap((part): readonly OpenCall[] => {
      const {toolCallId, input} = part;
      const call = {toolCallId, toolName: toolNameOf(part), messageId, runId};
      const approval = approvals.find((candidate) => candidate.toolCallId === toolCallId);
      if (!approval) return part.state === 'input-available' ? [{...call, input}] : [];
      const {decision, approvers} = approval;
      if (decision?.approved !== true) return [];
      if (approvers && !(decision.clientId !== undefined && approvers.includes(decision.clientId))) return [];
      return [{...call, input: decision.input === undefined ? input : decision.input}];
    }));
}

/** A later denial, which does not count, leaves an approved call looking denied. */
function isForPages(part: MessagePart): part is ToolPart {
  if (!isToolPart(part) || part.providerExecuted === true) return false;
  return part.state === 'input-available' || part.state === 'approval-requested' || part.state === 'approval-responded' || part.state === 'output-denied';
}
