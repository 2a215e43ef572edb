import {getCodecHeaders} from '@ably/ai-transport';
import {createUIMessageCodec} from '@ably/ai-transport/vercel';
import type {Decision} from 'agent-session-elements/agent';
import {getToolName, isToolUIPart, type UIMessage} from 'ai';
import type {ChannelLog, RunNode} from './channel-log.ts';
import type {CallResult} from './conversation.ts';

const codec = createUIMessageCodec();

/** A tool call of a run that has no result yet, and what people have said about it. */
export interface OpenCall {
  readonly toolCallId: string;
  readonly toolName: string;
  readonly input: unknown;
  /** Whether a person has to approve it; else somebody's page carries it out. */
  readonly isAsked: boolean;
  /** The decision that counts; undefined while nobody who may has decided. */
  readonly decision: Decision | undefined;
  /** Client ids of others who have decided, and are still to be told that it does not count. */
  readonly toRefuse: readonly (string | undefined)[];
}

/** The messages that agents have written in a run. */
export function messagesOf(node: RunNode): readonly UIMessage[] {
  return codec.getMessages(node.projection).map(({message}) => message);
}

/** The calls of a run that wait for somebody, as the channel has them: nothing is kept in memory. */
export function openCallsOf(log: ChannelLog, node: RunNode): readonly OpenCall[] {
  const parts = messagesOf(node).flatMap((message) => message.parts);
  return parts.filter((part) => isToolUIPart(part)).flatMap((part): OpenCall[] => {
    const {toolCallId} = part;
    const matter = log.matterOf(toolCallId);
    const isAsked = matter !== undefined || part.state.startsWith('approval-');
    // Of what a person has to approve only an agent's result is one. Of a page's call, the page's.
    const isSettled = isAsked ? log.hasResult(toolCallId) : part.state.startsWith('output-');
    if (isSettled || part.state === 'input-streaming') return [];
    const mayDecide = (clientId: string | undefined): boolean => matter?.approvers?.includes(clientId ?? '') ?? true;
    const {decision, refused} = isAsked ? log.decisions.decisionOn(toolCallId, {mayDecide}) : {decision: undefined, refused: []};
    const told = refusedIn(parts, toolCallId);
    return [{
      toolCallId, isAsked, decision,
      toolName: getToolName(part),
      input: part.input,
      toRefuse: refused.map(({clientId}) => clientId).filter((clientId) => !told.has(clientId)),
    }];
  });
}

type Part = UIMessage['parts'][number];

function refusedIn(parts: readonly Part[], toolCallId: string): ReadonlySet<unknown> {
  return new Set(dataOf(parts, 'data-approval-refused').filter((data) => data['toolCallId'] === toolCallId).map(({clientId}) => clientId));
}

function dataOf(parts: readonly Part[], type: `data-${string}`): Readonly<Record<string, unknown>>[] {
  return parts.flatMap((part) => (part.type === type && 'data' in part ? [part.data as Record<string, unknown>] : []));
}

/**
 * What pages have given for the calls that were left to them, by the call's id. Of several results for one call the first
 * on the channel counts; its message shows the last.
 */
export function pageResultsOf(log: ChannelLog, node: RunNode): Map<string, CallResult> {
  const results = new Map<string, CallResult>();
  for (const {kind, runId, message} of log.inputs()) {
    const {toolCallId} = getCodecHeaders(message);
    if (runId !== node.runId || toolCallId === undefined || log.matterOf(toolCallId) !== undefined || results.has(toolCallId)) continue;
    const {output, message: errorText} = (message.data ?? {}) as {output?: unknown; message?: unknown}; // a page may have sent anything
    if (kind === 'tool-result') results.set(toolCallId, {output: output ?? null});
    if (kind === 'tool-result-error') results.set(toolCallId, {errorText: typeof errorText === 'string' ? errorText : 'It failed in the page.'});
  }
  return results;
}
