import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, test} from 'node:test';
import {textOf} from '../../src/session/message.ts';
import type {Session, SessionChange} from '../../src/session/session.ts';
import type {RunSnapshot, SessionSnapshot} from '../../src/session/snapshot.ts';
import {until} from '../helpers/until.ts';

/** An agent that the contract tests drive by hand. */
export interface DrivenRun {
  append(delta: string): Promise<void>;
  /** Waits for something said into the run, and has the model before it all that was; what it appends then is another message. */
  hear(): Promise<void>;
  /** Waits for a person, as for an approval. */
  suspend(): Promise<void>;
  end(reason: 'complete' | 'error', message?: string): Promise<void>;
}

export interface Stage {
  readonly session: Session;
  /** Opens the same session once more, as another page of the same person does; closed with the stage. Undefined where there is only one. */
  readonly another?: () => Session;
  /** Waits until a message asks for an answer, and begins to answer it. */
  answerNext(): Promise<DrivenRun>;
  close(): Promise<void>;
}

/** How many pairs of messages are in a session's past, and how many messages are revealed at first. */
export type OpenStage = (options: {past: number; pageSize: number}) => Promise<Stage>;

const lastText = ({messages}: SessionSnapshot): string => {
  const last = messages.at(-1);
  return last ? textOf(last) : '';
};
const lastRun = ({runs}: SessionSnapshot): RunSnapshot | undefined => runs.at(-1);

/**
 * What every {@link Session} keeps to, whatever is behind it. `open` is given how many pairs of messages are in its past.
 * @param takesFiles whether its agents take files.
 */
