import assert from 'node:assert/strict';
import {after, afterEach, before, beforeEach, describe, test} from 'node:test';
import {createAgentSession} from '@ably/ai-transport/vercel';
import {defaultKey} from '../../broker/index.ts';
import {connectAgent} from '../../demo/agent/connect-agent.ts';
import {instantPace, type Pace} from '../../demo/model/pace.ts';
import {tokensOf} from '../../demo/model/tokens.ts';
import {replyTo} from '../../demo/model/write.ts';
import {type RunningDemo, startDemo} from '../../demo/start-demo.ts';
import {Person} from './person.ts';
import {SteppedPace} from './stepped-pace.ts';

const whole = replyTo(['Two days in Rome']).text;

describe('the demo’s agent', () => {
  let demo: RunningDemo;
  let ana: Person;
  let stepped: SteppedPace;
  let pace: Pace;
  let conversations = 0;
  let callsBefore = 0;

  const calls = (): number => demo.modelCalls() - callsBefore;
  const ended = (count = 1) => () => ana.runs.length === count && !ana.statuses.includes('active');

  before(async () => {
    demo = await startDemo({port: 0, isTest: true, pace: (beat) => pace(beat), log: (line) => console.error(line)});
  });
  after(() => demo.close());

  beforeEach(async () => {
    stepped = new SteppedPace();
    pace = stepped.pace;
    callsBefore = demo.modelCalls();
    conversations += 1;
    ana = await Person.join(demo, {channel: `conversations:test-${conversations}`});
  });
  afterEach(async () => {
    stepped.finish();
    await ana.leave();
  });

  test('streams an answer into the conversation', async () => {
    await ana.say('Three days in Lisbon, €600');
    stepped.write(20);
    await ana.until(() => ana.answer.length > 20);
    assert.deepEqual(ana.statuses, ['active']);
    stepped.finish();
    await ana.until(ended());
    assert.deepEqual(ana.statuses, ['complete']);
    assert.equal(ana.answer, replyTo(['Three days in Lisbon, €600']).text);
    assert.equal(calls(), 1);
  });

  test('answers once when it is woken twice at the same time', async () => {
    const run = await ana.publish('hello');
    const invocation = run.toInvocation().toJSON();
    const answers = await Promise.all([ana.wake(invocation), ana.wake(invocation)]);
    assert.deepEqual(answers.map(({status}) => status), [202, 202]);
    stepped.finish();
    await ana.until(ended());
    assert.equal(calls(), 1);
  });

  test('answers once when it is woken again while it writes, and after', async () => {
    pace = instantPace;
    const run = await ana.say('hello');
    await ana.until(ended());
    await ana.wake(run.toInvocation().toJSON());
    await ana.say('thanks');
    await ana.until(ended(2));
    assert.deepEqual(ana.texts.filter((text) => text.startsWith('assistant')).length, 2);
    assert.equal(calls(), 2);
  });

  test('is present before its run begins, each time', async () => {
    pace = instantPace;
    const order: string[] = [];
    const {presence, tree} = ana.session;
    let leaves: () => void = () => undefined;
    await presence.subscribe(['enter', 'leave'], ({action}) => {
      order.push(action);
      if (action === 'leave') leaves();
    });
    tree.on('ably-message', ({name}) => {
      if (name === 'ai-run-start') order.push('run');
    });
    for (const text of ['hello', 'thanks']) {
      const gone = new Promise<void>((resolve) => (leaves = resolve));
      await ana.say(text);
      await gone;
    }
    assert.equal(order.join(' '), 'enter run leave enter run leave');
  });

  test('stops the model when a person stops the run, and keeps what was written', async () => {
    const partial = tokensOf(replyTo(['Three days in Lisbon']).text).slice(0, 12).join('');
    await ana.say('Three days in Lisbon');
    stepped.write(12);
    await ana.until(() => ana.answer === partial);
    await ana.session.cancel(ana.runs[0]!.runId);
    await ana.until(ended());
    assert.deepEqual(ana.statuses, ['cancelled']);
    assert.equal(ana.answer, partial);
    assert.equal(stepped.aborted, 1);
  });

  test('honours a stop that was sent before it was woken', async () => {
    const run = await ana.publish('Three days in Lisbon');
    await run.cancel();
    await ana.wake(run.toInvocation().toJSON());
    await ana.until(() => ana.statuses.join() === 'cancelled');
    assert.equal(calls(), 0);
  });

  test('ends a run whose model breaks off with the reason, and keeps what was written', async () => {
    pace = instantPace;
    await ana.say('/fail');
    await ana.until(ended());
    assert.deepEqual(ana.statuses, ['error']);
    assert.match(ana.failure, /^The model failed: it broke off in mid-answer/);
    assert.match(ana.answer, /^Hello!/);
  });

  test('answers anew when it is woken again after its run failed', async () => {
    pace = () => Promise.reject(new Error('overloaded'));
    const run = await ana.say('hello');
    await ana.until(ended());
    assert.match(ana.failure, /overloaded/);
    pace = instantPace;
    await ana.wake(run.toInvocation().toJSON());
    await ana.until(() => ana.statuses.join() === 'complete');
    assert.equal(ana.answer, replyTo(['hello']).text);
    assert.equal(calls(), 2);
  });

  test('goes on from an answer that was interrupted', async () => {
    const first = await ana.say('Two days in Rome');
    stepped.write(10);
    await ana.until(() => ana.answer.length > 5);
    await first.cancel();
    await ana.say('make it 4 days');
    stepped.finish();
    await ana.until(ended(2));
    assert.match(ana.answer, /^## 4 days in Rome/);
  });

  test('answers anew in place of an answer, and to what was said in place of a message', async () => {
    pace = instantPace;
    await ana.say('Two days in Rome');
    await ana.until(ended());
    const {view} = ana.session;
    const again = await view.regenerate(view.getMessages().at(-1)!.codecMessageId);
    await ana.wake(again.toInvocation().toJSON());
    await ana.until(() => calls() === 2 && ended()());
    assert.equal(ana.answer, whole);
    const message = {id: crypto.randomUUID(), role: 'user' as const, parts: [{type: 'text' as const, text: 'Three days in Lisbon'}]};
    const edited = await view.edit(view.getMessages()[0]!.codecMessageId, {kind: 'user-message', message});
    await ana.wake(edited.toInvocation().toJSON());
    await ana.until(() => calls() === 3 && ended()());
    assert.deepEqual(ana.texts, ['user: Three days in Lisbon', `assistant: ${replyTo(['Three days in Lisbon']).text}`]);
  });

  test('answers two at once without one cutting off the other', async () => {
    await ana.say('/long 2');
    stepped.write(5);
    await ana.until(() => ana.answer.length > 3);
    const bruno = await Person.join(demo, {name: 'Bruno', channel: ana.channel});
    await bruno.say('hello');
    stepped.finish();
    await bruno.until(() => bruno.statuses.join() === 'complete,complete');
    assert.ok(bruno.texts.some((text) => text.endsWith(replyTo(['/long 2']).text)));
    await bruno.leave();
  });

  test('ends a run that another process left open when it died', async () => {
    pace = instantPace;
    const question = await ana.publish('Two days in Rome');
    const dead = connectAgent(defaultKey, demo.port);
    const left = createAgentSession({client: dead, channelName: ana.channel});
    await left.connect();
    const run = left.createRun(question.toInvocation());
    while (run.view.hasOlder()) await run.view.loadOlder();
    await run.start();
    await left.detach();
    dead.close();
    await ana.until(() => ana.statuses.join() === 'active');
    await ana.say('hello');
    await ana.until(() => ana.statuses.join() === 'error,complete');
    assert.match(ana.runs[0]!.error!.message, /The agent was restarted in mid-answer/);
  });

  for (const [body, what] of [
    [{}, 'an empty object'],
    [{inputEventId: 'x', sessionName: 'private:x'}, 'a channel of another namespace'],
    [{inputEventId: 7, sessionName: 'conversations:x'}, 'an id that is a number'],
  ] as const) {
    test(`refuses ${what} and says what it expected`, async () => {
      const response = await fetch(`${demo.url}/api/chat`, {method: 'POST', headers: {'content-type': 'application/json'}, body: JSON.stringify(body)});
      assert.equal(response.status, 400);
      assert.match(((await response.json()) as {error: {message: string}}).error.message, /Not an invocation: check .*Expected/);
    });
  }

  test('refuses what is not JSON, and other methods', async () => {
    const post = (headers: Record<string, string>, body: string) => fetch(`${demo.url}/api/chat`, {method: 'POST', headers, body});
    assert.equal((await post({'content-type': 'application/json'}, '{')).status, 400);
    assert.equal((await post({'content-type': 'text/plain'}, '{}')).status, 415);
    assert.equal((await post({'content-type': 'application/json'}, JSON.stringify('x'.repeat(20_000)))).status, 413);
    assert.equal((await fetch(`${demo.url}/api/chat`)).status, 405);
  });
});
