import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, test} from 'node:test';
import * as Ably from 'ably';
import {defaultKey, type RunningBroker, startBroker} from '../../broker/index.ts';
import {AiSession} from '../../src/ably/ai-session.ts';
import {Connection} from '../../src/ably/connection.ts';
import {textOf} from '../../src/session/message.ts';
import type {OutboxEntry, OutboxStore} from '../../src/session/outbox.ts';
import type {AuthCallback, SessionSettings} from '../../src/session/settings.ts';
import {CuttableLine} from '../helpers/cuttable-line.ts';
import {DrivenAgent} from '../helpers/driven-agent.ts';
import {until} from '../helpers/until.ts';

const channel = 'conversations:faults';
const outageMs = 30_000;

/** What a browser keeps over a reload: entries without anybody who holds them. */
class KeptStore implements OutboxStore {
  kept: readonly OutboxEntry[] = [];
  takeOver(): Promise<readonly OutboxEntry[]> {
    return Promise.resolve(this.kept);
  }
  save(entries: readonly OutboxEntry[]): void {
    // As storage does it: later changes of the objects do not reach what is kept.
    this.kept = JSON.parse(JSON.stringify(entries)) as OutboxEntry[];
  }
  leave(): void {
    return undefined;
  }
  close(): void {
    return undefined;
  }
}

