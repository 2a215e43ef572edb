import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, test} from 'node:test';
import type {AiSession} from '../../src/ably/ai-session.ts';
import {textOf} from '../../src/session/message.ts';
import type {SessionSnapshot} from '../../src/session/snapshot.ts';
import type {DrivenAgentRun} from '../helpers/driven-agent.ts';
import {FaultyStage, isReady, textsOf} from '../helpers/faulty-stage.ts';
import {SharedBrowser} from '../helpers/shared-browser.ts';
import {until} from '../helpers/until.ts';

const queued = ({queue}: SessionSnapshot): string[] => queue.map(({text}) => text);
const has = (text: string) => ({messages}: SessionSnapshot): boolean => messages.some((message) => textOf(message) === text);

describe('the queue of a browser, and stops from elsewhere', () => {
  let stage: FaultyStage;
  let browser: SharedBrowser;
  let session: AiSession;

  beforeEach(async () => {
    stage = await FaultyStage.open('conversations:queue-stops');
    browser = new SharedBrowser();
    session = await openTab();
  });
  afterEach(() => stage.close());

  async function openTab(): Promise<AiSession> {
    const tab = stage.visit({queues: browser.openTab()});
    await isReady(tab);
    return tab;
  }

  /** Another device, with a queue of its own. */
  async function openElsewhere(clientId: string): Promise<AiSession> {
    const page = stage.visitFromElsewhere(clientId);
    await isReady(page);
    return page;
  }

  const queue = (text: string, by = session): Promise<void> => by.dispatch({type: 'send', text, policy: 'queue'});
  const isHeld = ({queueHold}: SessionSnapshot): boolean => queueHold === 'stopped';

  /** An answer is running, and a message waits for its end. */
  async function running(): Promise<DrivenAgentRun> {
    await session.dispatch({type: 'send', text: 'Hello'});
    const run = await stage.agent.answerNext();
    await run.append('Good');
    await until(session, has('Good'));
    await queue('one');
    return run;
  }

  for (const [who, clientId] of [['the same person', 'ana'], ['somebody else', 'bo']] as const) {
    test(`is held by a stop of ${who} on another device, until it is released`, async () => {
      await running();
      const elsewhere = await openElsewhere(clientId);
      await until(elsewhere, ({runs}) => runs[0]?.status === 'active');
      await elsewhere.dispatch({type: 'cancel'});
      const held = await until(session, isHeld);
      assert.deepEqual([held.runs[0]?.status, queued(held), stage.wakes], ['cancelled', ['one'], 1]);
      await session.dispatch({type: 'release-queue'});
      await until(session, has('one'));
    });
  }

  test('is held by a stop that came before the agent began', async () => {
    await session.dispatch({type: 'send', text: 'Hello'});
    await until(session, ({messages}) => messages[0]?.delivery === 'sent');
    await queue('one');
    const bo = await openElsewhere('bo');
    await until(bo, ({runs}) => runs[0]?.status === 'starting');
    await bo.dispatch({type: 'cancel'});
    await until(session, ({runs}) => runs[0]?.stop === 'requested');
    await (await stage.agent.answerNext()).end('cancelled');
    const held = await until(session, isHeld);
    assert.deepEqual(queued(held), ['one']);
  });

  test('is held by a stop that was asked for while no page of the browser was open', async () => {
    await running();
    await stage.leave(session);
    const bo = await openElsewhere('bo');
    await until(bo, ({runs}) => runs[0]?.status === 'active');
    await bo.dispatch({type: 'cancel'});
    await until(bo, ({runs}) => runs[0]?.status === 'cancelled');
    session = await openTab();
    assert.deepEqual([queued(await until(session, isHeld)), stage.wakes], [['one'], 1]);
    await session.dispatch({type: 'release-queue'});
    await until(session, has('one'));
  });

  test('is held by a stop until who asked for it has gone on, and had an answer', async () => {
    await running();
    const bo = await openElsewhere('bo');
    await until(bo, ({runs}) => runs[0]?.status === 'active');
    await bo.dispatch({type: 'cancel'});
    await until(session, isHeld);
    await bo.dispatch({type: 'send', text: 'And now'});
    const run = await stage.agent.answerNext();
    await until(session, ({runs}) => runs.at(-1)?.status === 'active');
    assert.deepEqual(queued(session.snapshot), ['one']);
    await run.end('complete');
    await until(session, has('one'));
  });

  test('is held by a stop although a third person is answered', async () => {
    await running();
    const bo = await openElsewhere('bo');
    const cy = await openElsewhere('cy');
    await until(bo, ({runs}) => runs[0]?.status === 'active');
    await bo.dispatch({type: 'cancel'});
    await until(session, isHeld);
    await cy.dispatch({type: 'send', text: 'Me too'});
    await (await stage.agent.answerNext()).end('complete');
    const held = await until(session, ({runs, queueHold}) => runs.at(-1)?.status === 'complete' && queueHold !== undefined);
    assert.deepEqual([held.queueHold, queued(held)], ['stopped', ['one']]);
  });

  test('is not held by a message from elsewhere that interrupts, and goes on after its answer', async () => {
    await running();
    const holds = new Set<unknown>();
    session.subscribe(({snapshot}) => holds.add(snapshot.queueHold));
    const bo = await openElsewhere('bo');
    await until(bo, ({runs}) => runs[0]?.status === 'active');
    await bo.dispatch({type: 'send', text: 'At once'});
    const run = await stage.agent.answerNext();
    await run.append('Now');
    await until(session, has('Now'));
    assert.deepEqual(queued(session.snapshot), ['one']);
    await run.end('complete');
    await until(session, has('one'));
    assert.deepEqual([...holds], [undefined]);
  });

  test('is not held by an edit from elsewhere, and goes on behind it', async () => {
    await running();
    const elsewhere = await openElsewhere('ana');
    const {messages} = await until(elsewhere, ({runs}) => runs[0]?.status === 'active');
    await elsewhere.dispatch({type: 'edit', messageId: messages[0]?.id ?? '', text: 'Hello there'});
    const run = await stage.agent.answerNext();
    await run.append('Good day');
    assert.deepEqual(queued(await until(session, has('Good day'))), ['one']);
    await run.end('complete');
    await until(session, has('one'));
    assert.deepEqual(textsOf(session).slice(0, 3), ['Hello there', 'Good day', 'one']);
  });

  test('is not held by an answer that is asked for again elsewhere, and goes on behind it', async () => {
    await running();
    const bo = await openElsewhere('bo');
    const {messages} = await until(bo, has('Good'));
    await bo.dispatch({type: 'regenerate', messageId: messages[1]?.id ?? ''});
    const run = await stage.agent.answerNext();
    await run.append('Better');
    assert.deepEqual(queued(await until(session, has('Better'))), ['one']);
    await run.end('complete');
    await until(session, has('one'));
    assert.deepEqual(textsOf(session).slice(0, 3), ['Hello', 'Better', 'one']);
  });

  test('is not held by an agent that cancels its run itself', async () => {
    const run = await running();
    await run.end('cancelled');
    const {runs} = await until(session, has('one'));
    assert.equal(runs[0]?.status, 'cancelled');
  });

  test('goes on in every tab when it is released, however soon after the own stop', async () => {
    const tab = await openTab();
    await running();
    await until(tab, ({queue: waiting}) => waiting.length === 1);
    // Not waited for: the release comes before the channel shows the stop.
    const stop = session.dispatch({type: 'cancel'});
    const release = session.dispatch({type: 'release-queue'});
    await Promise.all([stop, release]);
    for (const page of [session, tab]) await until(page, has('one'));
  });

  test('takes a message that is written while the history is still read for later than every stop in it', async () => {
    await session.dispatch({type: 'send', text: 'Hello'});
    const run = await stage.agent.answerNext();
    await run.append('Good');
    await until(session, has('Good'));
    const bo = await openElsewhere('bo');
    await until(bo, has('Good'));
    await bo.dispatch({type: 'cancel'});
    await until(session, ({runs}) => runs[0]?.status === 'cancelled');
    await stage.leave(session);
    session = stage.visit({queues: browser.openTab()});
    await queue('one');
    await until(session, has('one'));
  });

  test('is not held by a stop that comes into view only as older messages are loaded', async () => {
    const bo = await openElsewhere('bo');
    await bo.dispatch({type: 'send', text: 'Long ago'});
    await (await stage.agent.answerNext()).append('Well');
    await until(bo, has('Well'));
    await bo.dispatch({type: 'cancel'});
    await until(bo, ({runs}) => runs[0]?.status === 'cancelled');
    const cy = await openElsewhere('cy');
    await cy.dispatch({type: 'send', text: 'Since then'});
    await (await stage.agent.answerNext()).end('complete');
    await cy.dispatch({type: 'send', text: 'Now'});
    const run = await stage.agent.answerNext();
    await run.append('Yes');
    await stage.leave(session);
    session = stage.visit({queues: browser.openTab(), settings: {history: 2}});
    await until(session, has('Yes'));
    assert.equal(has('Long ago')(session.snapshot), false);
    await queue('one');
    await session.dispatch({type: 'load-older', limit: 30});
    await until(session, has('Long ago'));
    await run.end('complete');
    await until(session, has('one'));
  });
});
