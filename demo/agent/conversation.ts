import type {OpenableRun} from '@ably/ai-transport';
import {createUIMessageCodec, type VercelOutput, type VercelProjection} from '@ably/ai-transport/vercel';
import type {UIMessage} from 'ai';
import type {ChannelLog} from './channel-log.ts';

export type Run = OpenableRun<VercelOutput, VercelProjection, UIMessage>;

const codec = createUIMessageCodec();

/**
 * The conversation that leads to a run, oldest message first, then the run's own turn. `run.view` leaves out earlier
 * turns that were stopped or failed, with the question that began them; yet who interrupts an answer refers to it, so
 * those turns are in, with the text that came of them.
 */
export function conversationOf(run: Run, log: ChannelLog, inputId: string): UIMessage[] {
  const earlier = turnsBefore(log, inputId);
  const earlierIds = new Set(earlier.map(({codecMessageId}) => codecMessageId));
  const own = run.view.getMessages().filter(({codecMessageId}) => !earlierIds.has(codecMessageId));
  const messages = [...earlier.map(({message}) => textOnly(message)), ...own.map(({message}) => message)];
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
