import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import type * as Ably from 'ably';
import {LiveMap} from 'ably/liveobjects';
import {createProgress} from '../../src/agent/index.ts';
import {brokerFixture} from '../contract/broker-helpers.ts';
import {channelOf, seen} from './channels.ts';
import {FakeClock} from './fake-clock.ts';

type Tasks = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

describe('an agent’s progress', () => {
  const fixture = brokerFixture({faults: true});

  /** What everybody else sees. */
  const watch = async (name: string) => {
    const channel = channelOf(fixture, name, 'watcher');
    const root = await channel.object.get();
    const operations: string[] = [];
    root.subscribe(({message}) => operations.push(message?.operation.action ?? 'sync'));
    return {root, operations, tasks: () => (root.get('progress').compactJson() ?? {}) as Tasks};
  };

  const begin = (channel: Ably.RealtimeChannel, agent = 'flights-agent') => {
    const clock = new FakeClock();
    const errors: Error[] = [];
    return {clock, errors, progress: createProgress(channel, {agent, clock, onError: (error) => errors.push(error)})};
  };

  test('is the documented map, from the first word to the end', async () => {
    const {tasks} = await watch('shape');
    const channel = channelOf(fixture, 'shape');
    const {progress, clock} = begin(channel);
    const task = progress.task({id: 'one', label: 'Searching direct flights', max: 4, runId: 'run-1'});
    await progress.flush();
    const running = {agent: 'flights-agent', label: 'Searching direct flights', state: 'running', max: 4, startedAt: 1_000_000, runId: 'run-1'};
    await seen(channel, () => 'one' in tasks());
    assert.deepEqual(tasks(), {one: running});

    clock.pass(500);
    task.update({value: 3, detail: 'Comparing prices'});
    task.done({label: 'Found 4 flights', value: 4, detail: undefined});
    task.update({label: 'too late'});
    task.fail(new Error('too late'));
    await progress.flush();
    await seen(channel, () => tasks()['one']?.['state'] === 'done');
    assert.deepEqual(tasks(), {one: {...running, label: 'Found 4 flights', state: 'done', value: 4, endedAt: 1_000_500}});
    assert.equal(task.state, 'done');
  });

  test('tells failures with their reason, cancelled tasks, queued ones, and parts of tasks', async () => {
    const {tasks} = await watch('states');
    const channel = channelOf(fixture, 'states');
    const {progress, clock} = begin(channel);
    const parent = progress.task({id: 'parent', label: 'All', runId: 'run-1'});
    const child = parent.child({id: 'child', label: 'Part', state: 'queued'});
    progress.task({id: 'failing', label: 'Fails'}).fail(new Error('no seats'));
    progress.task({id: 'stopped', label: 'Stops'}).cancel();
    await progress.flush();
    await seen(channel, () => Object.keys(tasks()).length === 4);
    assert.deepEqual(tasks()['child'], {agent: 'flights-agent', label: 'Part', state: 'queued', parent: 'parent', runId: 'run-1'});
    assert.deepEqual([tasks()['failing']?.['state'], tasks()['failing']?.['error']], ['failed', 'no seats']);
    assert.deepEqual([tasks()['stopped']?.['state'], tasks()['stopped']?.['endedAt']], ['cancelled', 1_000_000]);
    clock.pass(10);
    child.start();
    await progress.flush();
    await seen(channel, () => tasks()['child']?.['state'] === 'running');
    assert.equal(tasks()['child']?.['startedAt'], 1_000_010);
  });

  test('merges values within 100 ms into one write, and loses none at the end', async () => {
    const {tasks, operations} = await watch('throttle');
    const channel = channelOf(fixture, 'throttle');
    const {progress, clock} = begin(channel);
    const task = progress.task({id: 'one', label: 'Counting', max: 1000});
    await progress.flush();
    await seen(channel, () => 'one' in tasks());
    operations.length = 0;
    for (let value = 1; value <= 99; value++) {
      clock.pass(1);
      task.update({value});
    }
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(operations, []);
    clock.pass(1);
    await seen(channel, () => tasks()['one']?.['value'] === 99);
    assert.deepEqual(operations, ['map.set']);
    clock.pass(1);
    task.update({value: 100});
    await progress.close();
    await seen(channel, () => tasks()['one']?.['value'] === 100);
  });

  test('writes a change of state at once, with the value that was still waiting', async () => {
    const {tasks} = await watch('at-once');
    const channel = channelOf(fixture, 'at-once');
    const {progress} = begin(channel);
    const task = progress.task({id: 'one', label: 'Counting', max: 10});
    await progress.flush();
    task.update({value: 7});
    task.cancel();
    await seen(channel, () => tasks()['one']?.['state'] === 'cancelled');
    assert.equal(tasks()['one']?.['value'], 7);
  });

  test('of four agents that begin at the same moment is whole for all', async () => {
    const {tasks} = await watch('crowd');
    const channels = ['a', 'b', 'c', 'd'].map((agent) => channelOf(fixture, 'crowd', agent));
    await Promise.all(channels.map((channel) => channel.object.get()));
    const all = channels.map((channel, index) => begin(channel, `agent-${index}`).progress);
    for (const [index, progress] of all.entries()) {
      progress.task({id: `running-${index}`, label: 'Runs'});
      progress.task({id: `done-${index}`, label: 'Ends'}).done();
    }
    await Promise.all(all.map((progress) => progress.flush()));
    const [channel] = channels;
    assert.ok(channel);
    await seen(channel, () => Object.keys(tasks()).length === 8);
    for (const progress of all) await progress.close();
  });

  test('joins the tasks of others and leaves them alone', async () => {
    const {root, tasks} = await watch('others');
    await root.set('progress', LiveMap.create({theirs: LiveMap.create({agent: 'x', label: 'Theirs', state: 'done'})}));
    const channel = channelOf(fixture, 'others');
    const {progress} = begin(channel);
    progress.task({id: 'mine', label: 'Mine'});
    await progress.flush();
    await seen(channel, () => 'mine' in tasks());
    assert.equal(tasks()['theirs']?.['label'], 'Theirs');
  });

  test('counts again when another agent has given a task up too early', async () => {
    const {root, tasks} = await watch('given-up');
    const channel = channelOf(fixture, 'given-up');
    const {progress} = begin(channel);
    const task = progress.task({id: 'one', label: 'Counting'});
    await progress.flush();
    await seen(channel, () => 'one' in tasks());
    for (const [name, value] of [['state', 'failed'], ['error', 'lost'], ['endedAt', 1]] as const) await root.get('progress').get('one').set(name, value);
    const mine = await channel.object.get();
    await seen(channel, () => mine.get('progress').get('one').get('endedAt').value() === 1);
    task.done();
    await progress.flush();
    await seen(channel, () => tasks()['one']?.['state'] === 'done');
    assert.deepEqual(Object.keys(tasks()['one'] ?? {}).sort(), ['agent', 'endedAt', 'label', 'startedAt', 'state']);
  });

  test('writes after an outage what it could not write during it', async () => {
    const {tasks} = await watch('refused');
    const channel = channelOf(fixture, 'refused');
    const {progress, errors, clock} = begin(channel);
    const task = progress.task({id: 'one', label: 'Counting', max: 10});
    await progress.flush();
    const {faults} = fixture.broker.server;
    assert.ok(faults);
    faults.set({refusePublishes: true});
    task.update({value: 5});
    clock.pass(100);
    await seen(channel, () => errors.length === 1);
    await assert.rejects(progress.flush(), /could not be written/);
    faults.reset();
    await progress.flush();
    await seen(channel, () => tasks()['one']?.['value'] === 5);
  });

  test('says what is missing when the token does not allow objects', async () => {
    const {token} = await fixture.rest().auth.requestToken({clientId: 'mute', capability: JSON.stringify({mute: ['subscribe', 'publish']})});
    const channel = fixture.realtime({token}).channels.get('mute');
    const {progress, errors} = begin(channel);
    progress.task({label: 'Never seen'});
    await assert.rejects(progress.flush());
    assert.match(errors[0]?.message ?? '', /^Progress cannot be written:/);
  });
});