export function sessionContract(name: string, open: OpenStage, {takesFiles = true} = {}): void {
  describe(`${name} keeps the contract of a session`, () => {
    let stage: Stage;
    let session: Session;

    beforeEach(async () => {
      stage = await open({past: 0, pageSize: 30});
      ({session} = stage);
      await until(session, ({connection, history}) => connection.state === 'connected' && history.state === 'ready');
    });
    afterEach(() => stage.close());

    const say = (text: string): Promise<void> => session.dispatch({type: 'send', text});

    test('a message is mine, is confirmed, and waits for its answer', async () => {
      await say('Hello');
      const {messages, runs, clientId} = await until(session, (snapshot) => snapshot.messages[0]?.delivery === 'sent' && snapshot.runs.length === 1);
      assert.equal(lastText({messages} as SessionSnapshot), 'Hello');
      assert.deepEqual([messages[0]?.role, messages[0]?.mine, messages[0]?.clientId], ['user', true, clientId]);
      assert.deepEqual([runs[0]?.status, runs[0]?.inputId], ['starting', messages[0]?.id]);
    });

    test('an answer streams into one message and its run ends complete', async () => {
      await say('Hello');
      const run = await stage.answerNext();
      await run.append('Good ');
      const streaming = await until(session, (snapshot) => lastText(snapshot) === 'Good ');
      assert.equal(lastRun(streaming)?.status, 'active');
      await run.append('day');
      await run.end('complete');
      const {messages, runs} = await until(session, (snapshot) => lastRun(snapshot)?.status === 'complete');
      assert.deepEqual(messages.map(textOf), ['Hello', 'Good day']);
      assert.equal(runs.length, 1);
      assert.equal(messages[1]?.runId, runs[0]?.runId);
      assert.notEqual(runs[0]?.agentId, undefined);
    });

    test('a token changes no list: it is announced by the id of its message alone', async () => {
      const announcementOf = (text: string): Promise<SessionChange> =>
        new Promise((resolve) => {
          session.subscribe((change) => {
            if (lastText(change.snapshot) === text && lastRun(change.snapshot)?.status === 'active') resolve(change);
          });
        });
      const first = announcementOf('Good');
      const second = announcementOf('Good day');
      await say('Hello');
      const run = await stage.answerNext();
      await run.append('Good');
      const {snapshot: {messages}} = await first;
      await run.append(' day');
      const {snapshot, previous, messageIds} = await second;
      assert.deepEqual([...messageIds], [messages[1]?.id]);
      assert.equal(snapshot.messages, previous.messages);
      assert.equal(snapshot.runs, previous.runs);
    });

    test('a stopped run ends cancelled and keeps what it had written', async () => {
      await say('Hello');
      const run = await stage.answerNext();
      await run.append('Good');
      await until(session, (snapshot) => lastText(snapshot) === 'Good');
      await session.dispatch({type: 'cancel'});
      const {messages, runs} = await until(session, (snapshot) => lastRun(snapshot)?.status === 'cancelled');
      assert.deepEqual(messages.map(textOf), ['Hello', 'Good']);
      assert.equal(runs[0]?.stop, undefined);
    });

    test('a message sent during an answer interrupts it, and both stay', async () => {
      await say('Hello');
      const run = await stage.answerNext();
      await run.append('Good');
      await until(session, (snapshot) => lastText(snapshot) === 'Good');
      await say('Stop, use euros');
      const next = await stage.answerNext();
      await next.append('In euros');
      await next.end('complete');
      const {messages, runs} = await until(session, (snapshot) => lastRun(snapshot)?.status === 'complete');
      assert.deepEqual(messages.map(textOf), ['Hello', 'Good', 'Stop, use euros', 'In euros']);
      assert.deepEqual(runs.map(({status}) => status), ['cancelled', 'complete']);
    });

    test('a message sent alongside leaves the running answer alone', async () => {
      await say('Hello');
      const first = await stage.answerNext();
      await first.append('Good');
      await until(session, (snapshot) => lastText(snapshot) === 'Good');
      await session.dispatch({type: 'send', text: 'Also the weather', policy: 'alongside'});
      const second = await stage.answerNext();
      await second.append('Sunny');
      await first.append(' day');
      await second.end('complete');
      await first.end('complete');
      const {messages} = await until(session, ({runs}) => runs.length === 2 && runs.every(({status}) => status === 'complete'));
      assert.deepEqual(messages.map(textOf), ['Hello', 'Good day', 'Also the weather', 'Sunny']);
    });

    test('a failed run says why, and a retry asks for another answer to the same message', async () => {
      await say('Hello');
      const run = await stage.answerNext();
      await run.append('Go');
      await run.end('error', 'the model is overloaded');
      const failed = await until(session, (snapshot) => lastRun(snapshot)?.status === 'error');
      assert.match(lastRun(failed)?.error?.message ?? '', /the model is overloaded/);
      assert.equal(lastRun(failed)?.error?.kind, 'agent');
      const inputId = lastRun(failed)?.inputId ?? '';
      assert.equal(inputId, failed.messages[0]?.id);
      await session.dispatch({type: 'retry', messageId: inputId});
      const again = await stage.answerNext();
      await again.append('Good day');
      await again.end('complete');
      const {messages} = await until(session, (snapshot) => lastRun(snapshot)?.status === 'complete');
      assert.equal(messages[0]?.id, inputId);
      assert.equal(lastText({messages} as SessionSnapshot), 'Good day');
    });

    if (takesFiles) test('the files of a message keep their names, on every page and later', async (context) => {
      const files = [{type: 'file' as const, mediaType: 'text/plain', url: 'data:text/plain;base64,SGk=', filename: 'wishes.txt'}, {type: 'file' as const, mediaType: 'application/pdf', url: 'https://files.example/2', filename: 'Übersicht 2.pdf'}];
      const isThere = ({messages}: SessionSnapshot): boolean => messages.some(({delivery, parts}) => delivery === 'sent' && parts.length === 3);
      await session.dispatch({type: 'send', text: 'Read these', files});
      const [here] = (await until(session, isThere)).messages;
      assert.deepEqual(here?.parts, [{type: 'text', text: 'Read these'}, ...files]);
      assert.equal(session.snapshot.messages[0], here);
      if (!stage.another) {
        context.diagnostic('there is no other page');
        return;
      }
      const there = await until(stage.another(), (snapshot) => isThere(snapshot) && snapshot.messages.some(({parts}) => parts.some((part) => part.type === 'file' && part.filename !== undefined)));
      assert.deepEqual(there.messages[0]?.parts.slice(1), files);
    });

    test('an empty message is refused with a reason, and nothing is sent', async () => {
      await assert.rejects(say('  \n'), {name: 'SessionError', kind: 'input'});
      assert.equal(session.snapshot.messages.length, 0);
    });

    test('who unsubscribed hears nothing more', async () => {
      let calls = 0;
      const unsubscribe = session.subscribe(() => calls++);
      unsubscribe();
      await say('Hello');
      await until(session, (snapshot) => snapshot.messages[0]?.delivery === 'sent');
      assert.equal(calls, 0);
    });
  });

  describe(`${name} keeps the contract of a session with a past`, () => {
    test('the newest page is there at first, and older ones on request, each message once and in order', async () => {
      const stage = await open({past: 5, pageSize: 4});
      try {
        const first = await until(stage.session, ({history}) => history.state === 'ready');
        assert.deepEqual(first.messages.map(textOf), ['question 4', 'answer 4', 'question 5', 'answer 5']);
        assert.equal(first.history.hasOlder, true);
        await stage.session.dispatch({type: 'load-older'});
        await stage.session.dispatch({type: 'load-older', limit: 50});
        const all = stage.session.snapshot;
        assert.deepEqual(all.messages.map(textOf), [1, 2, 3, 4, 5].flatMap((n) => [`question ${n}`, `answer ${n}`]));
        assert.equal(all.history.hasOlder, false);
        assert.equal(all.messages.every(({delivery, createdAt}) => delivery === 'sent' && createdAt !== undefined), true);
      } finally {
        await stage.close();
      }
    });
  });
}
