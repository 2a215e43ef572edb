// What is used of AI Transport. Loaded apart, while the connection is being made.
export {createClientSession, OBJECT_MODES} from '@ably/ai-transport';
export {createUIMessageCodec} from '@ably/ai-transport/vercel';
export {FileNames} from './file-names.ts';
export {SteerPublisher} from './steer-publisher.ts';
