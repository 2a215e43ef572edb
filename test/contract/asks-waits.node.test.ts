import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, test} from 'node:test';
import type {Session} from '../../src/session/session.ts';
import {AskTable, type Page} from '../helpers/ask-table.ts';
import type {AskingAgent} from '../helpers/asking-agent.ts';
import {until} from '../helpers/until.ts';
import {type AskingRun, flight} from './ask-stage.ts';

const isSuspended = (session: Session): Promise<unknown> => until(session, ({runs}) => runs[0]?.status === 'suspended');

describe('a run that waits', () => {
  let table: AskTable;
  let agent: AskingAgent;
  let ana: Page;

  beforeEach(async () => {
    table = await AskTable.set();
    ({agent} = table);
    ana = await table.visit('ana');
  });
  afterEach(() => table.close());

  /** An agent that has asked, and waits; all these pages see it. */
  async function waiting(...who: readonly Page[]): Promise<AskingRun> {
    await ana.session.dispatch({type: 'send', text: 'Go'});
    const run = await agent.answerNext();
    await run.ask(flight);
    await run.suspend();
    for (const {session} of [ana, ...who]) await isSuspended(session);
    return run;
  }

  test('an agent that cannot be told of a decision shows so, with the decision made', async () => {
    const alone = await table.visit('eve', {wakeAgent: () => Promise.reject(new Error('it is asleep'))});
    await ana.session.dispatch({type: 'send', text: 'Go'});
    const run = await agent.answerNext();
    await run.ask(flight);
    await run.suspend();
    await isSuspended(alone.session);
    await alone.session.dispatch({type: 'respond', toolCallId: 'book-1', approved: true});
    const {runs, approvals} = await until(alone.session, ({runs: [first]}) => first?.error !== undefined);
    assert.match(runs[0]?.error?.message ?? '', /asleep/);
    assert.deepEqual([runs[0]?.error?.kind, approvals[0]?.state], ['agent', 'decided']);
  });

  test('an agent that could not be told is told once more of the answer by whom wants it, and not of the message', async () => {
    let isAsleep = true;
    const told: string[] = [];
    await ana.close();
    const alone = await table.visit('ana', {
      wakeAgent: (invocation) => {
        told.push(invocation.inputEventId);
        return isAsleep && told.length > 1 ? Promise.reject(new Error('it is asleep')) : agent.wake(invocation);
      },
    });
    await alone.session.dispatch({type: 'send', text: 'Go'});
    const run = await agent.answerNext();
    await run.ask(flight);
    await run.suspend();
    await isSuspended(alone.session);
    await alone.session.dispatch({type: 'respond', toolCallId: 'book-1', approved: true});
    const {runs: [failed]} = await until(alone.session, ({runs: [first]}) => first?.error !== undefined);
    assert.deepEqual([failed?.status, failed?.isAnswered], ['suspended', true]);
    isAsleep = false;
    await alone.session.dispatch({type: 'retry', messageId: failed?.inputId ?? ''});
    await run.resumed();
    await run.end();
    const done = await until(alone.session, ({runs: [first]}) => first?.status === 'complete');
    assert.deepEqual([done.runs.length, done.runs[0]?.error, told[2]], [1, undefined, told[1]]);
    assert.notEqual(told[1], told[0]);
  });

  for (const what of ['the line is back', 'the person looks at the page again']) {
    test(`an agent that could not be told is told again by itself when ${what}`, async (t) => {
      const page = Object.assign(new EventTarget(), {visibilityState: 'visible'});
      Object.assign(globalThis, {document: page});
      t.after(() => Reflect.deleteProperty(globalThis, 'document'));
      let isAsleep = false;
      await ana.close();
      const alone = await table.visit('ana', {wakeAgent: (invocation) => (isAsleep ? Promise.reject(new Error('it is asleep')) : agent.wake(invocation))});
      await alone.session.dispatch({type: 'send', text: 'Go'});
      const run = await agent.answerNext();
      await run.ask(flight);
      await run.suspend();
      await isSuspended(alone.session);
      isAsleep = true;
      await alone.session.dispatch({type: 'respond', toolCallId: 'book-1', approved: true});
      await until(alone.session, ({runs: [first]}) => first?.error !== undefined);
      isAsleep = false;
      const begunAt = performance.now();
      t.mock.timers.enable({apis: ['Date'], now: Date.now() + 31_000});
      if (what === 'the line is back') table.broker.server.faults?.cut({clientId: 'ana'});
      else page.dispatchEvent(new Event('visibilitychange'));
      await run.resumed();
      assert.ok(performance.now() - begunAt < 7500, 'before its patience is over');
      await run.end();
      await until(alone.session, ({runs: [first]}) => first?.status === 'complete');
    });
  }

  test('a stop of a run that waits shows on every page, until the agent confirms it, and nobody can decide any more', async () => {
    const ben = await table.visit('ben');
    await waiting(ben);
    const runId = ana.session.snapshot.runs[0]?.runId ?? '';
    await ben.session.dispatch({type: 'cancel', run: runId});
    for (const {session} of [ana, ben]) await until(session, ({runs}) => runs[0]?.stop === 'requested');
    const late = await table.visit('eve');
    await until(late.session, ({runs}) => runs[0]?.stop === 'requested');
    await agent.declareOver(runId, 'cancelled');
    for (const {session} of [ana, ben, late]) {
      const {runs, approvals} = await until(session, (snapshot) => snapshot.runs[0]?.status === 'cancelled');
      assert.deepEqual([runs[0]?.stop, approvals[0]?.state], [undefined, 'expired']);
    }
  });

  test('a stop that came before the agent began to wait is none of what waits, for who comes later', async () => {
    await waiting();
    const runId = ana.session.snapshot.runs[0]?.runId ?? '';
    await ana.session.dispatch({type: 'cancel', run: runId});
    await agent.declare('ai-run-resume', runId);
    await agent.declare('ai-run-suspend', runId);
    const late = await table.visit('eve');
    const {runs} = await until(late.session, ({runs: [first]}) => first?.status === 'suspended');
    assert.equal(runs[0]?.stop, undefined);
  });
});
