import assert from 'node:assert/strict';
import {once} from 'node:events';
import {connect as connectTcp} from 'node:net';
import {after, before, describe, test} from 'node:test';
import {encode} from '@msgpack/msgpack';
import fc from 'fast-check';
import {startBroker, type RunningBroker} from '../../../broker/index.ts';
import {Action} from '../../../broker/protocol/actions.ts';
import {WireClient, type WireFrame} from './wire-client.ts';

let broker: RunningBroker;
before(async () => {
  broker = await startBroker({port: 0});
});
after(() => broker.close());

const isAnswer = ({action}: WireFrame): boolean => action === Action.Ack || action === Action.Nack || action === Action.Error;
const isConnected = ({action}: WireFrame): boolean => action === Action.Connected;

async function connect(query: Record<string, string> = {}): Promise<WireClient> {
  const client = new WireClient(broker.port, query);
  assert.ok(await client.next(isConnected));
  return client;
}

/** A client of its own still gets an answer. */
async function assertAlive(): Promise<void> {
  const client = await connect();
  client.send({action: Action.Message, channel: 'alive', msgSerial: 0, messages: [{name: 'x'}]});
  assert.equal((await client.next(isAnswer))?.action, Action.Ack);
  client.close();
}

describe('what is no protocol message', () => {
  const rubbish: Record<string, [string | Uint8Array, boolean]> = {
    'no JSON': ['{nonsense', false],
    'a JSON number': ['42', false],
    'an empty frame': ['', false],
    'invalid UTF-8': [new Uint8Array([0x22, 0xff, 0xfe, 0x22]), false],
    'no msgpack': [new Uint8Array([0xc1]), true],
    'cut-off msgpack': [encode({action: 15, channel: 'c'}).subarray(0, 8), true],
    'a wrong type': [JSON.stringify({action: 'attach'}), false],
    'a fractional action': [JSON.stringify({action: 1.5}), false],
    'messages that are no list': [JSON.stringify({action: 15, channel: 'c', messages: {}}), false],
    'nesting without end': ['['.repeat(100_000), false],
  };
  for (const [what, [data, isBinary]] of Object.entries(rubbish)) {
    test(`${what} ends the connection with a code`, async () => {
      const client = await connect();
      client.sendRaw(data, isBinary);
      const frame = await client.next(({action}) => action === Action.Error);
      assert.deepEqual([typeof frame?.error?.code, frame?.error?.statusCode, typeof frame?.error?.message], ['number', 400, 'string']);
      await client.closed();
      await assertAlive();
    });
  }

  test('a frame above the size limit is refused with 40009', async () => {
    const client = await connect();
    client.sendRaw(JSON.stringify({action: 15, channel: 'c', msgSerial: 0, messages: [{data: 'x'.repeat(600_000)}]}), false);
    assert.equal((await client.next(isAnswer))?.error?.code, 40009);
  });

  test('an unknown action is ignored', async () => {
    const client = await connect();
    for (const action of [18, 99, 5000]) client.send({action, channel: 'c', anything: {at: ['all']}});
    client.send({action: Action.Message, channel: 'c', msgSerial: 0, messages: [{name: 'x'}]});
    assert.equal((await client.next(isAnswer))?.action, Action.Ack);
    client.close();
  });
});

describe('a bad message is refused by NACK and leaves the connection', () => {
  const deep = (levels: number): unknown => Array.from({length: levels}).reduce<unknown>((inner) => [inner], 1);
  const bad: Record<string, [unknown, number]> = {
    'a number as data': [{data: 1}, 40013],
    'deep nesting in data': [{data: deep(1_000)}, 40003],
    'deep nesting in extras': [{extras: {deep: deep(1_000)}}, 40003],
    'a name that is no string': [{name: {}}, 40003],
    'base64 that is none': [{data: '%%%', encoding: 'base64'}, 40013],
    'no message at all': [null, 40003],
  };
  for (const [what, [message, code]] of Object.entries(bad)) {
    test(what, async () => {
      const client = await connect();
      client.send({action: Action.Message, channel: 'c', msgSerial: 7, messages: [message]});
      const nack = await client.next(isAnswer);
      assert.deepEqual([nack?.action, nack?.msgSerial, nack?.error?.code], [Action.Nack, 7, code]);
      client.send({action: Action.Message, channel: 'c', msgSerial: 8, messages: [{name: 'fine'}]});
      assert.equal((await client.next(isAnswer))?.action, Action.Ack);
      client.close();
    });
  }
});

