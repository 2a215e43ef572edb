import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, test} from 'node:test';
import type {Approval} from '../../src/session/approvals.ts';
import type {Intent} from '../../src/session/intent.ts';
import type {Session} from '../../src/session/session.ts';
import type {SessionSnapshot} from '../../src/session/snapshot.ts';
import {until} from '../helpers/until.ts';
import {type Asked, type AskingRun, type AskStage, flight, type OpenAskStage} from './ask-stage.ts';

const first = ({approvals}: SessionSnapshot): Approval | undefined => approvals[0];

/** What every session keeps to where agents ask people to decide. */
export function approvalContract(name: string, open: OpenAskStage): void {
  describe(`${name} keeps the contract of approvals`, () => {
    let stage: AskStage;
    let session: Session;

    beforeEach(async () => {
      stage = await open();
      ({session} = stage);
      await until(session, ({connection, history}) => connection.state === 'connected' && history.state === 'ready');
    });
    afterEach(() => stage.close());

    /** An agent that has asked, and waits. */
    async function asked(matter: Partial<Asked> = {}): Promise<AskingRun> {
      await session.dispatch({type: 'send', text: 'Book it'});
      const run = await stage.answerNext();
      await run.say('One moment.');
      await run.ask({...flight, ...matter});
      await run.suspend();
      await until(session, ({runs}) => runs[0]?.status === 'suspended');
      return run;
    }

    test('what an agent asks is pending, with all that it says of it', async () => {
      await asked({approvers: ['ana', 'boss'], note: 'It is 120 euros.'});
      const {messages, approvals} = await until(session, ({approvals: [approval]}) => approval?.state === 'pending');
      const [approval] = approvals;
      assert.deepEqual([approval?.toolCallId, approval?.toolName, approval?.input], ['book-1', 'book', flight.input]);
      assert.deepEqual([approval?.approvers, approval?.note, approval?.decision, approval?.refused], [['ana', 'boss'], 'It is 120 euros.', undefined, []]);
      assert.deepEqual([approval?.messageId, approval?.runId, approval?.agentId], [messages[1]?.id, messages[1]?.runId, messages[1]?.clientId]);
      assert.equal(approval?.askedAt, messages[1]?.createdAt);
    });

    test('who approves is named, and the run goes on', async () => {
      const run = await asked();
      await session.dispatch({type: 'respond', toolCallId: 'book-1', approved: true});
      const decided = await until(session, (snapshot) => first(snapshot)?.state === 'decided');
      const {decision} = first(decided) ?? {};
      assert.deepEqual([decision?.approved, decision?.clientId, decision?.reason, decision?.input], [true, 'ana', undefined, undefined]);
      await run.resumed();
      await run.say('Booked.');
      await run.end();
      const done = await until(session, ({runs}) => runs[0]?.status === 'complete');
      assert.deepEqual([done.runs.length, first(done)?.state], [1, 'decided']);
    });

    test('a run whose every question is answered waits for its agent, until that goes on', async () => {
      const run = await asked();
      assert.equal(session.snapshot.runs[0]?.isAnswered, false);
      await session.dispatch({type: 'respond', toolCallId: 'book-1', approved: true});
      await until(session, ({runs}) => runs[0]?.isAnswered === true);
      await run.resumed();
      await run.ask({...flight, toolCallId: 'book-2'});
      await run.suspend();
      const again = await until(session, ({runs, approvals}) => runs[0]?.status === 'suspended' && approvals.length === 2);
      assert.equal(again.runs[0]?.isAnswered, false);
    });

    test('a run that has asked twice is answered once both are', async () => {
      await session.dispatch({type: 'send', text: 'Book both'});
      const run = await stage.answerNext();
      await run.ask(flight);
      await run.ask({...flight, toolCallId: 'book-2'});
      await run.suspend();
      await until(session, ({runs, approvals}) => runs[0]?.status === 'suspended' && approvals.length === 2);
      await session.dispatch({type: 'respond', toolCallId: 'book-1', approved: true});
      const half = await until(session, (snapshot) => first(snapshot)?.state === 'decided');
      assert.equal(half.runs[0]?.isAnswered, false);
      await session.dispatch({type: 'respond', toolCallId: 'book-2', approved: false});
      await until(session, ({runs}) => runs[0]?.isAnswered === true);
    });

    test('a stop that names the run reaches it while it waits; one of all leaves it', async () => {
      await asked();
      await session.dispatch({type: 'cancel'});
      assert.deepEqual([session.snapshot.runs[0]?.status, session.snapshot.runs[0]?.stop], ['suspended', undefined]);
      await session.dispatch({type: 'cancel', run: session.snapshot.runs[0]?.key ?? ''});
      await until(session, ({runs}) => runs[0]?.stop === 'requested' || runs[0]?.status === 'cancelled');
    });

    test('what is said to interrupt leaves the run that waits', async () => {
      await asked();
      await session.dispatch({type: 'send', text: 'And a taxi', policy: 'interrupt'});
      const run = await stage.answerNext();
      await run.say('Yes');
      await run.end();
      const {runs, approvals} = await until(session, (snapshot) => snapshot.runs[1]?.status === 'complete');
      assert.deepEqual([runs[0]?.status, runs[0]?.stop, approvals[0]?.state], ['suspended', undefined, 'pending']);
    });

    const anew: readonly (readonly [string, (snapshot: SessionSnapshot) => Intent])[] = [
      ['says anew what', ({messages: [asking]}: SessionSnapshot) => ({type: 'edit', messageId: asking?.id ?? '', text: 'Book two'})],
      ['asks for another answer in place of what', ({messages: [, answer]}: SessionSnapshot) => ({type: 'regenerate', messageId: answer?.id ?? ''})],
    ];
    for (const [how, intent] of anew) {
      test(`who ${how} waits stops it`, async () => {
        await asked();
        const {key} = session.snapshot.runs[0] ?? {};
        const isStopped = ({runs}: SessionSnapshot): boolean => runs.some((run) => run.key === key && (run.stop === 'requested' || run.status === 'cancelled'));
        await session.dispatch(intent(session.snapshot));
        const run = await stage.answerNext();
        await run.say('Anew');
        await run.end();
        const head = await until(session, ({messages, runs}) => runs.at(-1)?.status === 'complete' && messages.some(({branch}) => branch !== undefined));
        await session.dispatch({type: 'select-branch', messageId: head.messages.find(({branch}) => branch)?.id ?? '', index: 0});
        await until(session, isStopped);
      });
    }

    test('a denial carries its reason, an approval the changed input', async () => {
      await asked();
      await session.dispatch({type: 'respond', toolCallId: 'book-1', approved: false, reason: 'Too dear'});
      const denied = await until(session, (snapshot) => first(snapshot)?.state === 'decided');
      assert.deepEqual([first(denied)?.decision?.approved, first(denied)?.decision?.reason], [false, 'Too dear']);
      await session.dispatch({type: 'send', text: 'Another'});
      const run = await stage.answerNext();
      await run.ask({...flight, toolCallId: 'book-2'});
      await run.suspend();
      await until(session, ({approvals}) => approvals.length === 2);
      await session.dispatch({type: 'respond', toolCallId: 'book-2', approved: true, input: {flight: 'TP 531', seats: 2}});
      const {approvals} = await until(session, ({approvals: [, approval]}) => approval?.state === 'decided');
      assert.deepEqual([approvals[1]?.decision?.input, approvals[1]?.input], [{flight: 'TP 531', seats: 2}, flight.input]);
    });

    test('what is decided cannot be decided again: who comes late is told who was first', async () => {
      await asked();
      await session.dispatch({type: 'respond', toolCallId: 'book-1', approved: true});
      await assert.rejects(session.dispatch({type: 'respond', toolCallId: 'book-1', approved: false}), {kind: 'input', message: /ana has decided already: approved/});
      assert.equal(first(session.snapshot)?.decision?.approved, true);
    });

    test('what is for others to decide is refused here', async () => {
      await asked({approvers: ['boss']});
      await until(session, (snapshot) => first(snapshot)?.approvers !== undefined);
      await assert.rejects(session.dispatch({type: 'respond', toolCallId: 'book-1', approved: true}), {kind: 'input', hint: /boss/});
      assert.equal(first(session.snapshot)?.state, 'pending');
    });

    for (const approved of [true, false]) {
      test(`${approved ? 'an approval' : 'a denial'} that the agent refuses counts no more, and is remembered`, async () => {
        const run = await asked();
        await session.dispatch({type: 'respond', toolCallId: 'book-1', approved});
        await run.resumed();
        await run.refuse('book-1', 'ana', 'Over your limit');
        await run.suspend();
        const open = await until(session, (snapshot) => first(snapshot)?.refused.length === 1);
        assert.deepEqual([first(open)?.state, first(open)?.decision], ['pending', undefined]);
        assert.deepEqual(first(open)?.refused, [{clientId: 'ana', reason: 'Over your limit'}]);
      });
    }

    test('what nobody decided before the run ended has expired', async () => {
      const run = await asked();
      await run.giveUp();
      await until(session, (snapshot) => first(snapshot)?.state === 'expired');
      await assert.rejects(session.dispatch({type: 'respond', toolCallId: 'book-1', approved: true}), {kind: 'input', message: /too late/});
    });

    test('a call that nobody asks about cannot be decided', async () => {
      await assert.rejects(session.dispatch({type: 'respond', toolCallId: 'none', approved: true}), {kind: 'input'});
    });
  });
}
