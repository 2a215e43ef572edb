import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {Invocation} from '@ably/ai-transport';
import {createAgentSession, createClientSession, createUIMessageCodec} from '@ably/ai-transport/vercel';
import type {UIMessage, UIMessageChunk} from 'ai';
import {brokerFixture, type Fixture} from './broker-helpers.ts';

const codec = createUIMessageCodec();

type ClientSession = ReturnType<typeof createClientSession>;

/** A model whose words the test says one by one. */
function scriptedModel() {
  let controller: ReadableStreamDefaultController<UIMessageChunk> | undefined;
  const stream = new ReadableStream<UIMessageChunk>({start: (own) => (controller = own)});
  const push = (...chunks: UIMessageChunk[]): void => {
    for (const chunk of chunks) controller?.enqueue(chunk);
  };
  push({type: 'start', messageId: 'answer'}, {type: 'start-step'}, {type: 'text-start', id: 't'});
  return {
    stream,
    say: (delta: string) => push({type: 'text-delta', id: 't', delta}),
    end: () => {
      push({type: 'text-end', id: 't'}, {type: 'finish-step'}, {type: 'finish'});
      controller?.close();
    },
  };
}

const textOf = (message: UIMessage | undefined): string =>
  (message?.parts ?? []).map((part) => (part.type === 'text' ? part.text : '')).join('');

const answerIn = (session: ClientSession): string =>
  textOf(session.view.getMessages().map(({message}) => message).findLast(({role}) => role === 'assistant'));

/** Waits until the answer reads so. */
function until(session: ClientSession, text: string): Promise<void> {
  return new Promise((resolve) => {
    const check = (): void => {
      if (answerIn(session) === text) resolve();
    };
    session.tree.on('output', check);
    session.view.on('update', check);
    check();
  });
}

async function clientSession(fixture: Fixture, channelName: string, options = {}): Promise<ClientSession> {
  const session = createClientSession({client: fixture.realtime({clientId: 'ada', ...options}), channelName});
  await session.connect();
  return session;
}

/** A client that has asked, and an agent that has begun to answer. */
async function conversation(fixture: Fixture, channelName: string) {
  const session = await clientSession(fixture, channelName);
  const question: UIMessage = {id: 'question', role: 'user', parts: [{type: 'text', text: 'Where to?'}]};
  const sent = await session.view.send(codec.createUserMessage(question));
  const agent = createAgentSession({client: fixture.realtime({clientId: 'agent'}), channelName});
  await agent.connect();
  const run = agent.createRun(Invocation.fromJSON(sent.toInvocation().toJSON()));
  while (run.view.hasOlder()) await run.view.loadOlder();
  await run.start();
  const model = scriptedModel();
  const finished = run.pipe(model.stream).then(async () => {
    await run.end({reason: 'complete'});
    await agent.end();
  });
  return {session, model, finished};
}

describe('AI Transport', () => {
  const fixture = brokerFixture({faults: true});

  test('streams a run to a client, and a page reloaded in the middle reads the same', async () => {
    const {session, model, finished} = await conversation(fixture, 'chat:reload');
    model.say('To ');
    model.say('the ');
    await until(session, 'To the ');
    const reloaded = await clientSession(fixture, 'chat:reload', {useBinaryProtocol: false});
    while (reloaded.view.hasOlder()) await reloaded.view.loadOlder();
    await until(reloaded, 'To the ');
    model.say('sea');
    await until(reloaded, 'To the sea');
    model.say('.');
    model.end();
    await finished;
    await Promise.all([until(session, 'To the sea.'), until(reloaded, 'To the sea.')]);
    assert.deepEqual(reloaded.view.getMessages().map(({message}) => [message.role, textOf(message)]), [['user', 'Where to?'], ['assistant', 'To the sea.']]);
    assert.deepEqual(reloaded.view.runs().map(({status}) => status), ['complete']);
  });

  test('a client whose line breaks in the middle of an answer reads all of it, once', async () => {
    const {session, model, finished} = await conversation(fixture, 'chat:cut');
    model.say('one ');
    await until(session, 'one ');
    fixture.broker.server.faults?.cut({clientId: 'ada'});
    model.say('two ');
    model.say('three');
    model.end();
    await finished;
    await until(session, 'one two three');
  });

  test('appends refused for a while are repaired', async () => {
    const {session, model, finished} = await conversation(fixture, 'chat:nack');
    model.say('one ');
    await until(session, 'one ');
    fixture.broker.server.faults?.set({refusePublishes: true});
    model.say('two ');
    await new Promise((resolve) => setImmediate(resolve));
    fixture.broker.server.faults?.set({refusePublishes: false});
    model.say('three');
    model.end();
    await finished;
    await until(session, 'one two three');
  });
});
