import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, test} from 'node:test';
import * as Ably from 'ably';
import {defaultKey, startBroker} from '../../broker/index.ts';
import {AiSession} from '../../src/ably/ai-session.ts';
import {Connection} from '../../src/ably/connection.ts';
import type {Session} from '../../src/session/session.ts';
import type {SessionSettings} from '../../src/session/settings.ts';
import {noStore} from '../helpers/no-store.ts';
import {ResponsesAgent, type ResponsesRun} from '../helpers/responses-agent.ts';
import {until} from '../helpers/until.ts';
import {flight, position} from './ask-stage.ts';
import {toolPart} from './client-tool-contract.ts';
import {queueContract} from './queue-contract.ts';
import {sessionContract, type Stage} from './session-contract.ts';
import {steerContract} from './steer-contract.ts';

interface ResponsesStage extends Stage {
  another(): Session;
  answerNext(): Promise<ResponsesRun>;
}

/** A session of ours, and an agent that writes OpenAI's Responses by AI Transport's own codec, over a socket. */
async function openStage({past = 0, pageSize = 30}: {past?: number; pageSize?: number} = {}): Promise<ResponsesStage> {
  const broker = await startBroker({port: 0});
  const client = (clientId: string): Ably.Realtime =>
    new Ably.Realtime({key: defaultKey, clientId, endpoint: 'localhost', port: broker.port, tls: false, transports: ['web_socket']});
  const channel = 'conversations:responses';
  const agent = await ResponsesAgent.join(client('planner'), channel);
  const settings: SessionSettings = {channel, codec: 'openai', history: pageSize, wakeAgent: (invocation) => agent.wake(invocation)};
  const open = (): {session: AiSession; close: () => Promise<void>} => {
    const connection = new Connection({...settings, client: client('ana')});
    const session = new AiSession(connection, settings, {outbox: noStore});
    const close = async (): Promise<void> => {
      await session.close();
      connection.client.close();
      connection.close();
    };
    return {session, close};
  };
  const earlier = open();
  for (let n = 1; n <= past; n++) {
    await earlier.session.dispatch({type: 'send', text: `question ${n}`});
    const run = await agent.answerNext();
    await run.append(`answer ${n}`);
    await run.end('complete');
  }
  await earlier.close();
  const first = open();
  const pages = [first];
  return {
    session: first.session,
    another: () => {
      const page = open();
      pages.push(page);
      return page.session;
    },
    answerNext: () => agent.answerNext(),
    close: async () => {
      for (const {close} of pages) await close();
      await agent.close();
      await broker.close();
    },
  };
}

sessionContract('a session of OpenAI\'s Responses', openStage, {takesFiles: false});
steerContract('a session of OpenAI\'s Responses', openStage);
queueContract('a session of OpenAI\'s Responses', openStage);