describe('whatever frames come', () => {
  const action = fc.oneof(fc.constantFrom(...Object.values(Action)), fc.nat(30));
  const field = fc.constantFrom(
    'id', 'channel', 'channelSerial', 'connectionId', 'msgSerial', 'flags', 'params', 'auth', 'messages', 'presence', 'annotations', 'state', 'count', 'error',
  );
  const operation = fc.record(
    {action: fc.nat(8), objectId: fc.constantFrom('root', 'counter:x@1', 'map:y@2', 'z'), mapSet: fc.object(), counterInc: fc.object()},
    {requiredKeys: []},
  );
  const payload = fc.record(
    {
      action: fc.nat(8), name: fc.string(), data: fc.anything(), encoding: fc.constantFrom('json', 'base64', 'utf-8', 'x/base64', ''), clientId: fc.string(),
      serial: fc.string(), type: fc.string(), messageSerial: fc.string(), extras: fc.object(), version: fc.object(), operation,
    },
    {requiredKeys: []},
  );
  const value = fc.oneof(fc.anything({maxDepth: 3}), fc.string(), fc.nat(), fc.array(payload, {maxLength: 3}), fc.constantFrom('c', 'd', ':', '', '[meta]x'));
  const frame = fc.tuple(action, fc.dictionary(field, value, {maxKeys: 5})).map(([own, rest]) => ({...rest, action: own}));

  /** The item as far as both formats can carry it. */
  const carried = (item: unknown): Record<string, unknown> =>
    JSON.parse(JSON.stringify(item, (_, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner))) as Record<string, unknown>;

  async function assertAblyErrorsOnly(client: WireClient): Promise<void> {
    client.send({action: Action.Heartbeat, id: 'end'});
    for (let answer = await client.next(); answer && answer.id !== 'end'; answer = await client.next()) {
      if (!answer.error) continue;
      assert.deepEqual([typeof answer.error.code, typeof answer.error.statusCode, typeof answer.error.message], ['number', 'number', 'string']);
      assert.notEqual(answer.error.code, 50000, answer.error.message);
    }
    client.close();
  }

  for (const format of ['json', 'msgpack']) {
    test(`in ${format}: an Ably error or an answer, and a broker that lives`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(frame, {minLength: 1, maxLength: 8}), async (frames) => {
          const client = await connect({format});
          for (const item of frames) client.send(carried(item));
          await assertAblyErrorsOnly(client);
        }),
        {numRuns: 200},
      );
      await assertAlive();
    });
  }

  test('or bytes: the same', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({maxLength: 200}), fc.boolean(), async (bytes, isBinary) => {
        const client = await connect();
        client.sendRaw(bytes, isBinary);
        await assertAblyErrorsOnly(client);
      }),
      {numRuns: 100},
    );
    await assertAlive();
  });
});

describe('what is no request', () => {
  test('an upgrade to a place that is no URL is turned away', async () => {
    const socket = connectTcp(broker.port, 'localhost');
    socket.write('GET //?v=6 HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    assert.match(answer.toString(), /^HTTP\/1\.1 404/);
    socket.destroy();
    await assertAlive();
  });
});

describe('credentials that do not hold', () => {
  const unknownApp = `${Buffer.from('{"alg":"HS256","kid":"a.b"}').toString('base64url')}.e30.x`;
  const cases: Record<string, [Record<string, string>, number]> = {
    'a wrong key': [{key: 'local.demo:wrong'}, 40101],
    'a token of nobody': [{access_token: 'garbage'}, 40101],
    'a JWT of an unknown app': [{access_token: unknownApp}, 40400],
    'no key at all': [{}, 40101],
  };
  for (const [what, [credentials, code]] of Object.entries(cases)) {
    test(`${what}: refused by a protocol message, after an upgrade like any other`, async () => {
      const client = new WireClient(broker.port, {}, credentials);
      const frame = await client.next();
      assert.deepEqual([frame?.action, frame?.error?.code], [Action.Error, code]);
      await client.closed();
    });
  }
});
