import {SessionError, type SessionErrorKind} from '../session/errors.ts';
import type {LiveValue} from '../session/live-state.ts';

/** A value as JSON has it. */
export type Json = LiveValue;
export type JsonObject = Readonly<Record<string, Json>>;

/**
 * A session as it went, as JSON: what `exportRecording()` of `<agent-session>` gives and its `src` plays.
 * Times are ms from the beginning, those in messages, approvals and progress too; what was before it is negative.
 */
export interface Recording {
  readonly format: 'agent-session-recording';
  readonly version: 1;
  /** Whose view it is: messages of this client are shown as the viewer's own. */
  readonly clientId?: string;
  /** How long it took, in ms. */
  readonly duration: number;
  /** What happened, in order of `at`. */
  readonly events: readonly RecordedEvent[];
}

/** One thing that happened. What a player does not know it leaves out, so that recordings may get more. */
export type RecordedEvent =
  /** A message came, or is another one: as in {@link SessionMessage}, errors as `{message, kind, hint?, code?}`. */
  | {readonly at: number; readonly type: 'message'; readonly message: JsonObject}
  /** Which messages are shown, in their order. */
  | {readonly at: number; readonly type: 'messages'; readonly ids: readonly string[]}
  /** A text or reasoning part grew. */
  | {readonly at: number; readonly type: 'text'; readonly id: string; readonly part: number; readonly delta: string}
  /** A part came, or is another one. */
  | {readonly at: number; readonly type: 'part'; readonly id: string; readonly part: number; readonly value: Json}
  /** A part of the snapshot as a whole. */
  | {readonly at: number; readonly type: 'runs' | 'agents' | 'people' | 'approvals' | 'connection'; readonly value: Json}
  /** Something in the shared state; without `value` it was removed. */
  | {readonly at: number; readonly type: 'state'; readonly path: string; readonly value?: Json};

/** The slices of a snapshot that a recording holds as they are. */
export const recordedSlices = ['connection', 'runs', 'agents', 'people', 'approvals'] as const;

/** Names of fields that hold a time. */
const times: ReadonlySet<string> = new Set(['createdAt', 'askedAt', 'decidedAt', 'startedAt', 'endedAt', 'since']);

/** A value with all its times moved. */
export function shiftTimes(value: Json, by: number): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => shiftTimes(item, by));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, typeof item === 'number' && times.has(key) ? item + by : shiftTimes(item, by)]));
}

/** What stands at a path of the state, with its times moved: it may be a time itself. */
export function shiftTimesAt(path: string, value: Json, by: number): Json {
  const key = path.slice(path.lastIndexOf('.') + 1);
  return typeof value === 'number' && times.has(key) ? value + by : shiftTimes(value, by);
}

/** Anything as JSON has it: errors as what they say, without their causes. */
export function toJson(value: unknown): Json {
  // `undefined` is no JSON, whatever the type says.
  const text = JSON.stringify(value, (_key, item: unknown) => (item instanceof SessionError ? {message: item.message, kind: item.kind, hint: item.hint, code: item.code} : item)) as string | undefined;
  return text === undefined ? null : (JSON.parse(text) as Json); // what JSON gives is JSON
}

const kinds: readonly string[] = ['settings', 'auth', 'capability', 'channel', 'connection', 'agent', 'input', 'closed'] satisfies SessionErrorKind[];

/** An error as a recording has it. */
export function errorOf(value: unknown): SessionError | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const {message, kind, hint, code} = value as Record<string, unknown>;
  return new SessionError(typeof message === 'string' ? message : '', {
    kind: typeof kind === 'string' && kinds.includes(kind) ? (kind as SessionErrorKind) : 'agent', // one of the kinds
    ...(typeof hint === 'string' ? {hint} : {}),
    ...(typeof code === 'number' ? {code} : {}),
  });
}

/**
 * Reads a recording of unknown origin.
 * @throws {SessionError} of kind `settings` where it is none.
 */
export function readRecording(value: unknown, name: string): Recording {
  const {format, version, events, duration} = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  if (format !== 'agent-session-recording' || !Array.isArray(events) || typeof duration !== 'number') {
    throw new SessionError(`${name} is not a recorded session.`, {kind: 'settings', hint: 'Give src the address of a file that exportRecording() of <agent-session> gave.'});
  }
  if (version !== 1) throw new SessionError(`${name} is a recording of version ${String(version)}, which is not known here.`, {kind: 'settings', hint: 'Update agent-session-elements.'});
  return value as Recording; // its frame was looked at; events that do not fit are left out when they are played
}
