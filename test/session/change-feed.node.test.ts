import assert from 'node:assert/strict';
import {beforeEach, describe, test} from 'node:test';
import {ChangeFeed, textPauses} from '../../src/session/change-feed.ts';

/** Frames that come when a test says so, at 60 a second. */
class Frames {
  now = 0;
  #waiting: (() => void)[] = [];

  readonly schedule = (run: () => void): (() => void) => {
    this.#waiting.push(run);
    return () => (this.#waiting = this.#waiting.filter((other) => other !== run));
  };

  pass(count = 1, ms = 1000 / 60): void {
    for (; count > 0; count--) {
      this.now += ms;
      for (const run of this.#waiting.splice(0)) run();
    }
  }
}

describe('a feed of changes that lets growing text pause', () => {
  let frames: Frames;
  let feed: ChangeFeed;
  let announced: string[][];

  beforeEach(() => {
    frames = new Frames();
    feed = new ChangeFeed({schedule: frames.schedule, textPauses, now: () => frames.now});
    announced = [];
    feed.subscribe(({messageIds}) => announced.push([...messageIds]));
  });

  test('announces text at the next frame where none came before it', () => {
    feed.touch('a');
    frames.pass();
    frames.pass(10);
    feed.touch('a');
    frames.pass();
    assert.deepEqual(announced, [['a'], ['a']]);
  });

  test('announces text that comes with each frame at every second one', () => {
    for (let frame = 0; frame < 10; frame++) {
      feed.touch('a');
      frames.pass();
    }
    assert.equal(announced.length, 5);
  });

  test('announces it at every third frame of a screen twice as fast', () => {
    for (let frame = 0; frame < 12; frame++) {
      feed.touch('a');
      frames.pass(1, 1000 / 120);
    }
    assert.equal(announced.length, 4);
  });

  test('announces what nobody can read at every fifth frame', () => {
    for (let frame = 0; frame < 15; frame++) {
      for (let delta = 0; delta < 3; delta++) feed.touch('a');
      frames.pass();
    }
    assert.equal(announced.length, 3);
  });

  test('announces what comes by whole paragraphs at every sixth frame', () => {
    for (let frame = 0; frame < 12; frame++) {
      for (let delta = 0; delta < 30; delta++) feed.touch('a');
      frames.pass();
    }
    assert.equal(announced.length, 2);
  });

  test('announces what is left of fast text at the second frame after the last announcement', () => {
    for (let delta = 0; delta < 500; delta++) feed.touch('a');
    frames.pass();
    feed.touch('a');
    frames.pass(2);
    assert.equal(announced.length, 2);
  });

  test('announces text at each frame where frames are late', () => {
    for (let frame = 0; frame < 5; frame++) {
      feed.touch('a');
      frames.pass(1, 50);
    }
    assert.equal(announced.length, 5);
  });

  test('announces all messages that grew meanwhile together, the last word too', () => {
    feed.touch('a');
    frames.pass();
    feed.touch('a');
    frames.pass();
    feed.touch('b');
    frames.pass();
    assert.deepEqual(announced, [['a'], ['a', 'b']]);
  });

  test('has nothing else wait: what it comes with goes at the next frame', () => {
    feed.touch('a');
    frames.pass();
    feed.touch('a');
    feed.update({clientId: 'me'});
    frames.pass();
    assert.deepEqual(announced, [['a'], ['a']]);
  });
});
