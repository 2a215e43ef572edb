import type {LiveMap, PathObject, RealtimeObject} from 'ably/liveobjects';
import {warnOnce} from '../internal/warn.ts';
import {type Clock, systemClock} from './clock.ts';
import {ProgressMap} from './progress-map.ts';
import {type Task, type TaskOptions, TaskRecord} from './task.ts';

/** A session or channel that has LiveObjects, or the root object of one. */
export type ObjectSource = {readonly object: RealtimeObject} | PathObject<LiveMap>;

export interface ProgressOptions {
  /** The client id that the tasks are shown under. */
  readonly agent: string;
  /** The root key of the map; `progress` when absent. */
  readonly key?: string;
  /** The least time between two writes of a task's value, label or detail, in ms; 100 when absent. */
  readonly throttleMs?: number;
  /** Told of writes that failed; a warning in the console when absent. They are tried again with the next one. */
  readonly onError?: (error: Error) => void;
  readonly clock?: Clock;
}

/** What an agent does, as everybody on the channel sees it. */
export interface Progress {
  /** Begins a task. It is seen as soon as the channel is attached. */
  task(options: TaskOptions): Task;
  /**
   * Resolves when all that was said of all tasks is written.
   * @throws {Error} when a write fails; `cause` has Ably's reason.
   */
  flush(): Promise<void>;
  /**
   * Writes what is left and lets go of the channel.
   * @throws {Error} as {@link Progress.flush}
   */
  close(): Promise<void>;
}

/**
 * Writes an agent's tasks to the map that `<agent-progress>` reads: `progress.<task id>` = `{agent, label, detail?,
 * state, value?, max?, startedAt?, endedAt?, parent?, runId?, error?}`, times in ms since the epoch.
 *
 * Changes of state go out at once; values, labels and details at most every {@link ProgressOptions.throttleMs}, the last
 * ones always. Several agents may begin at the same moment on a channel that has no map yet: each makes one, the last one
 * stays, and all write their tasks to that one.
 *
 * The client needs the LiveObjects plugin, the session `channelModes: OBJECT_MODES`, and the token the operations
 * `object-subscribe` and `object-publish`.
 */
export function createProgress(source: ObjectSource, {agent, key = 'progress', throttleMs = 100, onError, clock = systemClock}: ProgressOptions): Progress {
  const tasks = new Map<string, TaskRecord>();
  const report = (error: Error): void => (onError ?? ((failure: Error) => warnOnce(failure.message)))(error);
  const map = new ProgressMap(source, key, {
    onReplaced: () => {
      for (const task of tasks.values()) if (task.isFresh) task.writeAll();
    },
    onSynced: () => {
      for (const task of tasks.values()) task.writeRest();
    },
  });
  map.ready.catch((cause: unknown) => report(new Error(`Progress cannot be written: ${reasonOf(cause)}`, {cause})));

  const flush = async (): Promise<void> => {
    await map.ready;
    await Promise.all([...tasks.values()].map((task) => task.flush()));
  };
  const begin = (options: TaskOptions): Task => {
    for (const [id, {isOver}] of tasks) if (isOver) tasks.delete(id);
    const task = new TaskRecord(options, {
      agent, throttleMs, clock, map, begin,
      onError: (cause) => report(new Error(`Progress of “${options.label}” could not be written: ${reasonOf(cause)}`, {cause})),
    });
    tasks.set(task.id, task);
    return task;
  };
  return {
    task: begin,
    flush,
    async close() {
      try {
        await flush();
      } finally {
        map.close();
      }
    },
  };
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

