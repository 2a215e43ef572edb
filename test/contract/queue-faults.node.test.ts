import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, test} from 'node:test';
import type {AiSession} from '../../src/ably/ai-session.ts';
import {textOf} from '../../src/session/message.ts';
import type {SessionSnapshot} from '../../src/session/snapshot.ts';
import type {DrivenAgentRun} from '../helpers/driven-agent.ts';
import {FaultyStage, isOffline, isReady, outageMs, textsOf} from '../helpers/faulty-stage.ts';
import {SharedBrowser} from '../helpers/shared-browser.ts';
import {until} from '../helpers/until.ts';

const queued = ({queue}: SessionSnapshot): string[] => queue.map(({text}) => text);
const has = (text: string) => ({messages}: SessionSnapshot): boolean => messages.some((message) => textOf(message) === text);

describe('the queue of a browser', () => {
  let stage: FaultyStage;
  let browser: SharedBrowser;
  let session: AiSession;

  beforeEach(async () => {
    stage = await FaultyStage.open('conversations:queue');
    browser = new SharedBrowser();
    session = stage.visit({queues: browser.openTab()});
    await isReady(session);
  });
  afterEach(() => stage.close());

  const queue = (text: string, by = session): Promise<void> => by.dispatch({type: 'send', text, policy: 'queue'});
  const idOf = (text: string, by = session): string => by.snapshot.queue.find((entry) => entry.text === text)?.id ?? '';

  async function running(): Promise<DrivenAgentRun> {
    await session.dispatch({type: 'send', text: 'Hello'});
    const run = await stage.agent.answerNext();
    await run.append('Good');
    await until(session, has('Good'));
    return run;
  }

  async function openTab(): Promise<AiSession> {
    const tab = stage.visit({queues: browser.openTab()});
    await isReady(tab);
    return tab;
  }

  test('survives a reload, also a stop that holds it', async () => {
    await running();
    await queue('one');
    await queue('two');
    await session.dispatch({type: 'cancel'});
    await until(session, ({runs}) => runs[0]?.status === 'cancelled');
    const after = await stage.reload({queues: browser.openTab()});
    await isReady(after);
    const held = await until(after, ({queueHold}) => queueHold === 'stopped');
    assert.deepEqual(queued(held), ['one', 'two']);
    await after.dispatch({type: 'release-queue'});
    await (await stage.agent.answerNext()).end('complete');
    await (await stage.agent.answerNext()).end('complete');
    await until(after, (snapshot) => has('two')(snapshot) && snapshot.queue.length === 0);
    assert.equal(stage.wakes, 3);
  });

  test('is the same in every tab, whichever changes it', async () => {
    await running();
    const other = await openTab();
    await queue('one');
    await queue('two', other);
    for (const tab of [session, other]) await until(tab, (snapshot) => queued(snapshot).join() === 'one,two');
    await other.dispatch({type: 'change-queued', messageId: idOf('one', other), text: 'uno'});
    await session.dispatch({type: 'move-queued', messageId: idOf('two'), index: 0});
    for (const tab of [session, other]) await until(tab, (snapshot) => queued(snapshot).join() === 'two,uno');
    await other.dispatch({type: 'discard', messageId: idOf('two', other)});
    await until(session, (snapshot) => queued(snapshot).join() === 'uno');
  });

  test('goes out once, however many tabs show it', async () => {
    const run = await running();
    const tabs = [await openTab(), await openTab()];
    for (const text of ['one', 'two', 'three']) await queue(text, tabs[0]);
    await run.end('complete');
    for (const text of ['one', 'two', 'three']) {
      const next = await stage.agent.answerNext();
      await next.append(`to ${text}`);
      await next.end('complete');
    }
    for (const tab of [session, ...tabs]) {
      await until(tab, (snapshot) => has('to three')(snapshot) && snapshot.queue.length === 0);
      assert.deepEqual(textsOf(tab), ['Hello', 'Good', 'one', 'to one', 'two', 'to two', 'three', 'to three']);
    }
    assert.equal(stage.wakes, 4);
  });

  test('is sent by another tab when the one that sends is closed', async () => {
    const run = await running();
    const other = await openTab();
    await queue('one');
    await stage.leave(session);
    await run.end('complete');
    await (await stage.agent.answerNext()).end('complete');
    await until(other, (snapshot) => has('one')(snapshot) && snapshot.queue.length === 0);
    assert.equal(stage.wakes, 2);
  });

  test('belongs to one person: who signs in afterwards neither sees nor sends it', async () => {
    await running();
    await queue('one');
    await stage.leave(session);
    const other = stage.visitFromElsewhere('bo', {queues: browser.openTab()});
    await isReady(other);
    assert.deepEqual(queued(other.snapshot), []);
    const back = await openTab();
    await until(back, (snapshot) => queued(snapshot).join() === 'one');
  });

  test('waits for the line, and goes on when it is back', async () => {
    const run = await running();
    await queue('one');
    stage.line.cut();
    await isOffline(session);
    await queue('two');
    await run.end('complete');
    assert.deepEqual(queued(session.snapshot), ['one', 'two']);
    stage.line.mend();
    await until(session, has('one'), outageMs);
    await (await stage.agent.answerNext()).end('complete');
    await (await stage.agent.answerNext()).end('complete');
    await until(session, (snapshot) => has('two')(snapshot) && snapshot.queue.length === 0);
  });

  test('lives in the page where the browser has no room for it', async () => {
    const run = await running();
    browser.isFull = true;
    await queue('one');
    await queue('two');
    assert.deepEqual(queued(session.snapshot), ['one', 'two']);
    await run.end('complete');
    await (await stage.agent.answerNext()).end('complete');
    await (await stage.agent.answerNext()).end('complete');
    await until(session, (snapshot) => has('two')(snapshot) && snapshot.queue.length === 0);
    assert.equal(stage.wakes, 3);
  });

  test('waits for word on a message that no agent answered', async () => {
    await stage.leave();
    session = stage.visit({queues: browser.openTab(), settings: {wakeAgent: () => Promise.reject(new Error('down'))}});
    await isReady(session);
    await session.dispatch({type: 'send', text: 'Hello'});
    await queue('one');
    const held = await until(session, ({queueHold}) => queueHold === 'failed');
    assert.deepEqual(queued(held), ['one']);
    await session.dispatch({type: 'release-queue'});
    await until(session, has('one'));
  });
});
