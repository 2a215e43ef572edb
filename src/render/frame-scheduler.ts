import {nextFrame} from '../internal/frame.ts';
import type {Unsubscribe} from '../internal/listeners.ts';

/** Work that can be done a part at a time. */
export interface FrameTask {
  /** Works until about `deadline` (a `performance.now()` time, milliseconds); returns whether work is left. */
  run(deadline: number): boolean;
}

/** What a scheduler takes time from; tests bring their own. */
export interface FrameClock {
  now(): number;
  /** Runs a function at the next frame, or by a timer where the page is hidden. */
  next(run: () => void): Unsubscribe;
}

const pageClock: FrameClock = {now: () => performance.now(), next: nextFrame};

/**
 * Does all waiting work in one go each animation frame, within a time budget. Where the budget does not suffice, every
 * task gets its share, and those that had to wait come first in the next frame.
 */
export class FrameScheduler {
  readonly #budget: number;
  readonly #clock: FrameClock;
  #waiting = new Set<FrameTask>();
  #cancel: Unsubscribe | undefined;
  #end = -Infinity;

  /** `budget`: milliseconds a frame; the default leaves half of a frame to style, layout and paint. */
  constructor(budget = 8, clock = pageClock) {
    this.#budget = budget;
    this.#clock = clock;
  }

  /** Has `task` run at the next frame; asking again before then changes nothing. */
  request(task: FrameTask): void {
    this.#waiting.add(task);
    this.#cancel ??= this.#clock.next(() => this.#frame());
  }

  /**
   * Until when work that does not wait for a frame may go on, as a `performance.now()` time: all that is done at once
   * within one frame shares one budget.
   */
  deadline(): number {
    const now = this.#clock.now();
    if (now >= this.#end + this.#budget) this.#end = now + this.#budget;
    return this.#end;
  }

  /** Takes back a request. */
  cancel(task: FrameTask): void {
    this.#waiting.delete(task);
    if (this.#waiting.size > 0) return;
    this.#cancel?.();
    this.#cancel = undefined;
  }

  /** Does all that waits now, however long it takes: what is printed must be whole. */
  flush(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    while (this.#waiting.size > 0) {
      const tasks = [...this.#waiting];
      this.#waiting.clear();
      for (const task of tasks) if (this.#run(task, Infinity)) this.#waiting.add(task);
    }
  }

  #frame(): void {
    this.#cancel = undefined;
    const tasks = [...this.#waiting];
    const end = this.#clock.now() + this.#budget;
    this.#end = end;
    for (const [index, task] of tasks.entries()) {
      const now = this.#clock.now();
      // The first always runs: a budget that is already spent must not stop everything.
      if (index > 0 && now >= end) break;
      this.#waiting.delete(task);
      if (this.#run(task, now + (end - now) / (tasks.length - index))) this.#waiting.add(task);
    }
    if (this.#waiting.size > 0) this.#cancel ??= this.#clock.next(() => this.#frame());
  }

  #run(task: FrameTask, deadline: number): boolean {
    try {
      return task.run(deadline);
    } catch (error) {
      reportError(error); // One view's error must not keep the others from their frame.
      return false;
    }
  }
}

/** The scheduler that all views of a page share. */
export const frames = new FrameScheduler();
