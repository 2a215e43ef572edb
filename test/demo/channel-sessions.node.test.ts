import assert from 'node:assert/strict';
import {after, afterEach, before, beforeEach, describe, test} from 'node:test';
import type * as Ably from 'ably';
import {defaultKey, type RunningBroker, startBroker} from '../../broker/index.ts';
import {ChannelSessions} from '../../demo/agent/channel-sessions.ts';
import {connectAgent} from '../../demo/agent/connect-agent.ts';

describe('the sessions of an agent', () => {
  let broker: RunningBroker;
  let client: Ably.Realtime;
  let sessions: ChannelSessions;
  const channel = 'conversations:again';

  before(async () => {
    broker = await startBroker({port: 0});
  });
  after(() => broker.close());
  beforeEach(() => {
    client = connectAgent(defaultKey, broker.port);
    sessions = new ChannelSessions(client);
  });
  afterEach(() => client.close());

  test('leave nothing of a channel behind, so that the thousandth session on it is like the first', async () => {
    const first = await sessions.hold(channel);
    await first.session.object.get();
    const used = client.channels.get(channel);
    const {appendMessage} = used;
    await first.release();
    assert.equal(used.state, 'detached');
    const second = await sessions.hold(channel);
    assert.notEqual(client.channels.get(channel), used);
    assert.equal(used.appendMessage, appendMessage, 'nothing was done to the former one again');
    await second.release();
  });
});
