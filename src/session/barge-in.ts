import {isRunning, type RunSnapshot} from './snapshot.ts';

/**
 * What a message does when runs are active as it is sent:
 *
 * - `interrupt`: stops them, and starts one of its own.
 * - `steer`: joins the newest one, which hears it before its next model call.
 * - `queue`: waits until they have ended.
 * - `alongside`: starts one of its own beside them.
 */
export type BargeInPolicy = 'interrupt' | 'steer' | 'queue' | 'alongside';

export const bargeInPolicies: readonly BargeInPolicy[] = ['interrupt', 'steer', 'queue', 'alongside'];

export function isBargeInPolicy(value: unknown): value is BargeInPolicy {
  return bargeInPolicies.includes(value as BargeInPolicy);
}

/** The runs to cancel before a message with this policy goes out. */
export function runsToCancel(policy: BargeInPolicy, runs: readonly RunSnapshot[]): readonly RunSnapshot[] {
  switch (policy) {
    case 'interrupt':
      return runs.filter((run) => isRunning(run) && run.stop === undefined);
    case 'steer':
    case 'queue':
    case 'alongside':
      return [];
  }
}
