import assert from 'node:assert/strict';
import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {after, describe, test} from 'node:test';
import {Action} from '../../../broker/protocol/actions.ts';
import {defaultKey, startBroker} from '../../../broker/index.ts';
import {WireClient} from './wire-client.ts';

const directory = mkdtempSync(join(tmpdir(), 'broker-data-'));
after(() => rmSync(directory, {recursive: true}));

/** A broker process on a data file; resolves when it listens. */
async function start(file: string): Promise<{child: ChildProcess; port: number}> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../../broker/cli.ts'), '--port', '0', '--data', file], {stdio: ['ignore', 'pipe', 'inherit']});
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const [, port] = /^listening on http:\/\/localhost:(\d+)$/.exec(line) ?? [];
  assert.ok(port, line);
  return {child, port: Number(port)};
}

interface Item {
  serial: string;
  data: string;
  action: number;
}

async function history(port: number, channel: string): Promise<Item[]> {
  const answer = await fetch(`http://localhost:${port}/channels/${channel}/messages?direction=forwards&limit=1000`, {
    headers: {authorization: `Basic ${Buffer.from(defaultKey).toString('base64')}`},
  });
  return (await answer.json()) as Item[];
}

/** Publishes as fast as it can until the process is killed after so many ACKs; returns what was acknowledged. */
async function publishUntilKilled(child: ChildProcess, port: number, acks: number, series: string): Promise<{serials: string[]; stream: string; deltas: number}> {
  const client = new WireClient(port);
  await client.next(({action}) => action === Action.Connected);
  let msgSerial = 0;
  client.send({action: Action.Message, channel: 'log', msgSerial: msgSerial++, messages: [{name: 'stream', data: ''}]});
  const first = await client.next(({action}) => action === Action.Ack);
  const serialsOf = (frame: typeof first): string[] => (frame?.res as {serials: string[]}[]).flatMap(({serials}) => serials);
  const [stream = ''] = serialsOf(first);
  const serials: string[] = [];
  let deltas = 0;
  const sendSome = (): void => {
    for (let index = 0; index < 20; index++) {
      const isDelta = msgSerial % 2 === 0;
      const message = isDelta ? {action: 5, serial: stream, data: '.'} : {data: `${series}-${msgSerial}`};
      client.send({action: Action.Message, channel: 'log', msgSerial: msgSerial++, messages: [message]});
    }
  };
  sendSome();
  let acknowledged = 1;
  for (;;) {
    const ack = await client.next(({action}) => action === Action.Ack);
    if (!ack) return {serials, stream, deltas};
    for (const serial of serialsOf(ack)) {
      if (acknowledged++ % 2 === 0) deltas++;
      else serials.push(serial);
    }
    if (acknowledged > acks) child.kill('SIGKILL');
    else sendSome();
  }
}

describe('a broker with a data file', () => {
  test('killed at any moment loses nothing it acknowledged, and goes on with the same series', async () => {
    const file = join(directory, 'killed.db');
    const kept: string[] = [];
    for (const [round, acks] of [7, 150, 900].entries()) {
      const {child, port} = await start(file);
      const {serials, stream, deltas} = await publishUntilKilled(child, port, acks, String(round));
      kept.push(...serials);
      const again = await start(file);
      const items = await history(again.port, 'log');
      const stored = new Set(items.map(({serial}) => serial));
      assert.deepEqual(kept.filter((serial) => !stored.has(serial)), []);
      assert.deepEqual(items.map(({serial}) => serial).toSorted(), items.map(({serial}) => serial));
      assert.ok((items.find(({serial}) => serial === stream)?.data.length ?? -1) >= deltas);
      const ended = once(again.child, 'exit');
      again.child.kill('SIGTERM');
      assert.deepEqual(await ended, [0, null]);
    }
  });

  test('lets clients continue their channels over a restart', async () => {
    const file = join(directory, 'restart.db');
    const first = await startBroker({port: 0, data: file});
    const client = new WireClient(first.port);
    await client.next();
    client.send({action: Action.Attach, channel: 'c'});
    const attached = await client.next(({action}) => action === Action.Attached);
    client.send({action: Action.Message, channel: 'c', msgSerial: 0, messages: [{data: 'before'}]});
    await client.next(({action}) => action === Action.Ack);
    await first.close();
    const second = await startBroker({port: 0, data: file});
    const again = new WireClient(second.port);
    await again.next();
    again.send({action: Action.Attach, channel: 'c', channelSerial: attached?.channelSerial});
    const resumed = await again.next(({action}) => action === Action.Attached);
    assert.equal(Number(resumed?.flags) & 4, 4);
    const missed = await again.next(({action}) => action === Action.Message);
    assert.deepEqual((missed?.messages as Item[]).map(({data}) => data), ['before']);
    again.close();
    await second.close();
  });
});
