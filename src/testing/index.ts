export {MemoryRun, type RunEnd} from './memory-run.ts';
export {createMemorySession, MemorySession, type LoadedMessage, type MemorySessionOptions, type StartRunOptions} from './memory-session.ts';
