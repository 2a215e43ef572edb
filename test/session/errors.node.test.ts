import assert from 'node:assert/strict';
import {test} from 'node:test';
import {SessionError} from '../../src/session/index.ts';

test('An error of another copy of the library is a SessionError too, and no other error is', () => {
  class Other extends Error {
    override readonly name = 'SessionError';
  }
  assert.ok(new Other('x') instanceof SessionError);
  assert.ok(new SessionError('x', {kind: 'input'}) instanceof SessionError);
  assert.ok(!(new Error('x') instanceof SessionError));
  assert.ok(!(({name: 'SessionError'}) as unknown instanceof SessionError));
});
