import assert from 'node:assert/strict';
import {mock, test} from 'node:test';
import {Counted} from '../../src/ably/counted.ts';

test('a shared value is made once and closed after the last holder has let go', () => {
  mock.timers.enable({apis: ['setTimeout']});
  const closed: string[] = [];
  const counted = new Counted<string>((value) => closed.push(value));
  let made = 0;
  const make = (): string => `value ${++made}`;
  const one = counted.hold('key', make);
  const two = counted.hold('key', make);
  assert.equal(one.value, two.value);
  one.release();
  one.release();
  mock.timers.runAll();
  assert.deepEqual(closed, []);
  two.release();
  mock.timers.runAll();
  assert.deepEqual([closed, counted.size], [['value 1'], 0]);
  mock.timers.reset();
});

test('who lets go and takes up again in one task keeps the value', () => {
  mock.timers.enable({apis: ['setTimeout']});
  const closed: string[] = [];
  const counted = new Counted<string>((value) => closed.push(value));
  counted.hold('key', () => 'value').release();
  const again = counted.hold('key', () => 'another');
  mock.timers.runAll();
  assert.deepEqual([again.value, closed], ['value', []]);
  again.release();
  mock.timers.runAll();
  assert.deepEqual(closed, ['value']);
  mock.timers.reset();
});
