import assert from 'node:assert/strict';
import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {after, before, beforeEach, describe, test} from 'node:test';
import {type RunningDemo, startDemo} from '../../demo/start-demo.ts';
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

/** A server with OpenAI's chat API whose answers a test gives: words to say, or a tool to call. */
type Said = {readonly words: readonly string[]} | {readonly tool: string; readonly input: object};

interface Asked {
  model: string;
  messages: {role: string; content?: unknown}[];
  tools?: {function: {name: string}}[];
}

describe('the demo with a model on a server of one’s own', () => {
  let models: Server;
  let demo: RunningDemo;
  let asked: Asked[] = [];
  let says: Said[] = [];

  before(async () => {
    models = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        asked.push(JSON.parse(body) as Asked);
        const said = says.shift() ?? {words: ['?']};
        const send = (delta: object, reason: string | null = null) =>
          response.write(`data: ${JSON.stringify({id: '1', object: 'chat.completion.chunk', choices: [{index: 0, delta: {role: 'assistant', ...delta}, finish_reason: reason}]})}\n\n`);
        response.writeHead(200, {'content-type': 'text/event-stream'});
        if ('words' in said) for (const content of said.words) send({content});
        else send({tool_calls: [{index: 0, id: 'call-1', type: 'function', function: {name: said.tool, arguments: JSON.stringify(said.input)}}]});
        send({}, 'words' in said ? 'stop' : 'tool_calls');
        response.end('data: [DONE]\n\n');
      });
    }).listen(0, '127.0.0.1');
    await once(models, 'listening');
    const {port} = models.address() as AddressInfo;
    demo = await startDemo({
      port: 0, environment: {OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`, OPENAI_MODEL: 'local'},
      specialists: {stepMs: 1}, log: () => undefined,
    });
  });
  after(async () => {
    await demo.close();
    models.close();
  });
  beforeEach(() => {
    asked = [];
  });

  test('answers by that model, which is told what it can do', async () => {
    says = [{words: ['Take ', 'the ', 'night train.']}];
    const ana = await Person.join(demo, {channel: 'conversations:real'});
    await ana.say('How do I get to Vienna?');
    await ana.until(() => ana.statuses.join() === 'complete');
    assert.equal(ana.answer, 'Take the night train.');
    assert.equal(asked[0]?.model, 'local');
    assert.deepEqual(asked[0].messages.map(({role}) => role), ['system', 'user']);
    assert.match(String(asked[0].messages[0]?.content), /Today is \d{4}-\d{2}-\d{2}/);
    assert.deepEqual(asked[0].tools?.map((tool) => tool.function.name).sort(), ['book', 'cancelSearch', 'currentItinerary', 'locate', 'searchActivities', 'searchFlights', 'searchHotels', 'weather']);
    await ana.leave();
  });

  test('has specialists search when that model asks for it, and tells it what they found', async () => {
    says = [{tool: 'searchHotels', input: {destination: 'Porto', nights: 2}}, {words: ['Five ', 'hotels.']}];
    const ana = await Person.join(demo, {channel: 'conversations:real-search'});
    await ana.session.presence.enter({type: 'person'});
    await ana.say('Somewhere to sleep in Porto, two nights');
    await ana.until(() => ana.statuses.join() === 'complete');
    assert.match(ana.answer, /Five hotels\./);
    assert.deepEqual(asked.map(({messages}) => messages.map(({role}) => role).join()), ['system,user', 'system,user,assistant,tool']);
    const found = JSON.parse(String(asked[1]?.messages.at(-1)?.content)) as {end: string; options: object[]; trip: {nights: number}};
    assert.deepEqual([found.end, found.options.length, found.trip.nights], ['done', 5, 2]);
    await ana.leave();
  });
});
