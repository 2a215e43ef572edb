import assert from 'node:assert/strict';
import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {after, before, describe, test} from 'node:test';
import {startDemo} from '../../demo/start-demo.ts';
import {Person} from './person.ts';

const root = join(import.meta.dirname, '../..');

describe('npm start', () => {
  const run = (port: number): ChildProcess =>
    spawn(process.execPath, ['--conditions=agent-session-source', 'demo/server.ts', '--data', join(tmpdir(), `demo-${process.pid}`, `${port}.sqlite`)], {
      cwd: root,
      env: {...process.env, PORT: String(port), ABLY_API_KEY: '', OPENAI_API_KEY: '', OPENAI_BASE_URL: '', ANTHROPIC_API_KEY: ''},
    });

  test('says where it is ready, serves there, and ends when asked to', async () => {
    const server = run(0);
    let url = '';
    for await (const line of createInterface({input: server.stdout!})) {
      url = /^ready at (http:\/\/localhost:\d+)$/.exec(line)?.[1] ?? '';
      if (url) break;
    }
    assert.equal((await fetch(url)).status, 200);
    server.kill('SIGTERM');
    const [code] = (await once(server, 'exit')) as [number];
    assert.equal(code, 0);
  });

  test('says what to do when its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const {port} = other.address() as AddressInfo;
    const server = run(port);
    let said = '';
    server.stderr!.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const [code] = (await once(server, 'exit')) as [number];
    other.close();
    assert.equal(code, 1);
    assert.match(said, new RegExp(`Port ${port} is in use\\. Choose another: PORT=`));
  });
});

describe('the demo with a model on a server of one’s own', () => {
  let models: Server;
  let asked: {model: string; messages: {role: string}[]} | undefined;

  before(async () => {
    models = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        asked = JSON.parse(body) as typeof asked;
        response.writeHead(200, {'content-type': 'text/event-stream'});
        for (const content of ['Take ', 'the ', 'night train.']) {
          response.write(`data: ${JSON.stringify({id: '1', object: 'chat.completion.chunk', choices: [{index: 0, delta: {role: 'assistant', content}}]})}\n\n`);
        }
        response.end(`data: ${JSON.stringify({id: '1', choices: [{index: 0, delta: {}, finish_reason: 'stop'}]})}\n\ndata: [DONE]\n\n`);
      });
    }).listen(0, '127.0.0.1');
    await once(models, 'listening');
  });
  after(() => models.close());

  test('answers by that model', async () => {
    const {port} = models.address() as AddressInfo;
    const demo = await startDemo({port: 0, environment: {OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`, OPENAI_MODEL: 'local'}});
    const ana = await Person.join(demo, {channel: 'conversations:real'});
    await ana.say('How do I get to Vienna?');
    await ana.until(() => ana.statuses.join() === 'complete');
    assert.equal(ana.answer, 'Take the night train.');
    assert.equal(asked?.model, 'local');
    assert.deepEqual(asked.messages.map(({role}) => role), ['system', 'user']);
    await ana.leave();
    await demo.close();
  });
});