describe('an answer of OpenAI\'s Responses', () => {
  let stage: ResponsesStage;
  let session: Session;

  beforeEach(async () => {
    stage = await openStage();
    ({session} = stage);
    await until(session, ({connection, history}) => connection.state === 'connected' && history.state === 'ready');
  });
  afterEach(() => stage.close());

  async function asked(text = 'Book it'): Promise<ResponsesRun> {
    await session.dispatch({type: 'send', text});
    return stage.answerNext();
  }

  test('has what the model thinks, says and declines, in its order, live and for who comes later', async () => {
    const run = await asked();
    await run.think('They want a flight.');
    await run.append('Good ');
    await until(session, ({messages}) => messages[1]?.parts.some((part) => part.type === 'text' && part.text === 'Good ') === true);
    assert.deepEqual(session.snapshot.messages[1]?.parts, [
      {type: 'reasoning', text: 'They want a flight.', state: 'done'},
      {type: 'text', text: 'Good ', state: 'streaming'},
    ]);
    await run.append('day');
    await run.declineTo('I cannot pay for it.');
    await run.end('complete');
    for (const page of [session, stage.another()]) {
      const {messages} = await until(page, ({runs}) => runs[0]?.status === 'complete');
      assert.deepEqual(messages.slice(1).map(({parts}) => parts), [
        [{type: 'reasoning', text: 'They want a flight.', state: 'done'}, {type: 'text', text: 'Good day', state: 'done'}, {type: 'text', text: 'I cannot pay for it.', state: 'done'}],
      ]);
    }
  });

  test('shows a call with its arguments, and with its result, which comes in another message', async () => {
    const run = await asked();
    await run.call(flight);
    await until(session, (snapshot) => toolPart(snapshot, 'book-1')?.state === 'input-available');
    assert.deepEqual(toolPart(session.snapshot, 'book-1'), {type: 'tool-book', toolCallId: 'book-1', input: flight.input, state: 'input-available'});
    const [, message] = session.snapshot.messages;
    const told = new Promise<void>((resolve) => session.subscribe(({messageIds}) => message && messageIds.has(message.id) && resolve()));
    await run.result('book-1', '{"seat":"12A"}');
    await told;
    await run.append('Booked.');
    await run.end('complete');
    for (const page of [session, stage.another()]) {
      const snapshot = await until(page, ({runs}) => runs[0]?.status === 'complete');
      assert.deepEqual(toolPart(snapshot, 'book-1'), {type: 'tool-book', toolCallId: 'book-1', input: flight.input, state: 'output-available', output: {seat: '12A'}});
      assert.deepEqual(snapshot.messages.map(({parts}) => parts.at(-1)?.type), ['text', 'tool-book', 'text']);
    }
  });

  test('asks people, and goes on with who decided first', async () => {
    const run = await asked();
    await run.ask(flight);
    await run.suspend();
    const other = stage.another();
    const {approvals: [approval]} = await until(other, ({approvals}) => approvals[0]?.state === 'pending');
    assert.deepEqual([approval?.toolName, approval?.input], ['book', flight.input]);
    await session.dispatch({type: 'respond', toolCallId: 'book-1', approved: true, input: {flight: 'TP 531', seats: 2}});
    await run.resumed();
    for (const page of [session, other]) {
      const {approvals: [decided]} = await until(page, ({approvals}) => approvals[0]?.state === 'decided');
      assert.deepEqual([decided?.decision?.approved, decided?.decision?.clientId, decided?.decision?.input], [true, 'ana', {flight: 'TP 531', seats: 2}]);
    }
    await run.result('book-1', 'Done.');
    await run.end('complete');
    await until(session, (snapshot) => toolPart(snapshot, 'book-1')?.state === 'output-available');
  });

  test('shows what was denied, with the reason', async () => {
    const run = await asked();
    await run.ask(flight);
    await run.suspend();
    await until(session, ({approvals}) => approvals[0]?.state === 'pending');
    await session.dispatch({type: 'respond', toolCallId: 'book-1', approved: false, reason: 'Too dear'});
    await run.resumed();
    await until(session, (snapshot) => toolPart(snapshot, 'book-1')?.state === 'output-denied');
    assert.deepEqual(toolPart(session.snapshot, 'book-1')?.approval, {id: 'book-1', approved: false, reason: 'Too dear'});
    await run.end('complete');
  });

  test('leaves tools to pages, whose results and errors reach the agent', async () => {
    session.offerTools(({toolName}) => (toolName === 'locate' ? () => ({city: 'Porto'}) : undefined));
    const run = await asked('Where am I?');
    await run.call(position);
    await run.suspend();
    await run.resumed();
    const done = await until(session, (snapshot) => toolPart(snapshot)?.state === 'output-available');
    assert.deepEqual(toolPart(done)?.output, {city: 'Porto'});
    session.offerTools(({toolName}) => (toolName === 'book' ? () => Promise.reject(new Error('No seat')) : undefined));
    await run.call(flight);
    await run.suspend();
    await run.resumed();
    const failed = await until(session, (snapshot) => toolPart(snapshot, 'book-1')?.state === 'output-error');
    assert.match(toolPart(failed, 'book-1')?.errorText ?? '', /No seat/);
    await run.end('complete');
  });

  test('can be had anew, and the message before it changed', async () => {
    const run = await asked();
    await run.append('First');
    await run.end('complete');
    const {messages} = await until(session, ({runs}) => runs[0]?.status === 'complete');
    await session.dispatch({type: 'regenerate', messageId: messages[1]?.id ?? ''});
    const again = await stage.answerNext();
    await again.append('Second');
    await again.end('complete');
    await until(session, (snapshot) => snapshot.messages[1]?.branch?.count === 2 && snapshot.runs.at(-1)?.status === 'complete');
    await session.dispatch({type: 'edit', messageId: messages[0]?.id ?? '', text: 'Book two'});
    const third = await stage.answerNext();
    await third.append('Third');
    await third.end('complete');
    const {messages: now} = await until(session, (snapshot) => snapshot.messages[0]?.branch?.count === 2 && snapshot.runs.at(-1)?.status === 'complete');
    assert.deepEqual(now.map(({parts: [part]}) => part?.type === 'text' && part.text), ['Book two', 'Third']);
  });

  test('takes text alone: a file is refused, and nothing is sent', async () => {
    const files = [{type: 'file' as const, mediaType: 'text/plain', url: 'data:text/plain,hello'}];
    await assert.rejects(session.dispatch({type: 'send', text: 'Read it', files}), {kind: 'input', message: /text alone/});
    assert.equal(session.snapshot.messages.length, 0);
  });
});
