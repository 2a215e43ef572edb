import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import type * as Ably from 'ably';
import {defaultKey} from '../../broker/index.ts';
import {Agent} from '../../demo/agent/agent.ts';
import {ChannelSessions, type HeldSession} from '../../demo/agent/channel-sessions.ts';
import {connectAgent} from '../../demo/agent/connect-agent.ts';
import {waitFor} from '../../demo/agent/wait-for.ts';
import {CountedModel} from '../../demo/model/counted-model.ts';
import {instantPace} from '../../demo/model/pace.ts';
import {ScriptedModel} from '../../demo/model/scripted-model.ts';
import {type RunningDemo, startDemo} from '../../demo/start-demo.ts';
import {Person} from './person.ts';

/** Sessions in which something comes about just before each run begins. */
class HinderedSessions extends ChannelSessions {
  readonly #beforeRun: (held: HeldSession) => Promise<void>;

  constructor(client: Ably.Realtime, beforeRun: (held: HeldSession) => Promise<void>) {
    super(client);
    this.#beforeRun = beforeRun;
  }

  override async hold(channelName: string): Promise<HeldSession> {
    const held = await super.hold(channelName);
    return {...held, inTurn: (runId, work) => held.inTurn(runId, async () => {
      await this.#beforeRun(held);
      await work();
    })};
  }
}

describe('a stop that comes when the agent has the message, but has not begun its run,', () => {
  let demo: RunningDemo;
  let client: Ably.Realtime;

  before(async () => {
    demo = await startDemo({port: 0, pace: instantPace});
    client = connectAgent(defaultKey, demo.brokerPort);
  });
  after(async () => {
    client.close();
    await demo.close();
  });

  test('is seen by everybody: the run begins, and ends as stopped, and no model is called', async (t) => {
    const ana = await Person.join(demo, {channel: 'conversations:stopped'});
    const run = await ana.publish('Three days in Lisbon');
    let stops = 0;
    const sessions = new HinderedSessions(client, async (held) => {
      if (++stops > 2) return;
      await run.cancel();
      await waitFor(held, () => held.log().cancelsOf(run.inputCodecMessageId).length >= stops || undefined, {ms: 5000});
      // Who may stop is looked up before the run is.
      await new Promise(setImmediate);
    });
    const failures: string[] = [];
    const model = new CountedModel(new ScriptedModel({pace: instantPace}));
    const agent = new Agent({sessions, model, system: () => '', onFailure: (error) => failures.push(error.message)});
    t.after(async () => {
      await agent.close();
      await ana.leave();
    });
    agent.wake(run.toInvocation().toJSON());
    await ana.until(() => ana.statuses.join() === 'cancelled');
    assert.equal(model.calls, 0);
    assert.deepEqual(failures, []);
  });
});
