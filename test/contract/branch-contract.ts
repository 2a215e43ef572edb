import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, test} from 'node:test';
import {textOf} from '../../src/session/message.ts';
import type {Session} from '../../src/session/session.ts';
import type {SessionSnapshot} from '../../src/session/snapshot.ts';
import {until} from '../helpers/until.ts';
import type {AskStage, OpenAskStage} from './ask-stage.ts';

/** What is shown, each message with its place among the versions of it. */
export const shown = ({messages}: SessionSnapshot): string[] =>
  messages.map((message) => textOf(message) + (message.branch ? ` ${message.branch.index + 1}/${message.branch.count}` : ''));

const isOver = ({runs}: SessionSnapshot): boolean => runs.length > 0 && runs.every(({status}) => status === 'complete' || status === 'cancelled');

/** What every session keeps to where the same thing is said more than once. */
export function branchContract(name: string, open: OpenAskStage): void {
  describe(`${name} keeps the contract of branches`, () => {
    let stage: AskStage;
    let session: Session;

    beforeEach(async () => {
      stage = await open();
      ({session} = stage);
      await until(session, ({connection, history}) => connection.state === 'connected' && history.state === 'ready');
    });
    afterEach(() => stage.close());

    async function answer(text: string): Promise<void> {
      const run = await stage.answerNext();
      await run.say(text);
      await run.end();
      await until(session, (snapshot) => isOver(snapshot) && shown(snapshot).some((line) => line.startsWith(text)));
    }

    async function say(text: string, reply: string): Promise<void> {
      await session.dispatch({type: 'send', text});
      await answer(reply);
    }

    const idOf = (text: string): string => session.snapshot.messages.find((message) => textOf(message) === text)?.id ?? `no ${text}`;
    const show = (text: string, index: number): Promise<void> => session.dispatch({type: 'select-branch', messageId: idOf(text), index});

    test('an edited message takes the place of the old one, and both stay', async () => {
      await say('To Porto', 'Porto is fine');
      await say('By train', 'Three hours');
      await session.dispatch({type: 'edit', messageId: idOf('By train'), text: 'By bus'});
      await until(session, (snapshot) => shown(snapshot).join() === 'To Porto,Porto is fine,By bus 2/2');
      await answer('Four hours');
      assert.deepEqual(shown(session.snapshot), ['To Porto', 'Porto is fine', 'By bus 2/2', 'Four hours']);
      await show('By bus', 0);
      await until(session, (snapshot) => shown(snapshot).at(-1) === 'Three hours');
      assert.deepEqual(shown(session.snapshot), ['To Porto', 'Porto is fine', 'By train 1/2', 'Three hours']);
      assert.equal(session.snapshot.runs.length, 2);
      await say('And back', 'At six');
      await show('By train', 1);
      await until(session, (snapshot) => shown(snapshot).at(-1) === 'Four hours');
    });

    test('the first message can be edited too, and more than once', async () => {
      await say('To Porto', 'Porto is fine');
      await session.dispatch({type: 'edit', messageId: idOf('To Porto'), text: 'To Faro'});
      await answer('Faro is fine');
      await session.dispatch({type: 'edit', messageId: idOf('To Faro'), text: 'To Braga'});
      await answer('Braga is fine');
      assert.deepEqual(shown(session.snapshot), ['To Braga 3/3', 'Braga is fine']);
      await show('To Braga', -4);
      await until(session, (snapshot) => shown(snapshot).join() === 'To Porto 1/3,Porto is fine');
      await show('To Porto', 99);
      await until(session, (snapshot) => shown(snapshot)[0] === 'To Braga 3/3');
    });

    test('an edit stops what is being answered', async () => {
      await session.dispatch({type: 'send', text: 'To Porto'});
      const run = await stage.answerNext();
      await run.say('Porto');
      await until(session, (snapshot) => shown(snapshot)[1] === 'Porto');
      await session.dispatch({type: 'edit', messageId: idOf('To Porto'), text: 'To Faro'});
      await answer('Faro is fine');
      assert.deepEqual(shown(session.snapshot), ['To Faro 2/2', 'Faro is fine']);
      await show('To Faro', 0);
      const {runs} = await until(session, (snapshot) => shown(snapshot)[1] === 'Porto' && snapshot.runs[0]?.status === 'cancelled');
      assert.equal(runs.length, 1);
    });

    test('an answer that is given again takes the place of the old one once it begins, and both stay', async () => {
      await say('To Porto', 'Porto is fine');
      await session.dispatch({type: 'regenerate', messageId: idOf('Porto is fine')});
      const asking = await until(session, ({runs}) => runs.some(({status}) => status === 'starting'));
      assert.deepEqual(shown(asking), ['To Porto', 'Porto is fine']);
      await answer('Porto is lovely');
      await until(session, (snapshot) => shown(snapshot)[1] === 'Porto is lovely 2/2');
      await show('Porto is lovely', 0);
      const {runs} = await until(session, (snapshot) => shown(snapshot)[1] === 'Porto is fine 1/2');
      assert.deepEqual(runs.map(({status}) => status), ['complete']);
    });

    test('what is given again answers the same as before, also where more was said alongside', async () => {
      await session.dispatch({type: 'send', text: 'To Porto'});
      await session.dispatch({type: 'send', text: 'To Faro', policy: 'alongside'});
      const runs = [await stage.answerNext(), await stage.answerNext()];
      await runs[0]?.say('Porto is fine');
      await runs[1]?.say('Faro is fine');
      for (const run of runs) await run.end();
      await until(session, (snapshot) => isOver(snapshot) && snapshot.messages.length === 4);
      await session.dispatch({type: 'regenerate', messageId: idOf('Porto is fine')});
      await answer('Porto is lovely');
      assert.deepEqual(shown(session.snapshot).sort(), ['Faro is fine', 'Porto is lovely 2/2', 'To Faro', 'To Porto']);
      await show('Porto is lovely', 0);
      await until(session, (snapshot) => shown(snapshot).sort().join() === 'Faro is fine,Porto is fine 1/2,To Faro,To Porto');
    });

    test('what was said alongside can be said differently, and what stands around it stays', async () => {
      await session.dispatch({type: 'send', text: 'To Porto'});
      await session.dispatch({type: 'send', text: 'To Faro', policy: 'alongside'});
      const runs = [await stage.answerNext(), await stage.answerNext()];
      await runs[0]?.say('Porto is fine');
      await runs[1]?.say('Faro is fine');
      for (const run of runs) await run.end();
      await until(session, (snapshot) => isOver(snapshot) && snapshot.messages.length === 4);
      await session.dispatch({type: 'edit', messageId: idOf('To Faro'), text: 'To Braga'});
      await answer('Braga is fine');
      assert.deepEqual(shown(session.snapshot).sort(), ['Braga is fine', 'Porto is fine', 'To Braga 2/2', 'To Porto']);
      await session.dispatch({type: 'edit', messageId: idOf('To Braga'), text: 'To Beja'});
      await answer('Beja is fine');
      for (const [index, town] of ['Faro', 'Braga', 'Beja'].entries()) {
        const from = session.snapshot.messages.find(({branch}) => branch);
        await session.dispatch({type: 'select-branch', messageId: from?.id ?? '', index});
        await until(session, (snapshot) => shown(snapshot).sort().join() === [`${town} is fine`, 'Porto is fine', 'To Porto', `To ${town} ${index + 1}/3`].sort().join());
      }
    });

    test('an answer into which something was said at once has its versions at the answer', async () => {
      await session.dispatch({type: 'send', text: 'To Porto'});
      const run = await stage.answerNext();
      await until(session, (snapshot) => snapshot.runs[0]?.status === 'active');
      await session.dispatch({type: 'send', text: 'By train', policy: 'steer'});
      await until(session, ({messages}) => messages.some((message) => textOf(message) === 'By train' && message.delivery === 'sent'));
      await run.say('Porto is fine');
      await run.end();
      await until(session, (snapshot) => isOver(snapshot) && shown(snapshot).includes('Porto is fine'));
      await session.dispatch({type: 'regenerate', messageId: idOf('Porto is fine')});
      await answer('Porto is lovely');
      assert.deepEqual(shown(session.snapshot), ['To Porto', 'Porto is lovely 2/2']);
      await show('Porto is lovely', 0);
      const {messages} = await until(session, (snapshot) => shown(snapshot).includes('Porto is fine 1/2'));
      assert.equal(messages.find((message) => textOf(message) === 'By train')?.branch, undefined);
      await show('Porto is fine', 1);
      await until(session, (snapshot) => shown(snapshot).join() === 'To Porto,Porto is lovely 2/2');
    });

    test('what cannot be edited, given again or shown is refused with a reason', async () => {
      await say('To Porto', 'Porto is fine');
      const refused = {name: 'SessionError', kind: 'input'};
      await assert.rejects(session.dispatch({type: 'edit', messageId: idOf('Porto is fine'), text: 'x'}), refused);
      await assert.rejects(session.dispatch({type: 'edit', messageId: idOf('To Porto'), text: ' '}), refused);
      await assert.rejects(session.dispatch({type: 'edit', messageId: 'none', text: 'x'}), refused);
      await assert.rejects(session.dispatch({type: 'regenerate', messageId: idOf('To Porto')}), refused);
      await assert.rejects(session.dispatch({type: 'select-branch', messageId: idOf('To Porto'), index: 0}), refused);
      assert.deepEqual(shown(session.snapshot), ['To Porto', 'Porto is fine']);
    });
  });
}
