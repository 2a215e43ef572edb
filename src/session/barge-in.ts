import {isRunning, type RunSnapshot} from './snapshot.ts';

/** What a message does to the runs that are active when it is sent. */
export type BargeInPolicy = 'interrupt' | 'alongside';

export const bargeInPolicies: readonly BargeInPolicy[] = ['interrupt', 'alongside'];

export function isBargeInPolicy(value: unknown): value is BargeInPolicy {
  return bargeInPolicies.includes(value as BargeInPolicy);
}

/** The runs to cancel before a message with this policy goes out. */
export function runsToCancel(policy: BargeInPolicy, runs: readonly RunSnapshot[]): readonly RunSnapshot[] {
  switch (policy) {
    case 'interrupt':
      return runs.filter((run) => isRunning(run) && run.stop === undefined);
    case 'alongside':
      return [];
  }
}
