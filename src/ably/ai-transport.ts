// What is used of AI Transport. Loaded apart, while the connection is being made.
export {OBJECT_MODES} from '@ably/ai-transport';
export {createClientSession} from '@ably/ai-transport/vercel';
export {FileNames} from './file-names.ts';
export {SteerPublisher} from './steer-publisher.ts';
