import type {Codec} from '@ably/ai-transport';
import type {VercelInput, VercelOutput, VercelProjection} from '@ably/ai-transport/vercel';
import type {UIMessage} from 'ai';

/** How a session is written on its channel: a codec of AI Transport whose messages are `UIMessage`s. */
export type SessionCodec = Codec<VercelInput, VercelOutput, VercelProjection, UIMessage>;
