import assert from 'node:assert/strict';
import {test} from 'node:test';
import * as Ably from 'ably';
import {explainError, isTransient} from '../../src/ably/explain-error.ts';
import {SessionError} from '../../src/session/errors.ts';

const ably = (code: number, message = 'reason', cause?: Ably.ErrorInfo): Ably.ErrorInfo => new Ably.ErrorInfo(message, code, Math.floor(code / 100), cause);

test('a namespace without mutable messages is said to be one, with the rule to enable', () => {
  const error = explainError(ably(104008, 'wrapped', ably(93002)), 'run', 'plain:lisbon');
  assert.deepEqual([error.kind, error.code], ['channel', 93002]);
  assert.match(error.message, /"plain:lisbon" cannot hold a session/);
  assert.match(error.hint ?? '', /channel rule/);
});

test('a refused operation names the capability that is missing', () => {
  for (const [operation, capability] of [['attach', 'subscribe'], ['publish', 'publish'], ['history', 'history']] as const) {
    const error = explainError(ably(40160), operation, 'c');
    assert.equal(error.kind, 'capability');
    assert.match(error.message, new RegExp(`lacks the capability "${capability}"`));
  }
});

test('the reason of Ably is told, not the code of the transport around it', () => {
  const error = explainError(ably(104011, 'unable to fold', ably(50003, 'timed out')), 'history');
  assert.equal(error.code, 50003);
  assert.match(error.message, /Earlier messages could not be loaded: timed out/);
});

test('a failed run is the agent’s, and its own message is kept', () => {
  const error = explainError(ably(104008, 'the model is overloaded'), 'run');
  assert.deepEqual([error.kind, error.code], ['agent', 104008]);
  assert.match(error.message, /the model is overloaded/);
});

test('an agent whose writing was refused for a reason that it does not tell is given the likely ones', () => {
  const error = explainError(ably(104000, 'unable to flush pending appends'), 'run', 'plain:lisbon');
  assert.match(error.hint ?? '', /"plain:lisbon" allows messages to be updated.*message-update-own/);
});

test('a stop that did not get through is not called a message', () => {
  assert.match(explainError(ably(80000), 'cancel').message, /^The stop did not reach the agent/);
  assert.match(explainError(ably(40160), 'cancel', 'chat').message, /^The stop did not reach the agent.*"publish"/);
});

test('what is explained already is not explained again, also inside another error', () => {
  const own = new SessionError('said before', {kind: 'auth'});
  assert.equal(explainError(own, 'attach'), own);
  assert.equal(explainError(new Error('outer', {cause: own}), 'attach'), own);
});

test('a lost connection and a failing server may be tried again; a refusal may not', () => {
  assert.equal(isTransient(ably(80003)), true);
  assert.equal(isTransient(ably(104005, 'send failed', ably(80000))), true);
  assert.equal(isTransient(ably(104001, 'attach', ably(90007, 'Channel attach timed out'))), true);
  assert.equal(isTransient(ably(50003)), true);
  assert.equal(isTransient(ably(104011, 'history failed')), true);
  assert.equal(isTransient(ably(104011, 'history failed', ably(40160))), false);
  assert.equal(isTransient(ably(40160)), false);
  assert.equal(isTransient(ably(93002)), false);
  assert.equal(isTransient(new TypeError('fetch failed')), true);
});

test('what goes beyond a rate may be tried again, and so may what is wrapped around it', () => {
  for (const code of [42910, 42911, 42913, 42917, 42918, 42920, 42922]) assert.equal(isTransient(ably(code)), true, String(code));
  assert.equal(isTransient(ably(104001, 'attach', ably(42910))), true);
});

test('an account at its limits is said to be one, and the token endpoint is not blamed', () => {
  for (const code of [40111, 40112, 40114, 40115, 40150]) {
    const error = explainError(ably(code, 'account restricted (limits exceeded)'), 'connect');
    assert.equal(error.kind, 'connection', String(code));
    assert.match(error.message, /^The connection was refused: account restricted/);
    assert.match(error.hint ?? '', /limits of the Ably account/);
    assert.equal(isTransient(ably(code)), false);
  }
  assert.match(explainError(ably(40113, 'account blocked'), 'attach').hint ?? '', /the Ably account/);
  assert.equal(explainError(ably(40142, 'token expired'), 'connect').kind, 'auth');
});
