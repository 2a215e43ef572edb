import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, test} from 'node:test';
import * as Ably from 'ably';
import type {Session} from '../../src/session/session.ts';
import type {WakeAgent} from '../../src/session/settings.ts';
import {AskTable, channel, type Page} from '../helpers/ask-table.ts';
import type {AskingAgent} from '../helpers/asking-agent.ts';
import {until} from '../helpers/until.ts';
import {type AskingRun, flight, position} from './ask-stage.ts';
import {toolPart} from './client-tool-contract.ts';

const decisionIn = (session: Session): Promise<string | undefined> =>
  until(session, ({approvals: [approval]}) => approval?.state === 'decided').then(({approvals: [approval]}) => approval?.decision?.clientId);
const isSuspended = (session: Session): Promise<unknown> => until(session, ({runs}) => runs[0]?.status === 'suspended');
const part = (session: Session, state: string): Promise<unknown> => until(session, (snapshot) => toolPart(snapshot)?.state === state, 20_000);

describe('several people and pages on one session', () => {
  let table: AskTable;
  let agent: AskingAgent;
  let ana: Page;
  let ben: Page;

  beforeEach(async () => {
    table = await AskTable.set();
    ({agent} = table);
    ana = await table.visit('ana');
    ben = await table.visit('ben');
  });
  afterEach(() => table.close());

  /** An agent that has asked, or left a call, and waits; both pages see it. */
  async function waiting(kind: 'ask' | 'call', who: readonly Page[] = [ana, ben]): Promise<AskingRun> {
    await ana.session.dispatch({type: 'send', text: 'Go'});
    const run = await agent.answerNext();
    await (kind === 'ask' ? run.ask(flight) : run.call(position));
    await run.suspend();
    for (const {session} of who) await isSuspended(session);
    return run;
  }

  test('two who decide at the same moment: one counts, the other is told, all name the same, and the run goes on once', async () => {
    const run = await waiting('ask');
    const answers = await Promise.allSettled([
      ana.session.dispatch({type: 'respond', toolCallId: 'book-1', approved: true}),
      ben.session.dispatch({type: 'respond', toolCallId: 'book-1', approved: false}),
    ]);
    const [winner, other] = await Promise.all([decisionIn(ana.session), decisionIn(ben.session)]);
    assert.equal(winner, other);
    assert.deepEqual(answers.map(({status}) => status).sort(), ['fulfilled', 'rejected']);
    const late = answers.find((answer) => answer.status === 'rejected');
    assert.match(String(late?.reason), new RegExp(`${winner} has decided already`));
    assert.equal(answers[winner === 'ana' ? 0 : 1].status, 'fulfilled');
    await run.resumed();
    const {decision} = agent.decisions.decisionOn('book-1');
    assert.deepEqual([decision?.clientId, decision?.approved], [winner, winner === 'ana']);
    await run.end();
    await until(ben.session, ({runs}) => runs[0]?.status === 'complete');
    assert.equal(agent.wakes.length, 2);
  });

  test('what the agent refuses is passed over by all, and who comes next decides', async () => {
    const run = await waiting('ask');
    await ana.session.dispatch({type: 'respond', toolCallId: 'book-1', approved: true});
    await run.resumed();
    await run.refuse('book-1', 'ana', 'Over your limit');
    await run.suspend();
    await until(ben.session, ({approvals: [approval]}) => approval?.refused.length === 1 && approval.state === 'pending');
    await ben.session.dispatch({type: 'respond', toolCallId: 'book-1', approved: false, reason: 'Too dear'});
    assert.equal(await decisionIn(ana.session), 'ben');
    const {decision, refused} = agent.decisions.decisionOn('book-1', {mayDecide: (clientId) => clientId === 'ben'});
    assert.deepEqual([decision?.reason, refused], ['Too dear', [{clientId: 'ana'}]]);
  });

  test('a decision whose page died before it woke the agent is taken up by another page', async () => {
    const silent = await table.visit('eve', {wakeAgent: () => new Promise(() => undefined)});
    const run = await waiting('ask', [ana, ben, silent]);
    await silent.session.dispatch({type: 'respond', toolCallId: 'book-1', approved: true, input: {seats: 3}});
    await silent.close();
    await run.resumed();
    assert.deepEqual(agent.decisions.decisionOn('book-1').decision?.input, {seats: 3});
    await run.end();
    await until(ana.session, ({runs}) => runs[0]?.status === 'complete');
  });

  test('a tool that two pages offer runs once', async () => {
    const done: string[] = [];
    ana.session.offerTools(() => () => done.push('ana'));
    ben.session.offerTools(() => () => done.push('ben'));
    const run = await waiting('call');
    await Promise.all([part(ana.session, 'output-available'), part(ben.session, 'output-available')]);
    await run.resumed();
    await run.end();
    await Promise.all([ana, ben].map(({session}) => until(session, ({runs}) => runs[0]?.status === 'complete')));
    assert.equal(done.length, 1);
    assert.equal(agent.wakes.length, 2);
  });

  test('a tool runs on a page of whoever asked, though another page was ready first', async () => {
    await until(ben.session, ({people}) => people.some(({clientId}) => clientId === 'ana'));
    const done: string[] = [];
    ben.session.offerTools(() => () => done.push('ben'));
    const run = await waiting('call');
    ana.session.offerTools(() => () => done.push('ana'));
    await part(ben.session, 'output-available');
    await run.resumed();
    assert.deepEqual(done, ['ana']);
  });

  test('a tool that no page of whoever asked offers runs on another page', async () => {
    const done: string[] = [];
    ben.session.offerTools(() => () => done.push('ben'));
    const run = await waiting('call');
    await part(ana.session, 'output-available');
    await run.resumed();
    assert.deepEqual(done, ['ben']);
  });

  test('a page that is closed while its tool works tells the agent, where nobody else is there to do so', async () => {
    await Promise.all([ana.close(), ben.close()]);
    const wakeAgent: WakeAgent = (invocation, {signal}) => {
      signal.throwIfAborted();
      return agent.wake(invocation);
    };
    ana = await table.visit('ana', {wakeAgent});
    const begun = new Promise<void>((resolve) => {
      ana.session.offerTools(() => () => {
        resolve();
        return new Promise(() => undefined);
      });
    });
    const run = await waiting('call', [ana]);
    await begun;
    await ana.close();
    await run.resumed();
    assert.equal(agent.wakes.length, 2);
  });

  test('a page that is closed while its tool works says so, and nobody runs it again', async () => {
    let calls = 0;
    let signal: AbortSignal | undefined;
    const begun = new Promise<void>((resolve) => {
      ana.session.offerTools((call) => () => {
        calls++;
        ({signal} = call);
        resolve();
        return new Promise(() => undefined);
      });
    });
    const run = await waiting('call');
    await begun;
    ben.session.offerTools(() => () => calls++);
    await ana.close();
    await part(ben.session, 'output-error');
    assert.match(toolPart(ben.session.snapshot)?.errorText ?? '', /was closed/);
    assert.deepEqual([calls, signal?.aborted], [1, true]);
    await run.resumed();
  });

  test('for a page that vanishes while its tool works another one answers, and nobody runs it again', async () => {
    let calls = 0;
    const begun = new Promise<void>((resolve) => {
      ana.session.offerTools(() => () => {
        calls++;
        resolve();
        return new Promise(() => undefined);
      });
    });
    const run = await waiting('call');
    await until(ben.session, ({people}) => people.some(({clientId}) => clientId === 'ana'));
    await begun;
    ben.session.offerTools(() => () => calls++);
    // Without a goodbye to the session: the channel sees the connection go.
    ana.connection.client.close();
    await part(ben.session, 'output-error');
    assert.match(toolPart(ben.session.snapshot)?.errorText ?? '', /is gone/);
    assert.equal(calls, 1);
    await run.resumed();
  });

  test('a result that is too large for the channel is a failure that says so', async () => {
    ana.session.offerTools(() => () => 'x'.repeat(70_000));
    await waiting('call');
    await part(ana.session, 'output-error');
    assert.match(toolPart(ana.session.snapshot)?.errorText ?? '', /too large: 69 kB, and the channel takes 60 kB/);
  });

  test('a result that the channel refuses for being too fast gets there a little later, without anything else happening', async () => {
    ana.session.offerTools(() => () => ({city: 'Faro'}));
    // Only what all forms of it have in common.
    const line = ana.connection.client.channels.get(channel) as {publish(...said: unknown[]): Promise<unknown>};
    const publish = line.publish.bind(line);
    let tries = 0;
    line.publish = (...said: unknown[]) => {
      const [message] = said as [{extras?: {ai?: {codec?: {kind?: string}}}}];
      if (message.extras?.ai?.codec?.kind !== 'tool-result' || ++tries > 1) return publish(...said);
      return Promise.reject(new Ably.ErrorInfo('Rate limit exceeded; request rejected (nonfatal)', 42911, 429));
    };
    const run = await waiting('call');
    await part(ben.session, 'output-available');
    assert.equal(tries, 2);
    await run.resumed();
  });

  test('a page that is opened later carries out what waits', async () => {
    const run = await waiting('call');
    const late = await table.visit('eve');
    late.session.offerTools(({toolName}) => toolName === 'locate' ? () => ({city: 'Faro'}) : undefined);
    await part(ana.session, 'output-available');
    assert.deepEqual(toolPart(ana.session.snapshot)?.output, {city: 'Faro'});
    await run.resumed();
  });
});
