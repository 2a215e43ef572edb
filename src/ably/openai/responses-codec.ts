import type {Codec} from '@ably/ai-transport';
import {type OpenAIInput, type OpenAIMessage, type OpenAIOutput, type OpenAIProjection, ResponsesCodec} from '@ably/ai-transport/openai';
import type {VercelInput} from '@ably/ai-transport/vercel';
import type {UIMessage} from 'ai';
import type {MessagePart} from '../../session/message.ts';
import type {SessionCodec} from '../session-codec.ts';
import {callFacts, partsOf} from './responses-parts.ts';

type ShownCodec = Codec<VercelInput, OpenAIOutput, OpenAIProjection, UIMessage>;

/**
 * AI Transport's codec of OpenAI's Responses, with messages in the shape that the rest of the library reads: `UIMessage`.
 * On the channel all is as that codec writes it, so that its agents need to know nothing of us.
 */
export function createResponsesCodec(): SessionCodec {
  const shown = new WeakMap<OpenAIProjection, Map<string, UIMessage>>();
  const codec: ShownCodec = {
    ...(ResponsesCodec.adapterTag === undefined ? {} : {adapterTag: ResponsesCodec.adapterTag}),
    init: () => ResponsesCodec.init(),
    fold: (state, event, meta) => ResponsesCodec.fold(state, event.direction === 'input' ? {...event, event: onWire(event.event)} : event, meta),
    getMessages: (projection) => {
      let messages = shown.get(projection);
      if (!messages) shown.set(projection, (messages = new Map<string, UIMessage>()));
      return show(ResponsesCodec.getMessages(projection), messages);
    },
    createEncoder: (channel, options) => {
      const encoder = ResponsesCodec.createEncoder(channel, options);
      return {
        publishInput: (input, write) => encoder.publishInput(onWire(input), write),
        publishOutput: (output, write) => encoder.publishOutput(output, write),
        cancelStreams: () => encoder.cancelStreams(),
        close: () => encoder.close(),
      };
    },
    // What it decodes of the channel is folded by the codec that it is from; nobody else reads it but for its type.
    createDecoder: () => ResponsesCodec.createDecoder() as unknown as ReturnType<ShownCodec['createDecoder']>,
    createUserMessage: (message) => ({kind: 'user-message', message}),
    createRegenerate: (target, parent) => ResponsesCodec.createRegenerate(target, parent),
  };
  // The rest of the library reads of outputs only their types, by `isAsking` and `isResult` of transport.ts.
  return codec as unknown as SessionCodec;
}

/** Our messages as the Responses codec has them; what is from the channel is so already. */
function onWire(input: VercelInput | OpenAIInput): OpenAIInput {
  if (input.kind !== 'user-message' || !('parts' in input.message)) return input as OpenAIInput;
  const content = input.message.parts.map((part) => {
    if (part.type === 'text') return {type: 'input_text' as const, text: part.text};
    throw new Error(`A part of the type ${part.type} cannot be written for OpenAI's Responses.`); // `checkMessage` has seen to it.
  });
  return {...input, message: {role: 'user', items: [{type: 'message', role: 'user', content}]}};
}

interface Shown {
  readonly codecMessageId: string;
  readonly message: UIMessage;
}

/** Parts are changed in place, as those of AI Transport's other codec are: see `MessagePart`. */
function show(messages: readonly {codecMessageId: string; message: OpenAIMessage}[], shown: Map<string, UIMessage>): Shown[] {
  const facts = callFacts(messages.map(({message}) => message));
  return messages.filter(({message}) => !isOnlyResults(message)).map(({codecMessageId, message}) => {
    let known = shown.get(codecMessageId);
    if (!known) shown.set(codecMessageId, (known = {id: codecMessageId, role: message.role, parts: []}));
    update(known.parts as MessagePart[], partsOf(message, facts));
    return {codecMessageId, message: known};
  });
}

/** A message that has results of calls alone, which are shown with the calls. */
function isOnlyResults({items, toolCallStates}: OpenAIMessage): boolean {
  return toolCallStates === undefined && items.length > 0 && items.every(({type}) => type === 'function_call_output');
}

function update(parts: MessagePart[], next: readonly MessagePart[]): void {
  next.forEach((part, at) => {
    const known = parts[at];
    if (known && isSame(known, part)) Object.assign(known, part);
    else parts[at] = part;
  });
  parts.length = next.length;
}

function isSame(one: MessagePart, other: MessagePart): boolean {
  return one.type === other.type && ('toolCallId' in one ? one.toolCallId : undefined) === ('toolCallId' in other ? other.toolCallId : undefined);
}
