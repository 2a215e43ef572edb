import {isRunning, type RunSnapshot} from './snapshot.ts';

/**
 * What a message does when runs are active as it is sent:
 *
 * - `interrupt`: stops them, and starts one of its own. What waits for somebody goes on waiting.
 * - `steer`: joins the newest one, which hears it before its next model call; where there is none, starts one of its own.
 * - `queue`: waits until they have ended, in the snapshot's `queue`.
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

/**
 * The run that a steer joins: the newest one at work, or else the newest suspended one, which hears it when it goes on. One
 * that is being stopped, or whose agent is gone, hears nothing more.
 */
export function runToSteer(runs: readonly RunSnapshot[]): RunSnapshot | undefined {
  return (
    runs.findLast((run) => isRunning(run) && run.stop === undefined) ??
    runs.findLast(({status, stop}) => status === 'suspended' && stop === undefined)
  );
}
