import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, it, mock} from 'node:test';
import {nextFrame} from '../../src/internal/frame.ts';

/** What a page has that shows frames; the test says when one comes. */
const page = globalThis as unknown as {
  requestAnimationFrame?: (run: () => void) => number;
  cancelAnimationFrame?: (frame: number) => void;
  reportError?: (error: unknown) => void;
};

describe('The next frame', () => {
  let frames: Map<number, () => void>;
  let done: string[];
  let reported: unknown[];
  let {reportError} = page;
  let time = 0;

  const ask = (name: string): (() => void) => nextFrame(() => done.push(name));

  function pass(milliseconds: number): void {
    // A timer that fires sees the time it was armed for.
    for (let step = 0; step < milliseconds; step++) {
      time++;
      mock.timers.tick(1);
    }
  }

  function frame(): void {
    const due = [...frames.values()];
    frames.clear();
    for (const run of due) run();
  }

  beforeEach(() => {
    frames = new Map();
    done = [];
    reported = [];
    mock.timers.enable({apis: ['setTimeout']});
    mock.method(performance, 'now', () => time);
    let last = 0;
    page.requestAnimationFrame = (run) => {
      frames.set(++last, run);
      return last;
    };
    page.cancelAnimationFrame = (one) => void frames.delete(one);
    reportError = page.reportError;
    page.reportError = (error) => reported.push(error);
  });

  afterEach(() => {
    // The timer that all share must not wait on for the next test, which has other timers.
    pass(200);
    delete page.requestAnimationFrame;
    delete page.cancelAnimationFrame;
    if (reportError) page.reportError = reportError;
    mock.timers.reset();
    mock.restoreAll();
  });

  it('comes once, and no timer runs it again', () => {
    ask('a');
    assert.deepEqual(done, []);
    frame();
    assert.deepEqual(done, ['a']);
    pass(300);
    assert.deepEqual(done, ['a']);
  });

  it('is made up for after 100 ms in a page that gets none', () => {
    ask('a');
    pass(99);
    assert.deepEqual(done, []);
    pass(1);
    assert.deepEqual(done, ['a']);
    assert.equal(frames.size, 0, 'the frame is no longer asked for');
  });

  it('is made up for by one timer for all, each as long after it was asked for', () => {
    ask('a');
    pass(60);
    ask('b');
    pass(40);
    assert.deepEqual(done, ['a']);
    pass(59);
    assert.deepEqual(done, ['a']);
    pass(1);
    assert.deepEqual(done, ['a', 'b']);
  });

  it('is made up for again and again while the page stays hidden', () => {
    const again = (): void => {
      done.push('again');
      if (done.length < 3) nextFrame(again);
    };
    nextFrame(again);
    pass(100);
    assert.equal(done.length, 1);
    pass(100);
    assert.equal(done.length, 2);
    pass(100);
    assert.equal(done.length, 3);
  });

  it('does not come for who no longer waits', () => {
    const cancel = ask('a');
    ask('b');
    cancel();
    assert.equal(frames.size, 1);
    pass(100);
    assert.deepEqual(done, ['b']);
  });

  it('does not keep the others waiting where one fails', () => {
    const error = new Error('broken');
    nextFrame(() => {
      throw error;
    });
    ask('b');
    pass(100);
    assert.deepEqual(done, ['b']);
    assert.deepEqual(reported, [error]);
  });

  it('is the next turn where there are none at all, as in Node', () => {
    delete page.requestAnimationFrame;
    ask('a');
    const cancel = ask('b');
    cancel();
    assert.deepEqual(done, []);
    pass(1);
    assert.deepEqual(done, ['a']);
  });
});
