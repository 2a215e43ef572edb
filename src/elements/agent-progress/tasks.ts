import {type AgentSnapshot, endOf, type ProgressTask, type TaskState, type TaskTree} from '../../session/index.ts';

/** What a task is shown to be: what its agent says of it, unless the agent is gone. */
export type ShownTaskState = TaskState | 'lost';

export interface TaskGroup {
  /** The agent whose tasks these are; undefined where they are not grouped. */
  readonly agent: string | undefined;
  readonly active: readonly TaskTree[];
  /** What is over, the latest first. */
  readonly history: readonly TaskTree[];
}

/** A task that runs, says its agent last; yet an agent that is gone works on nothing. */
export function shownState({state, agent}: ProgressTask, agents: readonly AgentSnapshot[]): ShownTaskState {
  if (state !== 'running') return state;
  const known = agents.find(({clientId}) => clientId === agent)?.state;
  return known === 'lost' || known === 'offline' ? 'lost' : 'running';
}

export function groupTasks(trees: readonly TaskTree[], isByAgent: boolean): readonly TaskGroup[] {
  const agents = isByAgent ? [...new Set(trees.map(({task}) => task.agent))].sort() : [undefined];
  return agents.map((agent) => {
    const own = trees.filter(({task}) => agent === undefined || task.agent === agent);
    return {
      agent,
      active: own.filter(({isOpen}) => isOpen),
      history: own.filter(({isOpen}) => !isOpen).sort((one, other) => endOf(other) - endOf(one)),
    };
  });
}

/** How long a task has gone on, in ms; undefined where that is not known, and where nobody knows whether it goes on. */
export function elapsed({startedAt, endedAt}: ProgressTask, state: ShownTaskState, now: number): number | undefined {
  if (startedAt === undefined) return undefined;
  switch (state) {
    case 'queued':
    case 'lost':
      return undefined;
    case 'running':
      // An agent's clock may be ahead of this one.
      return Math.max(0, now - startedAt);
    case 'done':
    case 'failed':
    case 'cancelled':
      return endedAt === undefined ? undefined : Math.max(0, endedAt - startedAt);
  }
}

/** A span of time as clocks show it: 0:07, 12:30, 1:02:45. */
export function clockText(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (value: number): string => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
