import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, test} from 'node:test';
import {textOf} from '../../src/session/message.ts';
import {FaultyStage, isOffline, isReady, KeptStore, outageMs, textsOf} from '../helpers/faulty-stage.ts';
import {until} from '../helpers/until.ts';

describe('a session on a line that fails', () => {
  let stage: FaultyStage;

  beforeEach(async () => {
    stage = await FaultyStage.open('conversations:faults');
  });
  afterEach(() => stage.close());

  test('an answer goes on over a cut without a word lost or repeated', async () => {
    const session = stage.visit();
    await isReady(session);
    await session.dispatch({type: 'send', text: 'Hello'});
    const run = await stage.agent.answerNext();
    await run.append('one ');
    await until(session, () => textsOf(session)[1] === 'one ');
    stage.line.cut();
    await isOffline(session);
    await run.append('two ');
    await run.append('three');
    stage.line.mend();
    await run.append(' four');
    await run.end('complete');
    await until(session, ({connection, runs}) => connection.state === 'connected' && runs[0]?.status === 'complete', outageMs);
    assert.deepEqual(textsOf(session), ['Hello', 'one two three four']);
  });

  test('a channel that refuses to be joined for a rate that was exceeded is joined a little later', async () => {
    stage.broker.server.faults?.set({refuseAttaches: 1});
    const session = stage.visit();
    const seen = new Set<string>();
    session.subscribe(({snapshot}) => seen.add(snapshot.connection.state));
    await isReady(session);
    assert.equal(stage.broker.server.faults?.state.refuseAttaches, 0);
    assert.equal(seen.has('failed'), false);
    await session.dispatch({type: 'send', text: 'Hello'});
    await until(session, ({messages}) => messages[0]?.delivery === 'sent');
  });

  test('a message written during an outage is kept, says that it waits, and is delivered once', async () => {
    const session = stage.visit();
    await isReady(session);
    stage.line.cut();
    await isOffline(session);
    await session.dispatch({type: 'send', text: 'Are you there?'});
    const waiting = await until(session, ({messages}) => messages.length === 1);
    assert.equal(waiting.messages[0]?.delivery, 'queued');
    stage.line.mend();
    await until(session, ({messages}) => messages[0]?.delivery === 'sent', outageMs);
    const run = await stage.agent.answerNext();
    await run.end('complete');
    const other = stage.visit();
    await isReady(other);
    assert.deepEqual(textsOf(other).filter((text) => text !== ''), ['Are you there?']);
    assert.equal(stage.wakes, 1);
  });

  test('a message written during an outage survives a reload, and is delivered once', async () => {
    const store = new KeptStore();
    const before = stage.visit({store});
    await isReady(before);
    stage.line.cut();
    await isOffline(before);
    await before.dispatch({type: 'send', text: 'Are you there?'});
    const after = await stage.reload({store});
    const waiting = await until(after, ({messages}) => messages.length === 1);
    assert.deepEqual([waiting.messages[0]?.delivery, textsOf(after)], ['queued', ['Are you there?']]);
    stage.line.mend();
    await until(after, ({messages}) => messages[0]?.delivery === 'sent', outageMs);
    await (await stage.agent.answerNext()).end('complete');
    assert.deepEqual([textsOf(after)[0], store.kept.length], ['Are you there?', 0]);
    assert.equal(stage.wakes, 1);
  });

  test('a message that interrupts an answer is kept at once, also while the line is down', async () => {
    const session = stage.visit();
    await isReady(session);
    await session.dispatch({type: 'send', text: 'Hello'});
    const run = await stage.agent.answerNext();
    await run.append('one');
    await until(session, () => textsOf(session)[1] === 'one');
    stage.line.cut();
    await isOffline(session);
    await session.dispatch({type: 'send', text: 'Stop that'});
    assert.equal(session.snapshot.messages.at(-1)?.delivery, 'queued');
    stage.line.mend();
    await until(session, ({messages}) => messages.at(-1)?.delivery === 'sent', outageMs);
    await until(session, ({runs}) => runs[0]?.status === 'cancelled', outageMs);
  });

  test('a session that is closed while it sends, and opened again, tells the agent once', async () => {
    const store = new KeptStore();
    const before = stage.visit({store});
    await isReady(before);
    await before.dispatch({type: 'send', text: 'Hello'});
    const after = await stage.reload({store});
    await until(after, ({messages}) => messages[0]?.delivery === 'sent');
    await (await stage.agent.answerNext()).end('complete');
    await until(after, ({runs}) => runs[0]?.status === 'complete');
    await until(after, () => store.kept.length === 0);
    assert.equal(stage.wakes, 1);
  });

  test('a stop that is asked for while a retried message waits is kept until it is confirmed', async () => {
    const session = stage.visit();
    await isReady(session);
    await session.dispatch({type: 'send', text: 'Hello'});
    const run = await stage.agent.answerNext();
    await run.end('error', 'the model is overloaded');
    await until(session, ({runs}) => runs[0]?.status === 'error');
    await session.dispatch({type: 'retry', messageId: session.snapshot.messages[0]?.id ?? ''});
    await session.dispatch({type: 'cancel'});
    const {status, stop} = session.snapshot.runs.at(-1) ?? {};
    assert.deepEqual([status, stop], ['starting', 'requested']);
  });

  test('a message that had arrived before the reload, unconfirmed, is not sent again', async () => {
    const store = new KeptStore();
    const before = stage.visit({store});
    await isReady(before);
    await before.dispatch({type: 'send', text: 'Hello'});
    const {messages} = await until(before, (snapshot) => snapshot.messages[0]?.delivery === 'sent');
    // As if the confirmation had been lost with the page.
    store.kept = [{id: messages[0]?.id ?? '', parts: [{type: 'text', text: 'Hello'}], createdAt: 1, clientId: 'ana', state: 'sending', isPublished: false, error: undefined}];
    const after = await stage.reload({store});
    await until(after, ({history}) => history.state === 'ready');
    await until(after, () => store.kept.length === 0);
    assert.deepEqual(textsOf(after), ['Hello']);
  });

  test('nor is one that had arrived long ago, further back than what is loaded', async () => {
    const talker = stage.visit();
    await isReady(talker);
    for (const text of ['first', 'second', 'third']) {
      await talker.dispatch({type: 'send', text, policy: 'alongside'});
      await (await stage.agent.answerNext()).end('complete');
    }
    const {messages} = await until(talker, ({runs}) => runs.filter(({status}) => status === 'complete').length === 3);
    const store = new KeptStore();
    store.kept = [{id: messages[0]?.id ?? '', parts: [{type: 'text', text: 'first'}], createdAt: Date.now(), clientId: 'ana', state: 'sending', isPublished: false, error: undefined}];
    const after = stage.visit({store, settings: {history: 2}});
    await isReady(after);
    await until(after, () => store.kept.length === 0);
    await after.dispatch({type: 'load-older', limit: 50});
    assert.deepEqual(textsOf(after).filter((text) => text === 'first'), ['first']);
    assert.equal(stage.wakes, 3);
  });

  test('what was said during a gap is there after it, and what was shown stays meanwhile', async () => {
    const session = stage.visit();
    await isReady(session);
    await session.dispatch({type: 'send', text: 'Hello'});
    await (await stage.agent.answerNext()).end('complete');
    await until(session, ({runs}) => runs[0]?.status === 'complete');
    stage.line.cut();
    await isOffline(session);
    const other = stage.visitFromElsewhere('bo');
    await isReady(other);
    await other.dispatch({type: 'send', text: 'From elsewhere'});
    await (await stage.agent.answerNext()).end('complete');
    let fewest = Infinity;
    session.subscribe(({snapshot}) => (fewest = Math.min(fewest, snapshot.messages.length)));
    stage.broker.server.faults?.forceGap(stage.channel);
    stage.line.mend();
    await until(session, ({messages}) => messages.some((message) => textOf(message) === 'From elsewhere'), outageMs);
    assert.ok(fewest >= 1, 'the conversation never vanished');
  });
});
