import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {setImmediate} from 'node:timers/promises';
import v8 from 'node:v8';
import {ChannelLog} from '../../demo/agent/channel-log.ts';
import {instantPace} from '../../demo/model/pace.ts';
import {startDemo} from '../../demo/start-demo.ts';
import {Person} from './person.ts';

// `queryObjects` collects garbage before it counts; TypeScript does not know it yet.
const {queryObjects} = v8 as unknown as {queryObjects(constructor: unknown, options: {format: 'count'}): number};
const conversationsInMemory = (): number => queryObjects(ChannelLog, {format: 'count'});

/** Resolves with the first count that is not above this one, or with the last one before it is too late. */
async function countAtMost(most: number, timeoutMs = 4000): Promise<number> {
  const end = Date.now() + timeoutMs;
  while (conversationsInMemory() > most && Date.now() < end) await setImmediate();
  return conversationsInMemory();
}

describe('the demo’s agent, which runs for weeks,', () => {
  test('does not keep conversations in memory that it has answered', async (context) => {
    const demo = await startDemo({port: 0, pace: instantPace, log: (line) => console.error(line)});
    context.after(() => demo.close());
    for (const name of ['one', 'two', 'three']) {
      const ana = await Person.join(demo, {channel: `conversations:memory-${name}`});
      await ana.say('hello');
      await ana.until(() => ana.statuses.join() === 'complete');
      await ana.leave();
    }
    // The last one may be held a little longer, by timers of the SDK.
    assert.ok((await countAtMost(1)) <= 1, 'those before the last are gone');
  });
});
