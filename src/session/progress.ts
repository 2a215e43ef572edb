import {isLiveObject} from './live-path.ts';
import type {LiveValue} from './live-state.ts';

const taskStates = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;

/** What an agent says of its task. */
export type TaskState = (typeof taskStates)[number];

/** One entry of the progress map, as agents of any language write it. Times are in ms since the epoch. */
export interface ProgressTask {
  /** Its key in the map. */
  readonly id: string;
  /** Client id of the agent that works on it. */
  readonly agent: string;
  /** What is done, in the person's words. */
  readonly label: string;
  /** What is being done just now. */
  readonly detail: string | undefined;
  readonly state: TaskState;
  /** How much is done. */
  readonly value: number | undefined;
  /** How much there is to do; unknown when undefined. */
  readonly max: number | undefined;
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
  /** The task that this one is a part of. */
  readonly parent: string | undefined;
  readonly runId: string | undefined;
  /** Why it failed. */
  readonly error: string | undefined;
}

/** A task and its parts. */
export interface TaskTree {
  readonly task: ProgressTask;
  readonly children: readonly TaskTree[];
  /** Whether it or any part of it is not over. */
  readonly isOpen: boolean;
}

/** Reads entries that are the same object as before only once, so that their tasks keep their identity too. */
export class TaskReader {
  readonly #read = new WeakMap<object, ProgressTask | 'malformed'>();

  /** The tasks of a progress map of unknown origin, and the keys of the entries that are none. */
  read(map: LiveValue | undefined): {readonly tasks: readonly ProgressTask[]; readonly malformed: readonly string[]} {
    const tasks: ProgressTask[] = [];
    const malformed: string[] = [];
    for (const [id, entry] of Object.entries(isLiveObject(map) ? map : {})) {
      const task = isLiveObject(entry) ? (this.#read.get(entry) ?? taskOf(id, entry) ?? 'malformed') : 'malformed';
      if (isLiveObject(entry)) this.#read.set(entry, task);
      if (task === 'malformed') malformed.push(id);
      else tasks.push(task);
    }
    return {tasks, malformed};
  }
}

/** Reads an entry; undefined where it is no task. What is optional and of another type is left out. */
export function taskOf(id: string, entry: LiveValue): ProgressTask | undefined {
  if (!isLiveObject(entry)) return undefined;
  const agent = text(entry.agent);
  const label = text(entry.label);
  const state = taskStates.find((known) => known === entry.state);
  if (agent === undefined || label === undefined || state === undefined) return undefined;
  const max = number(entry.max);
  return {
    id, agent, label, state,
    detail: text(entry.detail), value: number(entry.value), max: max !== undefined && max > 0 ? max : undefined,
    startedAt: time(entry.startedAt), endedAt: time(entry.endedAt),
    parent: text(entry.parent), runId: text(entry.runId), error: text(entry.error),
  };
}

/** Puts tasks under their parents. Those without one, or in a circle, are at the top; the earliest begun is first. */
export function taskTrees(tasks: readonly ProgressTask[]): readonly TaskTree[] {
  const known = new Map(tasks.map((task) => [task.id, task]));
  const children = new Map<string | undefined, ProgressTask[]>();
  for (const task of tasks) {
    const parent = hasRoot(task, known) ? task.parent : undefined;
    const key = parent !== undefined && known.has(parent) ? parent : undefined;
    children.set(key, [...(children.get(key) ?? []), task]);
  }
  const treesUnder = (parent: string | undefined): readonly TaskTree[] =>
    (children.get(parent) ?? []).sort(byBegin).map((task) => {
      const parts = treesUnder(task.id);
      return {task, children: parts, isOpen: !isOver(task) || parts.some(({isOpen}) => isOpen)};
    });
  return treesUnder(undefined);
}

export function isOver({state}: ProgressTask): boolean {
  return state === 'done' || state === 'failed' || state === 'cancelled';
}

/** When the last of a tree ended, as far as it is known. */
export function endOf({task, children}: TaskTree): number {
  return Math.max(task.endedAt ?? task.startedAt ?? 0, ...children.map(endOf));
}

function hasRoot(task: ProgressTask, known: ReadonlyMap<string, ProgressTask>): boolean {
  const passed = new Set<ProgressTask>();
  for (let at: ProgressTask | undefined = task; at; at = at.parent === undefined ? undefined : known.get(at.parent)) {
    if (passed.has(at)) return false;
    passed.add(at);
  }
  return true;
}

function byBegin(one: ProgressTask, other: ProgressTask): number {
  return compare(one.startedAt ?? Infinity, other.startedAt ?? Infinity) || (one.id < other.id ? -1 : 1);
}

function text(value: LiveValue | undefined): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function number(value: LiveValue | undefined): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** A time that a date can be made of. */
function time(value: LiveValue | undefined): number | undefined {
  const ms = number(value);
  return ms === undefined || Math.abs(ms) > 8.64e15 ? undefined : ms;
}

function compare(one: number, other: number): number {
  return one === other ? 0 : one < other ? -1 : 1;
}
