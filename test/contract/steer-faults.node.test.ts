import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, test} from 'node:test';
import type {AiSession} from '../../src/ably/ai-session.ts';
import {type SessionMessage, textOf} from '../../src/session/message.ts';
import type {SessionSnapshot} from '../../src/session/snapshot.ts';
import type {DrivenAgentRun} from '../helpers/driven-agent.ts';
import {clientOn, FaultyStage, isOffline, isReady, KeptStore, outageMs, textsOf} from '../helpers/faulty-stage.ts';
import {until} from '../helpers/until.ts';

const said = ({messages}: SessionSnapshot, text: string): SessionMessage | undefined => messages.find((message) => textOf(message) === text);
const isSteer = (state: SessionMessage['steer'], text: string) => (snapshot: SessionSnapshot): boolean => said(snapshot, text)?.steer === state;
const isComplete = ({runs}: SessionSnapshot): boolean => runs.length > 0 && runs.every(({status}) => status === 'complete');

describe('a steer on a line that fails', () => {
  let stage: FaultyStage;
  let store: KeptStore;
  let session: AiSession;

  beforeEach(async () => {
    stage = await FaultyStage.open('conversations:steers');
    store = new KeptStore();
    session = stage.visit({store});
    await isReady(session);
  });
  afterEach(() => stage.close());

  const steer = (text: string, by = session): Promise<void> => by.dispatch({type: 'send', text, policy: 'steer'});

  async function running(): Promise<DrivenAgentRun> {
    await session.dispatch({type: 'send', text: 'Hello'});
    const run = await stage.agent.answerNext();
    await run.append('Good');
    await until(session, (snapshot) => said(snapshot, 'Good') !== undefined);
    return run;
  }

  test('written during an outage, steers join the run when the line is back, in order', async () => {
    const run = await running();
    stage.line.cut();
    await isOffline(session);
    await steer('In euros');
    await steer('By train');
    assert.deepEqual([said(session.snapshot, 'In euros')?.delivery, said(session.snapshot, 'In euros')?.steer], ['queued', 'waiting']);
    stage.line.mend();
    await until(session, (snapshot) => said(snapshot, 'By train')?.delivery === 'sent', outageMs);
    await run.hear();
    await run.append('5 €');
    await until(session, isSteer('consumed', 'By train'));
    await run.end('complete');
    await until(session, isComplete);
    assert.deepEqual(textsOf(session), ['Hello', 'Good', 'In euros', 'By train', '5 €']);
    assert.equal(stage.wakes, 1);
  });

  test('one written during an outage, whose run is known to have ended when the page is back, is a message of its own', async () => {
    const run = await running();
    stage.line.cut();
    await isOffline(session);
    await steer('In euros');
    await run.end('complete');
    const after = await stage.reload({store});
    stage.line.mend();
    const next = await stage.agent.answerNext();
    await next.append('5 €');
    await next.end('complete');
    await until(after, (snapshot) => snapshot.runs.length === 2 && isComplete(snapshot), outageMs);
    assert.deepEqual(textsOf(after), ['Hello', 'Good', 'In euros', '5 €']);
    assert.equal(said(after.snapshot, 'In euros')?.steer, undefined);
  });

  test('one written during an outage joins its run also from the page that comes after a reload', async () => {
    const run = await running();
    stage.line.cut();
    await isOffline(session);
    await steer('In euros');
    const after = await stage.reload({store});
    stage.line.mend();
    await until(after, (snapshot) => said(snapshot, 'In euros')?.delivery === 'sent' && isSteer('waiting', 'In euros')(snapshot), outageMs);
    await run.hear();
    await run.append('5 €');
    await until(after, isSteer('consumed', 'In euros'));
    await run.end('complete');
    await until(after, isComplete);
    assert.deepEqual(textsOf(after), ['Hello', 'Good', 'In euros', '5 €']);
    assert.deepEqual(store.kept, []);
  });

  test('one that had arrived, unconfirmed, before a reload is not said twice', async () => {
    const run = await running();
    await steer('In euros');
    const {messages} = await until(session, (snapshot) => said(snapshot, 'In euros')?.delivery === 'sent');
    const [id, runId] = [said({messages} as SessionSnapshot, 'In euros')?.id ?? '', session.snapshot.runs[0]?.runId];
    await until(session, () => store.kept.length === 0);
    // As if the confirmation had been lost with the page.
    store.kept = [{id, parts: [{type: 'text', text: 'In euros'}], createdAt: 1, clientId: 'ana', state: 'sending', isPublished: false, error: undefined, steer: {runId, inputId: undefined}}];
    const after = await stage.reload({store});
    await until(after, () => store.kept.length === 0);
    await run.end('complete');
    await until(after, isSteer('missed', 'In euros'));
    assert.deepEqual(textsOf(after), ['Hello', 'Good', 'In euros']);
  });

  test('one said into a run whose agent is gone is missed, can be said again, and is heard if the agent comes back', async () => {
    const client = clientOn(stage.broker.port, 'planner');
    const {presence} = client.channels.get(stage.channel);
    await presence.enter({type: 'agent', status: 'thinking'});
    const run = await running();
    await until(session, ({agents, runs}) => agents[0]?.isPresent === true && runs[0]?.status === 'active');
    await steer('In euros');
    await until(session, (snapshot) => said(snapshot, 'In euros')?.delivery === 'sent');
    assert.equal(said(session.snapshot, 'In euros')?.steer, 'waiting');
    await presence.leave({type: 'agent', status: 'thinking'});
    await until(session, ({runs}) => runs[0]?.status === 'lost');
    assert.equal(said(session.snapshot, 'In euros')?.steer, 'missed');
    await presence.enter({type: 'agent', status: 'thinking'});
    await until(session, isSteer('waiting', 'In euros'));
    await run.hear();
    await run.append('It costs 5 €');
    await until(session, isSteer('consumed', 'In euros'));
    await steer('By train');
    await until(session, (snapshot) => said(snapshot, 'By train')?.delivery === 'sent');
    await presence.leave({type: 'agent', status: 'thinking'});
    const missed = await until(session, isSteer('missed', 'By train'));
    await session.dispatch({type: 'retry', messageId: said(missed, 'By train')?.id ?? ''});
    await (await stage.agent.answerNext()).end('complete');
    const {messages} = await until(session, ({runs}) => runs.map(({status}) => status).join() === 'lost,complete');
    assert.deepEqual(messages.filter((message) => textOf(message) === 'By train').map((message) => message.steer), ['missed', undefined]);
    client.close();
  });

  test('one said into a run that no agent begins is a message of its own, and nothing is lost', async () => {
    await stage.leave();
    let isAgentUp = false;
    session = stage.visit({store, settings: {wakeAgent: (invocation) => (isAgentUp ? stage.agent.wake(invocation) : Promise.reject(new Error('down')))}});
    await isReady(session);
    await session.dispatch({type: 'send', text: 'Hello'});
    await steer('In euros');
    assert.equal(said(session.snapshot, 'In euros')?.steer, 'waiting');
    await until(session, ({runs}) => runs[0]?.status === 'unanswered');
    isAgentUp = true;
    const own = await until(session, (snapshot) => said(snapshot, 'In euros')?.delivery === 'sent');
    assert.equal(said(own, 'In euros')?.steer, undefined);
    const {messages} = await until(session, ({runs}) => runs.length === 2);
    assert.deepEqual(messages.map(textOf), ['Hello', 'In euros']);
  });

  test('one said into a run that has not begun joins it also from the page that comes after a reload', async () => {
    await session.dispatch({type: 'send', text: 'Hello'});
    await until(session, ({runs}) => runs[0]?.status === 'starting');
    await steer('In euros');
    const after = await stage.reload({store});
    await until(after, ({runs}) => runs[0]?.status === 'starting');
    const run = await stage.agent.answerNext();
    await run.append('Good');
    await until(after, (snapshot) => said(snapshot, 'In euros')?.runId !== undefined && said(snapshot, 'In euros')?.delivery === 'sent');
    await run.hear();
    await run.append('5 €');
    await until(after, isSteer('consumed', 'In euros'));
    await run.end('complete');
    assert.deepEqual(textsOf(after), ['Hello', 'Good', 'In euros', '5 €']);
  });

  test('one that follows a message still on its way joins the run of that message', async () => {
    stage.line.cut();
    await isOffline(session);
    await session.dispatch({type: 'send', text: 'Hello'});
    await steer('In euros');
    stage.line.mend();
    await until(session, ({messages}) => messages[0]?.delivery === 'sent', outageMs);
    const run = await stage.agent.answerNext();
    await run.append('Good');
    await until(session, (snapshot) => said(snapshot, 'In euros')?.runId === snapshot.runs[0]?.runId && said(snapshot, 'In euros')?.delivery === 'sent');
    await run.hear();
    await run.append('5 €');
    await until(session, isSteer('consumed', 'In euros'));
    await run.end('complete');
    assert.equal(stage.wakes, 1);
  });

  test('what became of it during a gap is known after it', async () => {
    const run = await running();
    await steer('In euros');
    await until(session, (snapshot) => said(snapshot, 'In euros')?.delivery === 'sent');
    stage.line.cut();
    await isOffline(session);
    await run.hear();
    await run.append('5 €');
    await run.end('complete');
    stage.broker.server.faults?.forceGap(stage.channel);
    stage.line.mend();
    await until(session, (snapshot) => isSteer('consumed', 'In euros')(snapshot) && isComplete(snapshot), outageMs);
    assert.deepEqual(textsOf(session), ['Hello', 'Good', 'In euros', '5 €']);
  });

  test('one that the channel refuses for a while is tried again, and is there once', async () => {
    const run = await running();
    stage.broker.server.faults?.set({refusePublishes: true});
    await steer('In euros');
    await store.keeps(({isUncertain, state}) => isUncertain === true && state === 'queued');
    assert.deepEqual([textsOf(session), said(session.snapshot, 'In euros')?.delivery], [['Hello', 'Good', 'In euros'], 'sending']);
    stage.broker.server.faults?.set({refusePublishes: false});
    await until(session, (snapshot) => said(snapshot, 'In euros')?.delivery === 'sent');
    await run.hear();
    await run.append('5 €');
    await run.end('complete');
    await until(session, isComplete);
    assert.deepEqual(textsOf(session), ['Hello', 'Good', 'In euros', '5 €']);
  });

  test('one that the channel refuses and that is discarded then is gone', async () => {
    const run = await running();
    stage.broker.server.faults?.set({refusePublishes: true});
    await steer('In euros');
    await store.keeps(({isUncertain, state}) => isUncertain === true && state === 'queued');
    await session.dispatch({type: 'discard', messageId: said(session.snapshot, 'In euros')?.id ?? ''});
    stage.broker.server.faults?.set({refusePublishes: false});
    await run.append(' day');
    await run.end('complete');
    await until(session, isComplete);
    assert.deepEqual(textsOf(session), ['Hello', 'Good day']);
    assert.deepEqual(store.kept, []);
  });

  test('one that the channel refuses until its run has ended is a message of its own, and stands there once', async () => {
    const run = await running();
    stage.broker.server.faults?.set({refusePublishes: true});
    await steer('In euros');
    await store.keeps(({isUncertain, state}) => isUncertain === true && state === 'queued');
    stage.broker.server.faults?.set({refusePublishes: false});
    await run.end('complete');
    const next = await stage.agent.answerNext();
    await next.append('5 €');
    await next.end('complete');
    await until(session, (snapshot) => snapshot.runs.length === 2 && isComplete(snapshot));
    assert.deepEqual(textsOf(session), ['Hello', 'Good', 'In euros', '5 €']);
  });

  test('written while the line is silent, it joins the run when it speaks again', async () => {
    const run = await running();
    stage.broker.server.faults?.goDark({clientId: 'ana'});
    await isOffline(session);
    await steer('In euros');
    stage.broker.server.faults?.lightUp();
    await until(session, (snapshot) => said(snapshot, 'In euros')?.delivery === 'sent', outageMs);
    await run.hear();
    await run.append('5 €');
    await until(session, isSteer('consumed', 'In euros'));
    await run.end('complete');
  });

  test('it shows whose it is, and only that person is told that it is theirs', async () => {
    const run = await running();
    const other = stage.visitFromElsewhere('bo');
    await isReady(other);
    await steer('In euros', other);
    await until(session, isSteer('waiting', 'In euros'));
    const [here, there] = [said(session.snapshot, 'In euros'), said(other.snapshot, 'In euros')];
    assert.deepEqual([here?.clientId, here?.mine, there?.clientId, there?.mine], ['bo', false, 'bo', true]);
    await run.end('complete');
    await until(session, isSteer('missed', 'In euros'));
  });
});
