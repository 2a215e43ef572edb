import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {describe, test} from 'node:test';
import {announce, someonePresent, whenSomeonePresent} from '../../src/agent/index.ts';
import {brokerFixture} from '../contract/broker-helpers.ts';
import {channelOf, seen} from './channels.ts';

const streamOf = (...chunks: string[]): ReadableStream<string> => new ReadableStream({
  start(controller) {
    for (const chunk of chunks) controller.enqueue(chunk);
    controller.close();
  },
});

describe('an agent that announces itself', () => {
  const fixture = brokerFixture();

  const watch = async (name: string) => {
    const channel = channelOf(fixture, name, 'watcher');
    const log: unknown[] = [];
    await channel.presence.subscribe(({action, clientId, data}) => log.push(action === 'leave' ? `${clientId} left` : data));
    return {channel, log};
  };

  test('thinks, streams while output goes out, and leaves at the end', async () => {
    const {channel, log} = await watch('run');
    const source = channelOf(fixture, 'run');
    const result = await announce(source, {runId: 'run-1', name: 'Flights'}, async (announcement) => {
      await seen(channel, () => log.length === 1);
      const chunks: string[] = [];
      for await (const chunk of announcement.streaming(streamOf('a', 'b'))) {
        chunks.push(chunk);
        await seen(channel, () => log.length >= 2);
      }
      await seen(channel, () => log.length === 3);
      return chunks;
    });
    await seen(channel, () => log.length === 4);
    assert.deepEqual(result, ['a', 'b']);
    const entry = {type: 'agent', runId: 'run-1', name: 'Flights'};
    assert.deepEqual(log, [{...entry, status: 'thinking'}, {...entry, status: 'streaming'}, {...entry, status: 'thinking'}, 'flights-agent left']);
  });

  test('says that it is idle as it leaves, so that nobody takes it for one whose connection broke', async () => {
    const channel = channelOf(fixture, 'taking-leave', 'watcher');
    const leaves: unknown[] = [];
    await channel.presence.subscribe('leave', ({data}) => leaves.push(data));
    await announce(channelOf(fixture, 'taking-leave'), () => Promise.resolve());
    await seen(channel, () => leaves.length === 1);
    assert.deepEqual(leaves, [{type: 'agent', status: 'idle'}]);
  });

  test('leaves when its work fails, and passes the failure on', async () => {
    const {channel, log} = await watch('failing');
    const work = announce(channelOf(fixture, 'failing'), async () => {
      await seen(channel, () => log.length === 1);
      throw new Error('no seats');
    });
    await assert.rejects(work, /no seats/);
    await seen(channel, () => log.at(-1) === 'flights-agent left');
  });

  test('is one member with the most active status while it does several things at once', async () => {
    const {channel, log} = await watch('several');
    const source = channelOf(fixture, 'several');
    const one = announce(source, {runId: 'one'});
    const other = announce(source, {runId: 'other', status: 'idle'});
    await seen(channel, () => log.length === 1);
    other.set('streaming');
    await seen(channel, () => log.length === 2);
    await other.leave();
    await seen(channel, () => log.length === 3);
    await one.leave();
    await seen(channel, () => log.length === 4);
    assert.deepEqual(log, [
      {type: 'agent', status: 'thinking', runId: 'one'},
      {type: 'agent', status: 'streaming', runId: 'other'},
      {type: 'agent', status: 'thinking', runId: 'one'},
      'flights-agent left',
    ]);
    assert.deepEqual(await channel.presence.get(), []);
  });

  test('goes on without presence where its token does not allow it, and says so', async () => {
    const {token} = await fixture.rest().auth.requestToken({clientId: 'mute', capability: JSON.stringify({mute: ['subscribe', 'publish']})});
    const channel = fixture.realtime({token}).channels.get('mute');
    const errors: string[] = [];
    const result = await announce(channel, {onError: ({message}) => errors.push(message)}, async () => {
      while (errors.length === 0) await new Promise((resolve) => setImmediate(resolve));
      return 'done';
    });
    assert.equal(result, 'done');
    assert.match(errors[0] ?? '', /presence cannot be published:.*needs the operation "presence"/);
  });

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    for (const handler of ['none', 'own'] as const) {
      test(`leaves on ${signal} and ends as it would, with ${handler === 'own' ? 'a handler of its own' : 'no other handler'}`, async () => {
        const name = `${signal}-${handler}`;
        const {channel, log} = await watch(name);
        const child = spawn(process.execPath, ['--conditions=agent-session-source', join(import.meta.dirname, 'announcing-agent.ts'), String(fixture.broker.port), name, handler]);
        const ended = once(child, 'exit');
        await once(createInterface({input: child.stdout}), 'line');
        await seen(channel, () => log.length === 1);
        child.kill(signal);
        assert.deepEqual(await ended, handler === 'own' ? [7, null] : [null, signal]);
        await seen(channel, () => log.at(-1) === 'flights-agent left', 2000);
      });
    }
  }

  test('leaves no handlers of signals behind', async () => {
    const before = process.listenerCount('SIGTERM');
    const announcement = announce(channelOf(fixture, 'handlers'));
    assert.equal(process.listenerCount('SIGTERM'), before + 1);
    await announcement.leave();
    await announcement.leave();
    assert.equal(process.listenerCount('SIGTERM'), before);
  });
});

describe('whether somebody is present', () => {
  const fixture = brokerFixture();

  test('counts people, and not agents', async () => {
    const channel = channelOf(fixture, 'empty');
    const announcement = announce(channel);
    await seen(channel, async () => (await channel.presence.get()).length === 1);
    assert.equal(await someonePresent(channel), false);
    await channelOf(fixture, 'empty', 'Ana').presence.enter({type: 'person'});
    await whenSomeonePresent(channel);
    assert.equal(await someonePresent(channel), true);
    await announcement.leave();
  });

  test('waits for the first person', async () => {
    const channel = channelOf(fixture, 'waiting');
    let hasCome = false;
    const coming = whenSomeonePresent(channel).then(() => (hasCome = true));
    await announce(channelOf(fixture, 'waiting', 'hotels-agent'), async () => {
      await seen(channel, async () => (await channel.presence.get()).length === 1);
      assert.equal(hasCome, false);
    });
    await channelOf(fixture, 'waiting', 'Ana').presence.enter({type: 'person'});
    await coming;
  });

  test('gives up when its signal is aborted', async () => {
    const channel = channelOf(fixture, 'aborted');
    const stop = new AbortController();
    const waiting = whenSomeonePresent(channel, {signal: stop.signal});
    stop.abort(new Error('too late'));
    await assert.rejects(waiting, /too late/);
    await assert.rejects(whenSomeonePresent(channel, {signal: stop.signal}), /too late/);
  });
});
