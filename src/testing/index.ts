export type {MemoryApprovals, MemoryDecision} from './memory-approvals.ts';
export type {MemoryBranches} from './memory-branches.ts';
export type {LoadedMessage, MemorySessionOptions, StartRunOptions} from './memory-options.ts';
export {MemoryRun, type RunEnd} from './memory-run.ts';
export {createMemorySession, MemorySession} from './memory-session.ts';
export type {MemoryTools} from './memory-tools.ts';
