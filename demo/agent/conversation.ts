import type {OpenableRun} from '@ably/ai-transport';
import {createUIMessageCodec, type VercelOutput, type VercelProjection} from '@ably/ai-transport/vercel';
import {isToolUIPart, type UIMessage} from 'ai';
import type {ChannelLog} from './channel-log.ts';

export type Run = OpenableRun<VercelOutput, VercelProjection, UIMessage>;

/** What came of a tool call, where the agent knows better than the messages do. */
export type CallResult = {readonly input?: unknown; readonly output: unknown} | {readonly input?: unknown; readonly errorText: string};

export interface ConversationOptions {
  readonly log: ChannelLog;
  /** The message that asked for the run. */
  readonly inputId: string;
  /** By the call's id. */
  readonly results: ReadonlyMap<string, CallResult>;
  /** Who wrote a message for the agent, in its place; undefined for everybody else. */
  readonly colleague: (messageId: string) => string | undefined;
}

const codec = createUIMessageCodec();

/**
 * The conversation that leads to a run, oldest message first, then the run's own turn. `run.view` leaves out earlier
 * turns that were stopped or failed, with the question that began them; yet who interrupts an answer refers to it, so
 * those turns are in, with the text that came of them.
 */
export function conversationOf(run: Run, {log, inputId, results, colleague}: ConversationOptions): UIMessage[] {
  const earlier = turnsBefore(log, inputId);
  const earlierIds = new Set(earlier.map(({codecMessageId}) => codecMessageId));
  const own = run.view.getMessages().filter(({codecMessageId}) => !earlierIds.has(codecMessageId));
  const messages = [
    ...earlier.map(({codecMessageId, message}) => asAgent(textOnly(message), colleague(codecMessageId))),
    ...own.map(({message}) => withResults(message, results)),
  ];
  return messages.filter(({parts}) => parts.length > 0);
}

function turnsBefore({tree}: ChannelLog, inputId: string): {codecMessageId: string; message: UIMessage}[] {
  const messages: {codecMessageId: string; message: UIMessage}[] = [];
  const visited = new Set<string>();
  let id = tree.getNodeByCodecMessageId(inputId)?.parentCodecMessageId;
  while (id !== undefined && !visited.has(id)) {
    visited.add(id);
    const node = tree.getNodeByCodecMessageId(id);
    if (!node) break;
    messages.unshift(...codec.getMessages(node.projection));
    id = node.parentCodecMessageId;
  }
  return messages;
}

/** Earlier turns without their tool calls: one that was cut off in the middle of a call would make the prompt invalid. */
function textOnly(message: UIMessage): UIMessage {
  return {...message, parts: message.parts.filter((part) => part.type === 'text' && part.text !== '')};
}

/** What a person said in the agent's place is no wish, but an answer that was given. */
function asAgent(message: UIMessage, colleague: string | undefined): UIMessage {
  if (colleague === undefined || message.role !== 'user') return message;
  return {...message, role: 'assistant', parts: [{type: 'text', text: `(${colleague}, a colleague, answered:)`}, ...message.parts]};
}

/** Results that are not on the channel yet, and decisions as they count: a message shows the last one, not the first. */
function withResults(message: UIMessage, results: ReadonlyMap<string, CallResult>): UIMessage {
  const parts = message.parts.map((part) => {
    if (!isToolUIPart(part)) return part;
    const result = results.get(part.toolCallId);
    const {type, toolCallId} = part;
    const call = {type, toolCallId, ...('toolName' in part && {toolName: part.toolName}), input: result?.input ?? part.input};
    if (result === undefined) return 'approval' in part ? {...part, approval: undefined} : part;
    const settled = 'errorText' in result ? {state: 'output-error', errorText: result.errorText} : {state: 'output-available', output: result.output};
    return {...call, ...settled};
  });
  return {...message, parts: parts as UIMessage['parts']}; // the fields of each state are as the AI SDK has them
}
