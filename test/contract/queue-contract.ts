import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, test} from 'node:test';
import {textOf} from '../../src/session/message.ts';
import {queueLimit} from '../../src/session/queue.ts';
import type {Session} from '../../src/session/session.ts';
import type {SessionSnapshot} from '../../src/session/snapshot.ts';
import {until} from '../helpers/until.ts';
import type {DrivenRun, OpenStage, Stage} from './session-contract.ts';

const texts = ({messages}: SessionSnapshot): string[] => messages.map(textOf);
const queued = ({queue}: SessionSnapshot): string[] => queue.map(({text}) => text);

/** What every session does with messages that wait for their turn. */
export function queueContract(name: string, open: OpenStage): void {
  describe(`${name} keeps the contract of the queue`, () => {
    let stage: Stage;
    let session: Session;

    beforeEach(async () => {
      stage = await open({past: 0, pageSize: 30});
      ({session} = stage);
      await until(session, ({connection, history}) => connection.state === 'connected' && history.state === 'ready');
    });
    afterEach(() => stage.close());

    const queue = (text: string): Promise<void> => session.dispatch({type: 'send', text, policy: 'queue'});
    const idOf = (text: string): string => session.snapshot.queue.find((entry) => entry.text === text)?.id ?? '';

    async function running(): Promise<DrivenRun> {
      await session.dispatch({type: 'send', text: 'Hello'});
      const run = await stage.answerNext();
      await run.append('Good');
      await until(session, (snapshot) => texts(snapshot).includes('Good'));
      return run;
    }

    test('with nothing running, a queued message goes at once', async () => {
      await queue('Hello');
      const {queue: left} = await until(session, (snapshot) => texts(snapshot).includes('Hello'));
      assert.deepEqual(left, []);
      await (await stage.answerNext()).end('complete');
    });

    test('queued messages go out one by one, as runs end', async () => {
      const run = await running();
      await queue('one');
      await queue('two');
      assert.deepEqual(queued(session.snapshot), ['one', 'two']);
      assert.deepEqual(texts(session.snapshot), ['Hello', 'Good']);
      await run.end('complete');
      const next = await stage.answerNext();
      const meanwhile = await until(session, ({runs}) => runs.at(-1)?.status === 'active');
      assert.deepEqual(queued(meanwhile), ['two']);
      assert.equal(texts(meanwhile).includes('two'), false);
      await next.append('first');
      await next.end('complete');
      const last = await stage.answerNext();
      await last.append('second');
      await last.end('complete');
      const done = await until(session, ({runs}) => runs.length === 3 && runs.every(({status}) => status === 'complete'));
      assert.deepEqual(texts(done), ['Hello', 'Good', 'one', 'first', 'two', 'second']);
      assert.deepEqual(done.queue, []);
    });

    test('a queued message can be changed, moved and taken out', async () => {
      const run = await running();
      for (const text of ['one', 'two', 'three']) await queue(text);
      await session.dispatch({type: 'change-queued', messageId: idOf('one'), text: 'uno'});
      await session.dispatch({type: 'move-queued', messageId: idOf('three'), index: 0});
      await session.dispatch({type: 'discard', messageId: idOf('two')});
      assert.deepEqual(queued(session.snapshot), ['three', 'uno']);
      await session.dispatch({type: 'move-queued', messageId: idOf('three'), index: 99});
      assert.deepEqual(queued(session.snapshot), ['uno', 'three']);
      await run.end('complete');
      await (await stage.answerNext()).end('complete');
      await until(session, (snapshot) => texts(snapshot).includes('uno'));
    });

    test('what does not wait any more cannot be changed, and no message can be made empty', async () => {
      await running();
      await queue('one');
      const input = {name: 'SessionError', kind: 'input'};
      await assert.rejects(session.dispatch({type: 'change-queued', messageId: 'gone', text: 'two'}), input);
      await assert.rejects(session.dispatch({type: 'move-queued', messageId: 'gone', index: 0}), input);
      await assert.rejects(session.dispatch({type: 'change-queued', messageId: idOf('one'), text: ' '}), input);
      assert.deepEqual(queued(session.snapshot), ['one']);
    });

    test('a full queue takes nothing more, and says what to do', async () => {
      await running();
      for (let count = 1; count <= queueLimit; count++) await queue(`message ${count}`);
      await assert.rejects(queue('one too many'), ({kind, hint}: {kind?: string; hint?: string}) => kind === 'input' && hint !== undefined);
      assert.equal(session.snapshot.queue.length, queueLimit);
    });

    test('a stop holds the queue until it is released', async () => {
      await running();
      await queue('one');
      await session.dispatch({type: 'cancel'});
      const held = await until(session, ({runs}) => runs[0]?.status === 'cancelled');
      assert.equal(held.queueHold, 'stopped');
      assert.deepEqual(queued(held), ['one']);
      await session.dispatch({type: 'release-queue'});
      const released = await until(session, (snapshot) => texts(snapshot).includes('one'));
      assert.equal(released.queueHold, undefined);
      await (await stage.answerNext()).end('complete');
    });

    test('whatever the person sends lets a held queue go on after it', async () => {
      await running();
      await queue('one');
      await session.dispatch({type: 'cancel'});
      await until(session, ({runs, queueHold}) => runs[0]?.status === 'cancelled' && queueHold === 'stopped');
      await session.dispatch({type: 'send', text: 'In between'});
      await (await stage.answerNext()).end('complete');
      await (await stage.answerNext()).end('complete');
      const done = await until(session, ({runs}) => runs.filter(({status}) => status === 'complete').length === 2);
      assert.deepEqual(texts(done).filter((text) => text !== ''), ['Hello', 'Good', 'In between', 'one']);
    });

    test('an answer that is asked for again lets a held queue go on after it', async () => {
      await running();
      await queue('one');
      await session.dispatch({type: 'cancel'});
      const {messages} = await until(session, ({runs, queueHold}) => runs[0]?.status === 'cancelled' && queueHold === 'stopped');
      await session.dispatch({type: 'regenerate', messageId: messages[1]?.id ?? ''});
      const run = await stage.answerNext();
      await run.append('Better');
      await until(session, (snapshot) => texts(snapshot).includes('Better'));
      assert.deepEqual(queued(session.snapshot), ['one']);
      await run.end('complete');
      await until(session, (snapshot) => texts(snapshot).includes('one'));
      await (await stage.answerNext()).end('complete');
    });

    test('an interrupting message goes before the queue, which then goes on', async () => {
      await running();
      await queue('one');
      await session.dispatch({type: 'send', text: 'At once'});
      const next = await stage.answerNext();
      assert.deepEqual(queued(session.snapshot), ['one']);
      await next.end('complete');
      await (await stage.answerNext()).end('complete');
      await until(session, (snapshot) => texts(snapshot).includes('one') && snapshot.queue.length === 0);
    });

    test('the queue never overtakes a steer, and waits for word on one that was missed', async () => {
      const run = await running();
      await queue('one');
      await session.dispatch({type: 'send', text: 'In euros', policy: 'steer'});
      await until(session, ({messages}) => messages.some((message) => textOf(message) === 'In euros' && message.delivery === 'sent'));
      await run.end('complete');
      const held = await until(session, ({messages}) => messages.some(({steer}) => steer === 'missed'));
      assert.equal(held.queueHold, 'missed');
      assert.deepEqual(queued(held), ['one']);
      await session.dispatch({type: 'retry', messageId: held.messages.find(({steer}) => steer === 'missed')?.id ?? ''});
      const again = await stage.answerNext();
      assert.deepEqual(queued(session.snapshot), ['one']);
      await again.end('complete');
      await (await stage.answerNext()).end('complete');
      const done = await until(session, (snapshot) => texts(snapshot).includes('one'));
      assert.deepEqual(texts(done).filter((text) => text !== ''), ['Hello', 'Good', 'In euros', 'In euros', 'one']);
    });

    test('nor does it overtake a steer that was said before the message was queued', async () => {
      const run = await running();
      await session.dispatch({type: 'send', text: 'In euros', policy: 'steer'});
      await until(session, ({messages}) => messages.some((message) => textOf(message) === 'In euros' && message.delivery === 'sent'));
      await queue('one');
      await run.end('complete');
      const held = await until(session, ({queueHold}) => queueHold === 'missed');
      assert.deepEqual(queued(held), ['one']);
      await session.dispatch({type: 'release-queue'});
      await until(session, (snapshot) => texts(snapshot).includes('one'));
      await (await stage.answerNext()).end('complete');
    });

    test('a missed steer that is discarded lets the queue go on', async () => {
      const run = await running();
      await queue('one');
      await session.dispatch({type: 'send', text: 'In euros', policy: 'steer'});
      await until(session, ({messages}) => messages.some((message) => textOf(message) === 'In euros' && message.delivery === 'sent'));
      await run.end('complete');
      const {messages} = await until(session, ({queueHold}) => queueHold === 'missed');
      await session.dispatch({type: 'discard', messageId: messages.find(({steer}) => steer === 'missed')?.id ?? ''});
      await until(session, (snapshot) => texts(snapshot).includes('one'));
      await (await stage.answerNext()).end('complete');
    });

    test('a steer that was consumed does not hold the queue', async () => {
      const run = await running();
      await queue('one');
      await session.dispatch({type: 'send', text: 'In euros', policy: 'steer'});
      await until(session, ({messages}) => messages.some((message) => textOf(message) === 'In euros' && message.delivery === 'sent'));
      await run.hear();
      await run.append('5 €');
      await run.end('complete');
      await until(session, (snapshot) => texts(snapshot).includes('one'));
      await (await stage.answerNext()).end('complete');
    });

    test('a run that waits for a person holds the queue, and says so', async () => {
      const run = await running();
      await queue('one');
      assert.equal(session.snapshot.queueHold, undefined);
      await run.suspend();
      await until(session, ({queueHold}) => queueHold === 'waiting');
      await queue('two');
      assert.deepEqual(queued(session.snapshot), ['one', 'two']);
      assert.equal(session.snapshot.queueHold, 'waiting');
    });

    test('the queue goes on beside a run that waits for a person, where they ask for it', async () => {
      const run = await running();
      await run.suspend();
      await until(session, ({runs}) => runs[0]?.status === 'suspended');
      await queue('one');
      await queue('two');
      await until(session, ({queueHold}) => queueHold === 'waiting');
      await session.dispatch({type: 'release-queue'});
      const beside = await stage.answerNext();
      assert.deepEqual(queued(session.snapshot), ['two']);
      await beside.end('complete');
      await (await stage.answerNext()).end('complete');
      const done = await until(session, ({queue: left, runs}) => left.length === 0 && runs.filter(({status}) => status === 'complete').length === 2);
      assert.deepEqual([done.queueHold, done.runs[0]?.status], [undefined, 'suspended']);
    });
  });
}
