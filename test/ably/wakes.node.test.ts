import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, mock, test} from 'node:test';
import type {OpenAnswer} from '../../src/ably/open-answers.ts';
import {Wakes} from '../../src/ably/wakes.ts';

const answer: OpenAnswer = {eventId: 'e1', messageId: 'm1', runId: 'r1', isLast: true};

describe('an agent that is to be told of an answer', () => {
  let attempts = 0;
  let changes = 0;
  let failsWith: string | undefined;
  let wakes: Wakes;

  /** Lets time pass, and what was begun come to its end. */
  async function pass(ms: number): Promise<void> {
    mock.timers.tick(ms);
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  }
  const failure = (): string | undefined => (wakes.failureOf('e1') as Error | undefined)?.message;

  beforeEach(() => {
    mock.timers.enable({apis: ['setTimeout', 'Date'], now: 1_000_000});
    attempts = changes = 0;
    failsWith = undefined;
    wakes = new Wakes(
      () => {
        attempts++;
        return failsWith === undefined ? Promise.resolve() : Promise.reject(new Error(failsWith));
      },
      () => changes++,
    );
  });
  afterEach(() => {
    wakes.close();
    mock.timers.reset();
  });

  test('is told by whoever answered at once, and by others only when it does not go on', async () => {
    wakes.look([answer]);
    await pass(1900);
    assert.equal(attempts, 0);
    await pass(1200);
    assert.equal(attempts, 1);
    wakes.look([]);
    await pass(600_000);
    assert.equal(attempts, 1);
  });

  test('is told once by whoever answered, though they see their answer on the channel as well', async () => {
    wakes.look([answer]);
    wakes.now(answer);
    await pass(7900);
    assert.equal(attempts, 1);
  });

  test('is told four times, and no more by itself', async () => {
    wakes.look([answer]);
    wakes.now(answer);
    await pass(8000);
    await pass(30_000);
    await pass(120_000);
    assert.equal(attempts, 4);
    await pass(3_600_000);
    assert.equal(attempts, 4);
  });

  test('fails with one reason however often that is tried, which is gone once it was told', async () => {
    failsWith = 'down';
    wakes.look([answer]);
    wakes.now(answer);
    await pass(0);
    const first = wakes.failureOf('e1');
    assert.equal(failure(), 'down');
    await pass(8000);
    assert.equal(attempts, 2);
    assert.equal(wakes.failureOf('e1'), first);
    assert.equal(changes, 1);
    failsWith = undefined;
    await pass(30_000);
    assert.equal(failure(), undefined);
    assert.equal(changes, 2);
  });

  test('is said not to have gone on where it was told in vain, and only where it waits for nobody else', async () => {
    for (const isLast of [false, true]) {
      wakes.look([{...answer, isLast}]);
      wakes.now(answer);
      await pass(8000);
      await pass(30_000);
      assert.match(String(failure()), isLast ? /has not taken it up/ : /undefined/);
      wakes.look([]);
    }
  });

  test('is told again when the line or the person is back, though not all the time', async () => {
    failsWith = 'down';
    wakes.look([answer]);
    wakes.nudge();
    assert.equal(attempts, 0);
    wakes.now(answer);
    await pass(8000);
    await pass(30_000);
    await pass(120_000);
    assert.equal(attempts, 4);
    wakes.nudge();
    assert.equal(attempts, 4);
    await pass(30_000);
    wakes.nudge();
    wakes.nudge();
    assert.equal(attempts, 5);
  });

  test('is told at once when a person asks for it, with a reason of its own where that fails', async () => {
    failsWith = 'down';
    wakes.look([answer]);
    wakes.now(answer);
    await pass(0);
    const first = wakes.failureOf('e1');
    assert.equal(wakes.again('r2'), false);
    assert.equal(wakes.again('r1'), true);
    assert.equal(failure(), undefined);
    await pass(0);
    assert.equal(attempts, 2);
    assert.equal(failure(), 'down');
    assert.notEqual(wakes.failureOf('e1'), first);
    await pass(8000);
    assert.equal(attempts, 3);
  });

  test('is told nothing any more by a page that is closed, but of what it says in closing', async () => {
    wakes.look([answer]);
    wakes.close();
    await pass(600_000);
    assert.equal(attempts, 0);
    wakes.now(answer);
    await pass(600_000);
    assert.equal(attempts, 1);
  });
});
