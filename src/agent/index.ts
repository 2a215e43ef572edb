/**
 * Helpers for agents in Node. All are optional: an agent that writes the documented shapes itself works the same.
 * @module
 */
export {announce, type AnnounceOptions, type Announcement} from './announce.ts';
export {type ApprovalIndex, type ApprovalIndexOptions, createApprovalIndex} from './approval-index.ts';
export {type Clock, systemClock} from './clock.ts';
export {type DecisionOptions, type Decisions, type DecisionState, type MessageSource, watchDecisions} from './decisions.ts';
export {type Handover, handoverOf, type HandoverSource, handoversOf, watchHandover} from './handover.ts';
export {type AgentStatus, type PresenceData, type PresenceSource, someonePresent, whenSomeonePresent} from './presence.ts';
export {createProgress, type ObjectSource, type Progress, type ProgressOptions} from './progress.ts';
export type {Decision} from '../session/approvals.ts';
export type {Task, TaskOptions, TaskState, TaskUpdate} from './task.ts';
