import {createUIMessageCodec, type VercelProjection} from '@ably/ai-transport/vercel';
import type {OpenableRun} from '@ably/ai-transport';
import type {VercelOutput} from '@ably/ai-transport/vercel';
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
  const own = run.view.getMessages();
  const earlier = turnsBefore(log, inputId);
  const seen = new Set(earlier.map(({codecMessageId}) => codecMessageId));
  return [...earlier.map(({message}) => textOnly(message)), ...own.filter(({codecMessageId}) => !seen.has(codecMessageId)).map(({message}) => message)].filter(
    ({parts}) => parts.length > 0,
  );
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
