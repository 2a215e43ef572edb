/** What somebody says of themselves: an agent at work on a prompt, writing, or waiting for one. */
export type Activity = 'thinking' | 'streaming' | 'idle';

/**
 * The data of a presence message, as agents and pages of any language write it:
 * `{type: 'agent' | 'person', status?, runId?, name?}`. Members without it are people if they have never published a run.
 */
export interface PresenceData {
  readonly type?: 'agent' | 'person';
  readonly status?: Activity;
  /** The run that an agent works on. */
  readonly runId?: string;
  /** How to call them; their client id when absent. */
  readonly name?: string;
}

/** One connection of somebody who is present. The same client may be there more than once. */
export interface PresenceMember extends PresenceData {
  /** `<connection id>:<client id>`. */
  readonly key: string;
  readonly clientId: string;
  /** When they entered or last said something of themselves, in ms since the epoch. */
  readonly since: number;
}

/** Reads presence data of unknown origin: what does not have the documented shape is left out. */
export function presenceDataOf(data: unknown): PresenceData {
  if (typeof data !== 'object' || data === null) return {};
  const {type, status, runId, name} = data as Record<string, unknown>;
  return {
    ...(type === 'agent' || type === 'person' ? {type} : {}),
    ...(status === 'thinking' || status === 'streaming' || status === 'idle' ? {status} : {}),
    ...(typeof runId === 'string' ? {runId} : {}),
    ...(typeof name === 'string' && name !== '' ? {name} : {}),
  };
}
