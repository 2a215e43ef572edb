import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, test} from 'node:test';
import {type SessionMessage, textOf} from '../../src/session/message.ts';
import type {Session} from '../../src/session/session.ts';
import type {SessionSnapshot} from '../../src/session/snapshot.ts';
import {until} from '../helpers/until.ts';
import type {DrivenRun, OpenStage, Stage} from './session-contract.ts';

const texts = ({messages}: SessionSnapshot): string[] => messages.map(textOf);
const said = ({messages}: SessionSnapshot, text: string): SessionMessage | undefined => messages.find((message) => textOf(message) === text);

/** What every session makes of messages that are to join a run. */
export function steerContract(name: string, open: OpenStage): void {
  describe(`${name} keeps the contract of steering`, () => {
    let stage: Stage;
    let session: Session;

    beforeEach(async () => {
      stage = await open({past: 0, pageSize: 30});
      ({session} = stage);
      await until(session, ({connection, history}) => connection.state === 'connected' && history.state === 'ready');
    });
    afterEach(() => stage.close());

    const steer = (text: string): Promise<void> => session.dispatch({type: 'send', text, policy: 'steer'});
    const isSteer = (state: SessionMessage['steer'], text: string) => (snapshot: SessionSnapshot): boolean => said(snapshot, text)?.steer === state;

    /** An answer that has begun, of which `Good` is there. */
    async function running(): Promise<DrivenRun> {
      await session.dispatch({type: 'send', text: 'Hello'});
      const run = await stage.answerNext();
      await run.append('Good');
      await until(session, (snapshot) => texts(snapshot).includes('Good'));
      return run;
    }

    test('a steer joins the run without stopping it, and is consumed when the model has had it', async () => {
      const run = await running();
      await steer('In euros');
      const waiting = await until(session, (snapshot) => said(snapshot, 'In euros')?.delivery === 'sent');
      assert.equal(said(waiting, 'In euros')?.steer, 'waiting');
      assert.equal(said(waiting, 'In euros')?.runId, waiting.runs[0]?.runId);
      assert.equal(said(waiting, 'In euros')?.mine, true);
      await run.hear();
      await run.append('It costs 5 €');
      await until(session, isSteer('consumed', 'In euros'));
      await run.end('complete');
      const {messages, runs} = await until(session, (snapshot) => snapshot.runs.at(-1)?.status === 'complete');
      assert.deepEqual(messages.map(textOf), ['Hello', 'Good', 'In euros', 'It costs 5 €']);
      assert.deepEqual(runs.map(({status}) => status), ['complete']);
      assert.equal(messages[2]?.steer, 'consumed');
      assert.equal(messages[0]?.steer, undefined);
    });

    test('several steers are consumed together, in their order', async () => {
      const run = await running();
      await steer('In euros');
      await steer('By train');
      await until(session, (snapshot) => said(snapshot, 'By train')?.delivery === 'sent');
      await run.hear();
      await run.append('Done');
      await until(session, (snapshot) => ['In euros', 'By train'].every((text) => isSteer('consumed', text)(snapshot)));
      await run.end('complete');
      const {messages} = await until(session, (snapshot) => snapshot.runs.at(-1)?.status === 'complete');
      assert.deepEqual(messages.map(textOf), ['Hello', 'Good', 'In euros', 'By train', 'Done']);
    });

    test('a steer that the run ends without is missed, and a retry says it anew with a run of its own', async () => {
      const run = await running();
      await steer('In euros');
      await until(session, (snapshot) => said(snapshot, 'In euros')?.delivery === 'sent');
      await run.end('complete');
      const missed = await until(session, isSteer('missed', 'In euros'));
      await session.dispatch({type: 'retry', messageId: said(missed, 'In euros')?.id ?? ''});
      const next = await stage.answerNext();
      await next.append('It costs 5 €');
      await next.end('complete');
      const {messages} = await until(session, ({runs}) => runs.length === 2 && runs.every(({status}) => status === 'complete'));
      assert.deepEqual(messages.map(textOf), ['Hello', 'Good', 'In euros', 'In euros', 'It costs 5 €']);
      assert.deepEqual(messages.map((message) => message.steer), [undefined, undefined, 'missed', undefined, undefined]);
    });

    test('a steer that waits in a run that is stopped is missed', async () => {
      await running();
      await steer('In euros');
      await until(session, (snapshot) => said(snapshot, 'In euros')?.delivery === 'sent');
      await session.dispatch({type: 'cancel'});
      const {runs} = await until(session, isSteer('missed', 'In euros'));
      assert.equal(runs.length, 1);
    });

    test('a steer with nothing running is a message like any other', async () => {
      await steer('Hello');
      const {messages} = await until(session, ({runs}) => runs[0]?.status === 'starting');
      assert.equal(messages[0]?.steer, undefined);
      await (await stage.answerNext()).end('complete');
    });

    test('a steer said before the run has begun joins it as soon as it has', async () => {
      await session.dispatch({type: 'send', text: 'Hello'});
      await until(session, ({runs}) => runs[0]?.status === 'starting');
      await steer('In euros');
      assert.equal(said(session.snapshot, 'In euros')?.steer, 'waiting');
      const run = await stage.answerNext();
      await run.append('Good');
      await until(session, (snapshot) => {
        const message = said(snapshot, 'In euros');
        return message?.delivery === 'sent' && message.runId !== undefined && message.runId === snapshot.runs[0]?.runId;
      });
      await run.hear();
      await run.append('It costs 5 €');
      await until(session, isSteer('consumed', 'In euros'));
      await run.end('complete');
      const {runs} = await until(session, (snapshot) => snapshot.runs.at(-1)?.status === 'complete');
      assert.equal(runs.length, 1);
    });

    test('steers said before the run has begun want no answers of their own, and hold up no queue', async () => {
      const wishes = ['In euros', 'By train', 'On Sunday', 'For two'];
      await session.dispatch({type: 'send', text: 'Hello'});
      await session.dispatch({type: 'send', text: 'And back', policy: 'queue'});
      for (const text of wishes) await steer(text);
      const run = await stage.answerNext();
      await run.append('Good');
      await until(session, ({messages}) => messages.length === 6 && messages.every(({delivery}) => delivery === 'sent'));
      await run.hear();
      await run.append('It costs 5 €');
      await until(session, isSteer('consumed', 'For two'));
      await run.end('complete');
      await (await stage.answerNext()).end('complete');
      const {runs} = await until(session, (snapshot) => snapshot.runs.length > 1 && snapshot.runs.every(({status}) => status === 'complete'));
      assert.equal(runs.length, 2);
    });

    test('a steer whose run is stopped before it began is kept back, and a retry sends it', async () => {
      await session.dispatch({type: 'send', text: 'Hello'});
      await until(session, ({runs}) => runs[0]?.status === 'starting');
      await steer('In euros');
      await session.dispatch({type: 'cancel'});
      const kept = await until(session, (snapshot) => said(snapshot, 'In euros')?.delivery === 'failed');
      assert.equal(said(kept, 'In euros')?.steer, 'missed');
      assert.equal(said(kept, 'In euros')?.error?.kind, 'input');
      await session.dispatch({type: 'retry', messageId: said(kept, 'In euros')?.id ?? ''});
      const {messages} = await until(session, (snapshot) => said(snapshot, 'In euros')?.delivery === 'sent');
      assert.deepEqual(messages.map(textOf), ['Hello', 'In euros']);
      assert.equal(messages[1]?.steer, undefined);
    });

    test('a steer into a run that waits for a person waits with it', async () => {
      const run = await running();
      await run.suspend();
      await until(session, ({runs}) => runs[0]?.status === 'suspended');
      await steer('In euros');
      const {runs} = await until(session, (snapshot) => said(snapshot, 'In euros')?.delivery === 'sent');
      assert.equal(said(session.snapshot, 'In euros')?.steer, 'waiting');
      assert.deepEqual(runs.map(({status}) => status), ['suspended']);
    });

    test('other pages, and those that come later, see the same fate', async (context) => {
      if (!stage.another) {
        context.skip('there is no other page');
        return;
      }
      const other = stage.another();
      const run = await running();
      await steer('In euros');
      await until(other, isSteer('waiting', 'In euros'));
      await run.hear();
      await run.append('It costs 5 €');
      await until(other, isSteer('consumed', 'In euros'));
      await until(session, isSteer('consumed', 'In euros'));
      await steer('By train');
      await until(other, isSteer('waiting', 'By train'));
      await run.end('complete');
      await until(other, isSteer('missed', 'By train'));
      const later = await until(stage.another(), isSteer('missed', 'By train'));
      assert.equal(said(later, 'In euros')?.steer, 'consumed');
      assert.deepEqual(texts(later), texts(session.snapshot));
    });

    test('another page can steer a run that was not begun there', async (context) => {
      if (!stage.another) {
        context.skip('there is no other page');
        return;
      }
      const run = await running();
      const other = stage.another();
      await until(other, ({runs}) => runs[0]?.status === 'active');
      await other.dispatch({type: 'send', text: 'In euros', policy: 'steer'});
      await until(session, isSteer('waiting', 'In euros'));
      await run.hear();
      await run.append('It costs 5 €');
      await until(other, isSteer('consumed', 'In euros'));
      await run.end('complete');
    });
  });
}
