import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {LiveMap} from 'ably/liveobjects';
import {createApprovalIndex} from '../../src/agent/index.ts';
import {brokerFixture} from '../contract/broker-helpers.ts';
import {channelOf, seen} from './channels.ts';
import {FakeClock} from './fake-clock.ts';

describe('the index of what waits for a person', () => {
  const fixture = brokerFixture();

  /** What everybody else sees. */
  const watch = async (name: string) => {
    const channel = channelOf(fixture, name, 'inbox');
    const root = await channel.object.get();
    const shows = (expected: object) => seen(channel, () => JSON.stringify(root.get('approvals').compactJson() ?? {}) === JSON.stringify(expected));
    return {root, shows, entries: (): object => (root.get('approvals').compactJson() as object | undefined) ?? {}};
  };

  test('has a channel while something waits there, since when it does', async () => {
    const {shows} = await watch('index');
    const clock = new FakeClock();
    const index = createApprovalIndex(channelOf(fixture, 'index'), {clock});
    await index.pending('conversations:lisbon');
    await shows({'conversations:lisbon': {since: 1_000_000}});
    clock.pass(5000);
    await index.pending('conversations:lisbon');
    assert.deepEqual(await index.channels(), new Map([['conversations:lisbon', {since: 1_000_000}]]));
    await index.decided('conversations:lisbon');
    await index.decided('conversations:lisbon');
    await shows({});
    index.close();
  });

  test('is read by an agent that starts anew, which keeps since when', async () => {
    const first = createApprovalIndex(channelOf(fixture, 'restart'), {clock: new FakeClock()});
    await first.pending('conversations:rome');
    const clock = new FakeClock();
    clock.pass(3_600_000);
    const second = createApprovalIndex(channelOf(fixture, 'restart', 'another-agent'), {clock});
    assert.deepEqual(await second.channels(), new Map([['conversations:rome', {since: 1_000_000}]]));
    await second.pending('conversations:rome');
    assert.deepEqual(await second.channels(), new Map([['conversations:rome', {since: 1_000_000}]]));
  });

  test('has what every agent knows when another one’s map takes the place of ours', async () => {
    const {root, entries} = await watch('contested');
    const index = createApprovalIndex(channelOf(fixture, 'contested'), {clock: new FakeClock()});
    await index.pending('conversations:porto');
    await root.set('approvals', LiveMap.create({'conversations:ghent': {since: 7}}));
    await seen(channelOf(fixture, 'contested', 'inbox'), () => 'conversations:porto' in entries());
    assert.deepEqual(Object.keys(entries()).sort(), ['conversations:ghent', 'conversations:porto']);
  });

  test('is opened again after a failure', async () => {
    const channel = channelOf(fixture, 'broken');
    let isDown = true;
    const object = {get: () => (isDown ? Promise.reject(new Error('the line is down')) : channel.object.get())} as unknown as typeof channel.object;
    const failures: string[] = [];
    const index = createApprovalIndex({object}, {clock: new FakeClock(), onError: ({message}) => failures.push(message)});
    await assert.rejects(index.pending('conversations:faro'), /the line is down/);
    isDown = false;
    await index.pending('conversations:faro');
    assert.deepEqual([...(await index.channels()).keys()], ['conversations:faro']);
    assert.match(failures[0] ?? '', /could not be written: the line is down/);
    index.close();
  });
});
