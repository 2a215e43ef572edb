import {createUIMessageCodec} from '@ably/ai-transport/vercel';
import {getToolName, isToolUIPart, type UIMessage} from 'ai';
import type {ChannelLog, RunNode} from './channel-log.ts';
import {type Decision, decisionsOn} from './decisions.ts';

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
  /** Decisions of others, which are still to be refused: one for each of them. */
  readonly toRefuse: readonly Decision[];
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
    const matter = matterOf(parts, toolCallId);
    const isAsked = matter !== undefined || part.state.startsWith('approval-');
    // Of what a person has to approve only an agent's result is one. Of a page's call, the page's.
    const isSettled = isAsked ? log.hasResult(toolCallId) : part.state.startsWith('output-');
    if (isSettled || part.state === 'input-streaming') return [];
    const decisions = decisionsOn(log, toolCallId);
    const mayDecide = ({clientId}: Decision): boolean => matter?.approvers?.includes(clientId ?? '') ?? true;
    const refused = refusedIn(parts, toolCallId);
    return [{
      toolCallId, isAsked,
      toolName: getToolName(part),
      input: part.input,
      decision: isAsked ? decisions.find(mayDecide) : undefined,
      toRefuse: isAsked ? firstOfEach(decisions.filter((decision) => !mayDecide(decision) && !refused.has(decision.clientId))) : [],
    }];
  });
}

type Part = UIMessage['parts'][number];

function matterOf(parts: readonly Part[], toolCallId: string): {readonly approvers?: readonly string[]} | undefined {
  return dataOf(parts, 'data-approval').find((data) => data['toolCallId'] === toolCallId) as {approvers?: string[]} | undefined; // our own agent wrote it
}

function refusedIn(parts: readonly Part[], toolCallId: string): ReadonlySet<unknown> {
  return new Set(dataOf(parts, 'data-approval-refused').filter((data) => data['toolCallId'] === toolCallId).map(({clientId}) => clientId));
}

function dataOf(parts: readonly Part[], type: `data-${string}`): Readonly<Record<string, unknown>>[] {
  return parts.flatMap((part) => (part.type === type && 'data' in part ? [part.data as Record<string, unknown>] : []));
}

function firstOfEach(decisions: readonly Decision[]): Decision[] {
  return decisions.filter(({clientId}, index) => decisions.findIndex((other) => other.clientId === clientId) === index);
}