describe('a session on a line that fails', () => {
  let broker: RunningBroker;
  let line: CuttableLine;
  let agent: DrivenAgent;
  let wakes: number;
  const open: {session: AiSession; connection: Connection}[] = [];

  beforeEach(async () => {
    broker = await startBroker({port: 0, faults: true});
    line = await CuttableLine.to(broker.port);
    agent = await DrivenAgent.join(clientOn(broker.port, 'planner'), channel);
    wakes = 0;
  });
  afterEach(async () => {
    for (const page of open.splice(0)) await leave(page);
    await agent.close();
    await line.close();
    await broker.close();
  });

  function clientOn(port: number, clientId: string): Ably.Realtime {
    return new Ably.Realtime({key: defaultKey, clientId, endpoint: '127.0.0.1', port, tls: false, transports: ['web_socket'], disableConnectivityCheck: true, disconnectedRetryTimeout: 200});
  }

  /** Gives tokens as a page's server does, whatever becomes of the line. */
  function tokensFor(clientId: string): AuthCallback {
    const auth = new Ably.Rest({key: defaultKey}).auth;
    return (params, callback) => {
      auth.createTokenRequest({...params, clientId}).then((request) => callback(null, request), (error: unknown) => callback(error, null));
    };
  }

  /** Opens the session as a page does, over the line that can be cut. */
  function visit(store: OutboxStore = new KeptStore(), settings: Partial<SessionSettings> = {}): AiSession {
    const wakeAgent: SessionSettings['wakeAgent'] = (invocation) => {
      wakes++;
      return agent.wake(invocation);
    };
    const all: SessionSettings = {channel, authCallback: tokensFor('ana'), endpoint: '127.0.0.1', port: line.port, insecure: true, wakeAgent, ...settings};
    const connection = new Connection(all);
    const session = new AiSession(connection, all, store);
    open.push({session, connection});
    return session;
  }

  async function leave({session, connection}: {session: AiSession; connection: Connection}): Promise<void> {
    await session.close();
    connection.close();
  }

  /** Leaves as a reload does: without goodbye, and with what the store has kept. */
  async function reload(store: OutboxStore): Promise<AiSession> {
    const page = open.pop();
    if (page) await leave(page);
    return visit(store);
  }

  const isReady = (session: AiSession): Promise<unknown> =>
    until(session, ({connection, history}) => connection.state === 'connected' && history.state === 'ready');
  const texts = (session: AiSession): string[] => session.snapshot.messages.map(textOf);

  test('an answer goes on over a cut without a word lost or repeated', async () => {
    const session = visit();
    await isReady(session);
    await session.dispatch({type: 'send', text: 'Hello'});
    const run = await agent.answerNext();
    await run.append('one ');
    await until(session, () => texts(session)[1] === 'one ');
    line.cut();
    await until(session, ({connection}) => connection.state === 'offline');
    await run.append('two ');
    await run.append('three');
    line.mend();
    await run.append(' four');
    await run.end('complete');
    await until(session, ({connection, runs}) => connection.state === 'connected' && runs[0]?.status === 'complete', outageMs);
    assert.deepEqual(texts(session), ['Hello', 'one two three four']);
  });

  test('a message written during an outage is kept, says that it waits, and is delivered once', async () => {
    const session = visit();
    await isReady(session);
    line.cut();
    await until(session, ({connection}) => connection.state === 'offline');
    await session.dispatch({type: 'send', text: 'Are you there?'});
    const waiting = await until(session, ({messages}) => messages.length === 1);
    assert.equal(waiting.messages[0]?.delivery, 'queued');
    line.mend();
    await until(session, ({messages}) => messages[0]?.delivery === 'sent', outageMs);
    const run = await agent.answerNext();
    await run.end('complete');
    const other = visit();
    await isReady(other);
    assert.deepEqual(texts(other).filter((text) => text !== ''), ['Are you there?']);
    assert.equal(wakes, 1);
  });

  test('a message written during an outage survives a reload, and is delivered once', async () => {
    const store = new KeptStore();
    const before = visit(store);
    await isReady(before);
    line.cut();
    await until(before, ({connection}) => connection.state === 'offline');
    await before.dispatch({type: 'send', text: 'Are you there?'});
    const after = await reload(store);
    const waiting = await until(after, ({messages}) => messages.length === 1);
    assert.deepEqual([waiting.messages[0]?.delivery, texts(after)], ['queued', ['Are you there?']]);
    line.mend();
    await until(after, ({messages}) => messages[0]?.delivery === 'sent', outageMs);
    await (await agent.answerNext()).end('complete');
    assert.deepEqual([texts(after)[0], store.kept.length], ['Are you there?', 0]);
    assert.equal(wakes, 1);
  });

  test('a message that interrupts an answer is kept at once, also while the line is down', async () => {
    const session = visit();
    await isReady(session);
    await session.dispatch({type: 'send', text: 'Hello'});
    const run = await agent.answerNext();
    await run.append('one');
    await until(session, () => texts(session)[1] === 'one');
    line.cut();
    await until(session, ({connection}) => connection.state === 'offline');
    await session.dispatch({type: 'send', text: 'Stop that'});
    assert.equal(session.snapshot.messages.at(-1)?.delivery, 'queued');
    line.mend();
    await until(session, ({messages}) => messages.at(-1)?.delivery === 'sent', outageMs);
    await until(session, ({runs}) => runs[0]?.status === 'cancelled', outageMs);
  });

  test('a session that is closed while it sends, and opened again, tells the agent once', async () => {
    const store = new KeptStore();
    const before = visit(store);
    await isReady(before);
    await before.dispatch({type: 'send', text: 'Hello'});
    const after = await reload(store);
    await until(after, ({messages}) => messages[0]?.delivery === 'sent');
    await (await agent.answerNext()).end('complete');
    await until(after, ({runs}) => runs[0]?.status === 'complete');
    await until(after, () => store.kept.length === 0);
    assert.equal(wakes, 1);
  });

  test('a stop that is asked for while a retried message waits is kept until it is confirmed', async () => {
    const session = visit();
    await isReady(session);
    await session.dispatch({type: 'send', text: 'Hello'});
    const run = await agent.answerNext();
    await run.end('error', 'the model is overloaded');
    await until(session, ({runs}) => runs[0]?.status === 'error');
    await session.dispatch({type: 'retry', messageId: session.snapshot.messages[0]?.id ?? ''});
    await session.dispatch({type: 'cancel'});
    const {status, stop} = session.snapshot.runs.at(-1) ?? {};
    assert.deepEqual([status, stop], ['starting', 'requested']);
  });

  test('a message that had arrived before the reload, unconfirmed, is not sent again', async () => {
    const store = new KeptStore();
    const before = visit(store);
    await isReady(before);
    await before.dispatch({type: 'send', text: 'Hello'});
    const {messages} = await until(before, (snapshot) => snapshot.messages[0]?.delivery === 'sent');
    // As if the confirmation had been lost with the page.
    store.kept = [{id: messages[0]?.id ?? '', parts: [{type: 'text', text: 'Hello'}], createdAt: 1, clientId: 'ana', state: 'sending', isPublished: false, error: undefined}];
    const after = await reload(store);
    await until(after, ({history}) => history.state === 'ready');
    await until(after, () => store.kept.length === 0);
    assert.deepEqual(texts(after), ['Hello']);
  });

  test('nor is one that had arrived long ago, further back than what is loaded', async () => {
    const talker = visit();
    await isReady(talker);
    for (const text of ['first', 'second', 'third']) {
      await talker.dispatch({type: 'send', text, policy: 'alongside'});
      await (await agent.answerNext()).end('complete');
    }
    const {messages} = await until(talker, ({runs}) => runs.filter(({status}) => status === 'complete').length === 3);
    const store = new KeptStore();
    store.kept = [{id: messages[0]?.id ?? '', parts: [{type: 'text', text: 'first'}], createdAt: Date.now(), clientId: 'ana', state: 'sending', isPublished: false, error: undefined}];
    const after = visit(store, {history: 2});
    await isReady(after);
    await until(after, () => store.kept.length === 0);
    await after.dispatch({type: 'load-older', limit: 50});
    assert.deepEqual(texts(after).filter((text) => text === 'first'), ['first']);
    assert.equal(wakes, 3);
  });

  test('what was said during a gap is there after it, and what was shown stays meanwhile', async () => {
    const session = visit();
    await isReady(session);
    await session.dispatch({type: 'send', text: 'Hello'});
    await (await agent.answerNext()).end('complete');
    await until(session, ({runs}) => runs[0]?.status === 'complete');
    line.cut();
    await until(session, ({connection}) => connection.state === 'offline');
    const other = visit(undefined, {authCallback: tokensFor('bo'), port: broker.port});
    await isReady(other);
    await other.dispatch({type: 'send', text: 'From elsewhere'});
    await (await agent.answerNext()).end('complete');
    let fewest = Infinity;
    session.subscribe(({snapshot}) => (fewest = Math.min(fewest, snapshot.messages.length)));
    broker.server.faults?.forceGap(channel);
    line.mend();
    await until(session, ({messages}) => messages.some((message) => textOf(message) === 'From elsewhere'), outageMs);
    assert.ok(fewest >= 1, 'the conversation never vanished');
  });
});
