import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, test} from 'node:test';
import type {AiSession} from '../../src/ably/ai-session.ts';
import type {QueueClock} from '../../src/ably/queue-keeper.ts';
import {textOf} from '../../src/session/message.ts';
import type {SessionSnapshot} from '../../src/session/snapshot.ts';
import {FaultyStage, isReady, textsOf} from '../helpers/faulty-stage.ts';
import {until} from '../helpers/until.ts';

const has = (text: string) => ({messages}: SessionSnapshot): boolean => messages.some((message) => textOf(message) === text);
const queued = ({snapshot}: AiSession): string[] => snapshot.queue.map(({text}) => text);

/** Lets a device's turn come when a test says so. */
class HandClock implements QueueClock {
  readonly #chance: number;
  #waiting: {readonly ms: number; readonly callback: () => void} | undefined;
  #onWait: (() => void) | undefined;

  constructor(chance: number) {
    this.#chance = chance;
  }

  random(): number {
    return this.#chance;
  }

  after(ms: number, callback: () => void): () => void {
    const waiting = {ms, callback};
    this.#waiting = waiting;
    this.#onWait?.();
    return () => {
      if (this.#waiting === waiting) this.#waiting = undefined;
    };
  }

  get isWaiting(): boolean {
    return this.#waiting !== undefined;
  }

  /** Resolves with how long the device waits, in ms, as soon as it does. */
  async waits(): Promise<number> {
    while (!this.#waiting) await new Promise<void>((resolve) => (this.#onWait = resolve));
    return this.#waiting.ms;
  }

  strike(): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.callback();
  }
}

describe('the queues of two devices', () => {
  let stage: FaultyStage;
  let clocks: readonly [HandClock, HandClock];
  let one: AiSession;
  let other: AiSession;

  beforeEach(async () => {
    stage = await FaultyStage.open('conversations:queue-turns');
    clocks = [new HandClock(0), new HandClock(0.99)];
    one = stage.visitFromElsewhere('ana', {queueClock: clocks[0]});
    other = stage.visitFromElsewhere('bo', {queueClock: clocks[1]});
    await Promise.all([isReady(one), isReady(other)]);
  });
  afterEach(() => stage.close());

  test('take turns as runs end: whoever sees that another has spoken waits for that answer', async () => {
    await one.dispatch({type: 'send', text: 'Hello'});
    const run = await stage.agent.answerNext();
    await run.append('Good');
    await Promise.all([until(one, has('Good')), until(other, has('Good'))]);
    await one.dispatch({type: 'send', text: 'one', policy: 'queue'});
    await other.dispatch({type: 'send', text: 'uno', policy: 'queue'});
    await run.end('complete');
    const [short = 0, long = 0] = await Promise.all(clocks.map((clock) => clock.waits()));
    assert.ok(short >= 100 && short < long && long <= 400, `waits ${short} and ${long} ms`);
    assert.deepEqual([queued(one), queued(other)], [['one'], ['uno']]);
    clocks[0].strike();
    await until(other, has('one'));
    clocks[1].strike();
    const next = await stage.agent.answerNext();
    await next.append('to one');
    await until(other, has('to one'));
    assert.deepEqual([queued(one), queued(other)], [[], ['uno']]);
    assert.equal(clocks[1].isWaiting, false);
    await next.end('complete');
    await clocks[1].waits();
    clocks[1].strike();
    const last = await stage.agent.answerNext();
    await last.append('to uno');
    await last.end('complete');
    await until(one, (snapshot) => has('to uno')(snapshot) && snapshot.runs.every(({status}) => status === 'complete'));
    assert.deepEqual(textsOf(one), ['Hello', 'Good', 'one', 'to one', 'uno', 'to uno']);
    assert.equal(stage.wakes, 3);
  });
});
