import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import type * as Ably from 'ably';
import {AblyLiveState} from '../../src/ably/live-objects.ts';
import type {LiveTypes} from '../../src/ably/live-edits.ts';
import type {LiveValue} from '../../src/session/live-state.ts';

const modes = ['object_subscribe', 'object_publish'];
/** Nothing is edited here. */
const types = {} as LiveTypes;

/** A channel whose objects are there when the test says so. */
class LateObjects {
  listeners = 0;
  readonly #value: LiveValue;
  #settle: {resolve(root: unknown): void; reject(failure: unknown): void} | undefined;

  constructor(value: LiveValue) {
    this.#value = value;
  }

  get channel(): Ably.RealtimeChannel {
    const object = {
      get: () => new Promise((resolve, reject) => (this.#settle = {resolve, reject})),
      on: () => this.#listen(),
    };
    // All that is asked of a channel here.
    return {object} as unknown as Ably.RealtimeChannel;
  }

  arrive(): void {
    this.#settle?.resolve({subscribe: () => this.#listen(), compactJson: () => this.#value});
  }

  fail(): void {
    this.#settle?.reject(new Error('the channel was left'));
  }

  #listen(): {unsubscribe(): void; off(): void} {
    this.listeners++;
    const end = (): void => {
      this.listeners--;
    };
    return {unsubscribe: end, off: end};
  }
}

function opened(): AblyLiveState {
  return new AblyLiveState({channelName: 'c', connectionId: () => undefined, needObjects: () => undefined, lineError: () => undefined});
}

function announced(state: AblyLiveState): Promise<void> {
  return new Promise((resolve) => {
    const unsubscribe = state.subscribe(() => {
      unsubscribe();
      resolve();
    });
  });
}

describe('shared state that is still on its way', () => {
  test('is not followed any more when the channel was opened afresh meanwhile', async () => {
    const state = opened();
    const [before, after] = [new LateObjects({note: 'old'}), new LateObjects({note: 'new'})];
    const first = state.follow(before.channel, modes, types);
    const second = state.follow(after.channel, modes, types);
    after.arrive();
    await second;
    before.arrive();
    await first;
    await announced(state);
    assert.deepEqual(state.snapshot.root, {note: 'new'});
    assert.deepEqual([before.listeners, after.listeners], [0, 2]);
    state.close();
    assert.equal(after.listeners, 0);
  });

  test('is not called failed when only the channel before has', async () => {
    const state = opened();
    const [before, after] = [new LateObjects({}), new LateObjects({})];
    const first = state.follow(before.channel, modes, types);
    const second = state.follow(after.channel, modes, types);
    after.arrive();
    await second;
    before.fail();
    await first;
    assert.equal(state.snapshot.status, 'ready');
    state.close();
  });

  test('is left alone when the session was closed meanwhile', async () => {
    const state = opened();
    const objects = new LateObjects({});
    const following = state.follow(objects.channel, modes, types);
    state.close();
    objects.arrive();
    await following;
    assert.equal(objects.listeners, 0);
    assert.equal(state.snapshot.status, 'closed');
  });
});
