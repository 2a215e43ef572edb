import assert from 'node:assert/strict';
import {beforeEach, describe, it} from 'node:test';
import {FrameScheduler, type FrameTask} from '../../src/render/frame-scheduler.ts';

/** A clock that stands still until a task says how long it took, and frames that come when the test says so. */
class TestClock {
  time = 0;
  waiting: (() => void) | undefined;

  now(): number {
    return this.time;
  }

  next(run: () => void): () => void {
    this.waiting = run;
    return () => {
      this.waiting = undefined;
    };
  }

  frame(): void {
    const run = this.waiting;
    this.waiting = undefined;
    run?.();
  }
}

describe('The frame scheduler', () => {
  let clock: TestClock;
  let scheduler: FrameScheduler;
  let done: string[];

  /** A task that needs `steps` milliseconds of work in all, and stops at its deadline. */
  const task = (name: string, steps: number): FrameTask => {
    let left = steps;
    return {
      run(deadline) {
        do {
          clock.time++;
          left--;
          done.push(name);
        } while (left > 0 && clock.time < deadline);
        return left > 0;
      },
    };
  };

  beforeEach(() => {
    clock = new TestClock();
    scheduler = new FrameScheduler(8, clock);
    done = [];
  });

  it('runs all that waits in one frame', () => {
    for (const name of ['a', 'b', 'c']) scheduler.request(task(name, 1));
    assert.deepEqual(done, []);
    clock.frame();
    assert.deepEqual(done, ['a', 'b', 'c']);
    assert.equal(clock.waiting, undefined);
  });

  it('runs a task once, however often it was asked for', () => {
    const once = task('a', 1);
    scheduler.request(once);
    scheduler.request(once);
    clock.frame();
    assert.deepEqual(done, ['a']);
  });

  it('gives every task its share of the budget', () => {
    for (const name of ['a', 'b', 'c', 'd']) scheduler.request(task(name, 100));
    clock.frame();
    assert.deepEqual(['a', 'b', 'c', 'd'].map((name) => done.filter((entry) => entry === name).length), [2, 2, 2, 2]);
  });

  it('lets those that had to wait go first in the next frame', () => {
    const slow = (name: string): FrameTask => ({
      run() {
        clock.time += 6;
        done.push(name);
        return true;
      },
    });
    for (const name of ['a', 'b', 'c', 'd']) scheduler.request(slow(name));
    clock.frame();
    clock.frame();
    assert.deepEqual(done, ['a', 'b', 'c', 'd']);
  });

  it('does not run what was taken back', () => {
    const first = task('a', 1);
    scheduler.request(first);
    scheduler.cancel(first);
    assert.equal(clock.waiting, undefined);
  });

  it('does all that waits at once where it must be whole, as on paper', () => {
    let left = 3;
    scheduler.request({run: () => --left > 0});
    scheduler.flush();
    assert.equal(left, 0);
    assert.equal(clock.waiting, undefined);
  });

  it('shares one budget among all that is done at once', () => {
    const end = scheduler.deadline();
    clock.time += 5;
    assert.equal(scheduler.deadline(), end);
    clock.time += 20;
    assert.ok(scheduler.deadline() > clock.time);
  });
});
