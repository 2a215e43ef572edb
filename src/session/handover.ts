import {isLiveObject} from './live-path.ts';
import type {LiveStateSnapshot, LiveValue} from './live-state.ts';
import type {SessionMessage} from './message.ts';

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

/** How far the clocks of those who take over and of the channel may be apart, in ms. */
const clockErrorMs = 60_000;

/** Whether a message was said in the agents' place, in a handover that is over: none of them is to answer it. */
export function isSaidInPlace({clientId, createdAt = NaN}: Pick<SessionMessage, 'clientId' | 'createdAt'>, {root}: Pick<LiveStateSnapshot, 'root'>): boolean {
  const past = root['handovers'];
  if (!isLiveObject(past)) return false;
  return Object.values(past).some((value) => {
    const handover = readHandover(value);
    const until = isLiveObject(value) ? Number(value['until']) : NaN;
    return handover?.by === clientId && handover !== undefined && createdAt >= handover.since - clockErrorMs && createdAt <= until + clockErrorMs;
  });
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
