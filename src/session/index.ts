export {bargeInPolicies, type BargeInPolicy, isBargeInPolicy} from './barge-in.ts';
export {SessionError, type SessionErrorDetails, type SessionErrorKind} from './errors.ts';
export type {CancelIntent, DiscardIntent, Intent, LoadOlderIntent, RetryIntent, SendIntent} from './intent.ts';
export * from './message.ts';
export type {Session, SessionChange} from './session.ts';
export type {AuthCallback, Invocation, SessionHandle, SessionOpener, SessionSettings, WakeAgent, WakeContext} from './settings.ts';
export * from './snapshot.ts';
export {timelineOf, type TimelineItem} from './timeline.ts';
