import type {Codec} from '@ably/ai-transport';
import {type OpenAIInput, type OpenAIOutput, type OpenAIProjection, ResponsesCodec} from '@ably/ai-transport/openai';
import type {VercelInput} from '@ably/ai-transport/vercel';
import type {UIMessage} from 'ai';
import type {SessionCodec} from '../session-codec.ts';
import {ShownRun} from './shown-run.ts';

type ShownCodec = Codec<VercelInput, OpenAIOutput, OpenAIProjection, UIMessage>;

/**
 * AI Transport's codec of OpenAI's Responses, with messages in the shape that the rest of the library reads: `UIMessage`.
 * On the channel all is as that codec writes it, so that its agents need to know nothing of us.
 */
export function createResponsesCodec(): SessionCodec {
  const runs = new WeakMap<OpenAIProjection, ShownRun>();
  const shown = (projection: OpenAIProjection): ShownRun => {
    const run = runs.get(projection) ?? new ShownRun();
    runs.set(projection, run);
    return run;
  };
  const codec: ShownCodec = {
    ...(ResponsesCodec.adapterTag === undefined ? {} : {adapterTag: ResponsesCodec.adapterTag}),
    init: () => ResponsesCodec.init(),
    fold: (state, event, meta) => {
      const next = ResponsesCodec.fold(state, event.direction === 'input' ? {...event, event: onWire(event.event)} : event, meta);
      shown(next).fold(event.direction === 'output' ? event.event : undefined, meta.messageId);
      return next;
    },
    getMessages: (projection) => shown(projection).messages(projection),
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
