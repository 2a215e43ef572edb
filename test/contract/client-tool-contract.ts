import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, test} from 'node:test';
import type {ToolCall} from '../../src/session/client-tools.ts';
import type {ToolPart} from '../../src/session/message.ts';
import type {Session} from '../../src/session/session.ts';
import type {SessionSnapshot} from '../../src/session/snapshot.ts';
import {until} from '../helpers/until.ts';
import {type AskingRun, type AskStage, flight, type OpenAskStage, position} from './ask-stage.ts';

/** The part of the tool call, as it is now. */
export function toolPart({messages}: SessionSnapshot, toolCallId = 'locate-1'): ToolPart | undefined {
  const part = messages.flatMap(({parts}) => parts).find((candidate) => 'toolCallId' in candidate && candidate.toolCallId === toolCallId);
  return part as ToolPart | undefined;
}

/** What every session keeps to where agents leave tools to pages. */
export function clientToolContract(name: string, open: OpenAskStage): void {
  describe(`${name} keeps the contract of client tools`, () => {
    let stage: AskStage;
    let session: Session;

    beforeEach(async () => {
      stage = await open();
      ({session} = stage);
      await until(session, ({connection, history}) => connection.state === 'connected' && history.state === 'ready');
    });
    afterEach(() => stage.close());

    /** An agent that has left a call to the page, and waits. */
    async function left(): Promise<AskingRun> {
      await session.dispatch({type: 'send', text: 'Where am I?'});
      const run = await stage.answerNext();
      await run.call(position);
      await run.suspend();
      await until(session, ({runs}) => runs[0]?.status === 'suspended');
      return run;
    }

    test('a tool that the page offers is carried out once, and its result reaches the agent', async () => {
      const calls: ToolCall[] = [];
      session.offerTools((call) => call.toolName === 'locate' ? () => {
        calls.push(call);
        return {city: 'Lisbon'};
      } : undefined);
      const run = await left();
      const done = await until(session, (snapshot) => toolPart(snapshot)?.state === 'output-available');
      assert.deepEqual(toolPart(done)?.output, {city: 'Lisbon'});
      await run.resumed();
      await run.say('In Lisbon.');
      await run.end();
      await until(session, ({runs}) => runs[0]?.status === 'complete');
      assert.deepEqual(calls.map(({toolCallId, toolName, input}) => ({toolCallId, toolName, input})), [{toolCallId: 'locate-1', toolName: 'locate', input: position.input}]);
      assert.equal(session.snapshot.runs.length, 1);
    });

    test('a tool that fails is a failure with its words', async () => {
      session.offerTools(() => () => Promise.reject(new Error('The person said no.')));
      const run = await left();
      const failed = await until(session, (snapshot) => toolPart(snapshot)?.state === 'output-error');
      assert.equal(toolPart(failed)?.errorText, 'The person said no.');
      await run.resumed();
      await run.end();
    });

    test('a call that no page offers to carry out is left alone until one does', async () => {
      session.offerTools(() => undefined);
      const withdraw = session.offerTools(() => () => 'never');
      withdraw();
      await left();
      assert.equal(toolPart(session.snapshot)?.state, 'input-available');
      session.offerTools(() => () => 'late');
      const done = await until(session, (snapshot) => toolPart(snapshot)?.state === 'output-available');
      assert.equal(toolPart(done)?.output, 'late');
    });

    test('a call that needs approval is carried out only then, with the input that was approved', async () => {
      const inputs: unknown[] = [];
      session.offerTools(({input}) => () => inputs.push(input));
      await session.dispatch({type: 'send', text: 'Book it'});
      const run = await stage.answerNext();
      await run.ask(flight);
      await run.suspend();
      await until(session, ({runs, approvals}) => runs[0]?.status === 'suspended' && approvals.length === 1);
      assert.deepEqual(inputs, []);
      await session.dispatch({type: 'respond', toolCallId: 'book-1', approved: true, input: {seats: 2}});
      await until(session, (snapshot) => toolPart(snapshot, 'book-1')?.state === 'output-available');
      assert.deepEqual(inputs, [{seats: 2}]);
    });

    test('the end of the run stops what is being done', async () => {
      let signal: AbortSignal | undefined;
      const begun = new Promise<void>((resolve) => {
        session.offerTools((call) => () => {
          ({signal} = call);
          resolve();
          return new Promise(() => undefined);
        });
      });
      const run = await left();
      await begun;
      assert.equal(signal?.aborted, false);
      await run.giveUp();
      await until(session, ({runs}) => runs[0]?.status === 'complete');
      await new Promise((resolve) => setImmediate(resolve));
      assert.equal(signal.aborted, true);
    });
  });
}
