import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {type Claim, ownerOf} from '../../src/ably/claims.ts';

const claim = (serial: string, claimant: string, after?: string): Claim => ({toolCallId: 'c', claimant, after, isPresent: true, connectionId: 'k', serial});
const gone = (...claimants: string[]) => (claimant: string): boolean => claimants.includes(claimant);

describe('whose a tool call is', () => {
  test('nobody has it who has not claimed it', () => {
    assert.deepEqual(ownerOf([], gone()), {owner: undefined, after: undefined});
  });

  test('the first on the channel has it, in whatever order the claims are read, and renewals change nothing', () => {
    assert.deepEqual(ownerOf([claim('3', 'a'), claim('2', 'b'), claim('1', 'a')], gone()), {owner: 'a', after: undefined});
  });

  test('of one who is gone it is free to be answered for, by the first who claims it after them', () => {
    assert.deepEqual(ownerOf([claim('1', 'a'), claim('2', 'b')], gone('a')), {owner: undefined, after: 'a'});
    assert.deepEqual(ownerOf([claim('1', 'a'), claim('2', 'b'), claim('4', 'c', 'a'), claim('3', 'b', 'a')], gone('a')), {owner: 'b', after: 'a'});
  });

  test('a page that says it follows itself is not asked again', () => {
    assert.deepEqual(ownerOf([claim('1', 'a'), claim('2', 'a', 'a')], gone('a')), {owner: undefined, after: 'a'});
  });

  test('who answers for another may be gone too', () => {
    assert.deepEqual(ownerOf([claim('1', 'a'), claim('2', 'b', 'a'), claim('3', 'c', 'b')], gone('a', 'b')), {owner: 'c', after: 'b'});
  });
});
