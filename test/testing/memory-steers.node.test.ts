import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createMemorySession} from '../../src/testing/index.ts';

test('what was said into an answer in memory is missed while its agent is gone, and heard once it is back', async () => {
  const session = createMemorySession({agentId: 'planner'});
  const steer = (): string | undefined => {
    session.flush();
    return session.snapshot.messages.at(-1)?.steer;
  };
  session.enter('planner', {type: 'agent', status: 'thinking'});
  await session.dispatch({type: 'send', text: 'Hello'});
  const run = session.startRun();
  await session.dispatch({type: 'send', text: 'In euros', policy: 'steer'});
  assert.equal(steer(), 'waiting');
  session.vanish('planner');
  assert.equal(steer(), 'missed');
  session.enter('planner', {type: 'agent', status: 'thinking'});
  assert.equal(steer(), 'waiting');
  run.consume();
  assert.equal(steer(), 'consumed');
});
