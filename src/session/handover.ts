import type {LiveStateSnapshot, LiveValue} from './live-state.ts';

/**
 * That a person answers in the agents' place: the key `handover` of the shared state, absent while the agents answer.
 * What is over is kept in `handovers`, by when it began, so that everybody can tell later who spoke for whom.
 */
export interface Handover {
  /** Client id of the person. */
  readonly by: string;
  /** How to call them. */
  readonly name: string;
  /** Since when, in ms since the epoch. */
  readonly since: number;
}

/** Where in the shared state a handover stands. */
export const handoverPath = 'handover';

/** Who answers in the agents' place; undefined where they are to answer, or while that is not known. */
export function handoverIn({root}: Pick<LiveStateSnapshot, 'root'>): Handover | undefined {
  return readHandover(root[handoverPath]);
}

/** Where a handover is kept when it is over. */
export function pastHandoverPath({since}: Handover): string {
  return `handovers.${since}`;
}

/** Anybody may have written anything. */
export function readHandover(value: LiveValue | undefined): Handover | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const {by, name, since} = value as {readonly [key: string]: LiveValue};
  if (typeof by !== 'string' || by === '') return undefined;
  return {by, name: typeof name === 'string' && name !== '' ? name : by, since: typeof since === 'number' ? since : 0};
}
