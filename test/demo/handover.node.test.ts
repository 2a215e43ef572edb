import assert from 'node:assert/strict';
import {after, afterEach, before, beforeEach, describe, test} from 'node:test';
import {type RunningDemo, startDemo} from '../../demo/start-demo.ts';
import {SteppedPace} from './stepped-pace.ts';
import {Traveller} from './travellers.ts';

describe('an agent that a person relieves', () => {
  let demo: RunningDemo;
  let ana: Traveller;
  let sam: Traveller;
  let stepped: SteppedPace;
  let conversations = 0;

  before(async () => {
    demo = await startDemo({port: 0, isTest: true, pace: (beat) => stepped.pace(beat), log: () => undefined});
  });
  after(() => demo.close());
  beforeEach(async () => {
    stepped = new SteppedPace();
    conversations += 1;
    const channel = `conversations:handover-${conversations}`;
    ana = await Traveller.join(demo, channel);
    sam = await Traveller.join(demo, channel, {name: 'Sam'});
  });
  afterEach(async () => {
    stepped.finish();
    await Promise.all([ana.leave(), sam.leave()]);
  });

  const takesOver = () => sam.root.set('handover', {by: 'Sam', name: 'Sam of Lisbon Tours', since: Date.now()});
  const handsBack = async () => {
    const handover = (sam.state['handover'] ?? {}) as {since: number};
    await sam.root.set('handovers', {[String(handover.since)]: {...handover, until: Date.now()}});
    await sam.root.remove('handover');
  };

  test('stops writing with a word when somebody takes over in mid-answer, and leaves what is said to them', async () => {
    await ana.person.say('Two days in Rome');
    stepped.write(12);
    await ana.sees('some words', () => ana.person.answer.startsWith('## 2 days in'));
    await takesOver();
    await ana.sees('the end', () => ana.person.statuses.join() === 'complete');
    assert.match(ana.person.answer, /^\*Sam of Lisbon Tours takes over from here\./);
    assert.equal(stepped.aborted, 1);

    const before = demo.modelCalls();
    await ana.person.say('are you still there?');
    await ana.sees('nobody at work', async () => (await ana.agents()).length === 0);
    assert.deepEqual(ana.person.statuses, ['complete']);
    assert.equal(demo.modelCalls(), before);
  });

  test('answers what was left open when it is handed back, with all that was said, and does not take the person’s words for a wish', async () => {
    await takesOver();
    await ana.sees('the handover', () => ana.state['handover'] !== undefined);
    await ana.person.say('I would like to go to Rome');
    await sam.person.until(() => sam.person.texts.length === 1);
    await sam.person.publish('In German we say: gute Wahl! For how many days?');
    await ana.person.until(() => ana.person.texts.length === 2);
    const open = await ana.person.say('Two days please');
    await ana.sees('nobody at work', async () => (await ana.agents()).length === 0);
    assert.deepEqual(ana.person.statuses, []);

    await handsBack();
    stepped.finish();
    await ana.person.wake(open.toInvocation().toJSON());
    await ana.sees('an answer', () => ana.person.statuses.join() === 'complete');
    assert.match(ana.person.answer, /^## 2 days in Rome/);
  });
});
