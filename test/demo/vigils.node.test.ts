import assert from 'node:assert/strict';
import {after, afterEach, before, describe, test} from 'node:test';
import type * as Ably from 'ably';
import {defaultKey, type RunningBroker, startBroker} from '../../broker/index.ts';
import {ChannelSessions} from '../../demo/agent/channel-sessions.ts';
import {connectAgent} from '../../demo/agent/connect-agent.ts';
import {Vigils} from '../../demo/agent/vigils.ts';
import {instantPace} from '../../demo/model/pace.ts';
import {type DemoOptions, type RunningDemo, startDemo} from '../../demo/start-demo.ts';
import {Traveller} from './travellers.ts';

describe('an agent, on channels whose runs wait for somebody,', () => {
  let broker: RunningBroker;
  let demo: RunningDemo;
  const ends: (() => unknown)[] = [];

  before(async () => {
    broker = await startBroker({port: 0});
  });
  after(() => broker.close());
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });

  const start = async (options: Partial<DemoOptions> = {}): Promise<void> => {
    demo = await startDemo({port: 0, brokerPort: broker.port, pace: instantPace, ...options});
    ends.push(() => demo.close());
  };
  const asks = async (channel: string): Promise<Traveller> => {
    const ana = await Traveller.join(demo, channel);
    ends.push(() => ana.leave());
    await ana.root.get('selection').set('flight', {id: 'f1', title: 'Aurora Air 214', detail: 'direct', price: 300});
    await ana.person.say('Book it');
    await ana.sees('a question', () => ana.person.statuses.join() === 'suspended');
    return ana;
  };

  test('ends each of several that have waited too long, also where its clock is behind', async () => {
    await start({approvalPatienceMs: 1500, aheadMs: -700});
    const ana = await asks('conversations:several');
    await ana.person.say('Book it');
    await ana.sees('the expiry of both', () => ana.person.statuses.join() === 'cancelled,cancelled');
  });

  test('stays there once, also when two pieces of work end at the same moment, and lets go', async () => {
    await start();
    const channel = 'conversations:twice';
    await asks(channel);
    const client: Ably.Realtime = connectAgent(defaultKey, broker.port);
    ends.push(() => client.close());
    const sessions = new ChannelSessions(client);
    const vigils = new Vigils({sessions, now: Date.now, wake: () => undefined, onError: (error) => assert.fail(String(error))});
    const held = await sessions.hold(channel);
    await held.read();
    const used = client.channels.get(channel);
    await Promise.all([vigils.keep(channel, held), vigils.keep(channel, held)]);
    await held.release();
    assert.equal(used.state, 'attached');
    await vigils.close();
    assert.equal(used.state, 'detached');
  });

  test('goes on with the others where one of those that are listed cannot be opened', async () => {
    const client = connectAgent(defaultKey, broker.port);
    ends.push(() => client.close());
    const kept: string[] = [];
    const failures: string[] = [];
    const entries = new Map([['elsewhere:private', {since: 1}], ['conversations:listed', {since: 2}]]);
    const index = {
      channels: () => Promise.resolve(entries),
      pending: () => Promise.resolve(),
      decided: (name: string) => Promise.resolve(void kept.push(name)),
      close: () => undefined,
    };
    const vigils = new Vigils({sessions: new ChannelSessions(client), index, now: Date.now, wake: () => undefined, onError: (error) => failures.push(String(error))});
    await vigils.takeUp();
    assert.deepEqual(kept, ['conversations:listed']);
    assert.equal(failures.length, 1);
  });
});
