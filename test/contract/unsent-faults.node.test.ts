import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, test} from 'node:test';
import * as Ably from 'ably';
import {textOf} from '../../src/session/message.ts';
import type {OutboxEntry} from '../../src/session/outbox.ts';
import {FaultyStage, isOffline, isReady, KeptStore, outageMs, textsOf, tokensFor} from '../helpers/faulty-stage.ts';
import {until} from '../helpers/until.ts';

const entry = (text: string, clientId: string | undefined): OutboxEntry => ({
  id: crypto.randomUUID(), parts: [{type: 'text', text}], createdAt: 1, clientId, state: 'queued', isPublished: false, error: undefined,
});

describe('what a browser has kept unsent', () => {
  let stage: FaultyStage;
  let store: KeptStore;

  beforeEach(async () => {
    stage = await FaultyStage.open('conversations:unsent');
    store = new KeptStore();
  });
  afterEach(() => stage.close());

  test('is shown to nobody else, not even while it is not known who is there', async () => {
    store.kept = [entry('Only for Ana', 'ana')];
    stage.line.cut();
    const bo = stage.visit({store, settings: {authCallback: tokensFor('bo')}});
    const shown = new Set<string>();
    bo.subscribe(({snapshot}) => snapshot.messages.forEach((message) => shown.add(textOf(message))));
    await isOffline(bo);
    stage.line.mend();
    await isReady(bo);
    await bo.dispatch({type: 'send', text: 'Hello'});
    await until(bo, ({messages}) => messages[0]?.delivery === 'sent', outageMs);
    assert.deepEqual([...shown], ['Hello']);
  });

  test('counts as said once it is kept, and is shown and sent before', async () => {
    const keeping = Promise.withResolvers<undefined>();
    const ana = stage.visit({store: Object.assign(store, {whenKept: () => keeping.promise})});
    let said = 0;
    const sends = [ana.dispatch({type: 'send', text: 'Hello'}), ana.dispatch({type: 'send', text: 'And this', policy: 'alongside'})].map((send) => send.then(() => said++));
    await until(ana, ({messages}) => messages.length === 2 && messages.every(({delivery}) => delivery === 'sent'), outageMs);
    assert.equal(said, 0);
    keeping.resolve(undefined);
    await Promise.all(sends);
    for (let left = 2; left > 0; left--) await (await stage.agent.answerNext()).end('complete');
  });

  test('is shown to whom it belongs before there is a connection, where the token tells who that is', async () => {
    store.kept = [entry('From Ana', 'ana')];
    stage.line.cut();
    const ana = stage.visit({store});
    const {messages} = await until(ana, (snapshot) => snapshot.messages.length === 1);
    assert.equal(messages[0]?.delivery, 'queued');
  });

  test('without a name waits for a word of who is there now, and goes out only then', async () => {
    store.kept = [entry('From somebody', undefined)];
    const ana = stage.visit({store});
    const {messages} = await until(ana, (snapshot) => snapshot.messages[0]?.delivery === 'failed');
    assert.deepEqual([messages[0]?.error?.kind, stage.wakes], ['input', 0]);
    await ana.dispatch({type: 'retry', messageId: messages[0]?.id ?? ''});
    await until(ana, (snapshot) => snapshot.messages[0]?.delivery === 'sent');
    await (await stage.agent.answerNext()).end('complete');
  });

  test('in the page once the token has told who writes, but the line is not up yet, is theirs and goes out', async () => {
    stage.line.cut();
    store.kept = [entry('Earlier', 'ana')];
    const ana = stage.visit({store});
    // Shown: so it is known who is there.
    await until(ana, (snapshot) => snapshot.messages.length === 1);
    await ana.dispatch({type: 'send', text: 'Early', policy: 'alongside'});
    stage.line.mend();
    const {messages} = await until(ana, (snapshot) => snapshot.messages.length === 2 && snapshot.messages.every(({delivery}) => delivery === 'sent'), outageMs);
    assert.deepEqual(messages.map(({clientId}) => clientId), ['ana', 'ana']);
    for (let answered = 0; answered < 2; answered++) await (await stage.agent.answerNext()).end('complete');
  });

  test('in the page itself before it was known who writes belongs to who connects, and goes out', async () => {
    const ana = stage.visit({store});
    await ana.dispatch({type: 'send', text: 'Early'});
    const {messages} = await until(ana, (snapshot) => snapshot.messages[0]?.delivery === 'sent');
    assert.equal(messages[0]?.clientId, 'ana');
    await (await stage.agent.answerNext()).end('complete');
  });
});

describe('a conversation whose history cannot be read any more', () => {
  test('goes on being shown after a gap, and so does what is said then', async () => {
    const stage = await FaultyStage.open('conversations:unreadable');
    let mayRead = true;
    const client = new Ably.Realtime({
      authCallback: ({timestamp, ttl}, callback) => {
        const rights = ['publish', 'subscribe', 'presence', ...(mayRead ? ['history'] : [])];
        tokensFor('ana', {'*': rights})({timestamp, ttl}, (error, token) => callback(error as string | null, token as Ably.TokenRequest));
      },
      endpoint: '127.0.0.1', port: stage.line.port, tls: false, transports: ['web_socket'], disableConnectivityCheck: true, disconnectedRetryTimeout: 200,
    });
    try {
      const session = stage.visit({settings: {client}});
      await isReady(session);
      await session.dispatch({type: 'send', text: 'Hello'});
      const run = await stage.agent.answerNext();
      await run.append('Good day');
      await run.end('complete');
      await until(session, ({runs}) => runs[0]?.status === 'complete');
      mayRead = false;
      await client.auth.authorize();
      let fewest = Infinity;
      session.subscribe(({snapshot}) => (fewest = Math.min(fewest, snapshot.messages.length)));
      stage.line.cut();
      await isOffline(session);
      stage.broker.server.faults?.forceGap(stage.channel);
      stage.line.mend();
      await until(session, ({history}) => history.state === 'failed', outageMs);
      await session.dispatch({type: 'send', text: 'And now?'});
      await until(session, ({messages}) => messages.at(-1)?.delivery === 'sent', outageMs);
      assert.deepEqual(textsOf(session), ['Hello', 'Good day', 'And now?']);
      assert.equal(fewest, 2);
    } finally {
      await stage.close();
      client.close();
    }
  });
});
