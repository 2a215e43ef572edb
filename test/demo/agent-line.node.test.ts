import assert from 'node:assert/strict';
import {after, afterEach, before, beforeEach, describe, test} from 'node:test';
import {agentClientId} from '../../demo/channels.ts';
import {tokensOf} from '../../demo/model/tokens.ts';
import {replyTo} from '../../demo/model/write.ts';
import {type RunningDemo, startDemo} from '../../demo/start-demo.ts';
import {Person} from './person.ts';
import {SteppedPace} from './stepped-pace.ts';
import {Traveller} from './travellers.ts';

const question = 'Two days in Rome';
const whole = replyTo([question]).text;

describe('the demo’s agent, when its line', () => {
  let demo: RunningDemo;
  let ana: Person;
  let stepped: SteppedPace;
  let conversations = 0;

  before(async () => {
    demo = await startDemo({port: 0, faults: true, pace: (beat) => stepped.pace(beat), log: (line) => console.error(line)});
  });
  after(() => demo.close());
  beforeEach(async () => {
    stepped = new SteppedPace();
    conversations += 1;
    ana = await Person.join(demo, {channel: `conversations:line-${conversations}`});
    await ana.say(question);
    stepped.write(20);
    await ana.until(() => ana.answer === tokensOf(whole).slice(0, 20).join(''));
  });
  afterEach(async () => {
    stepped.finish();
    await ana.leave();
  });

  test('breaks in mid-answer, goes on and loses nothing', async () => {
    demo.broker?.faults?.cut({clientId: agentClientId});
    stepped.finish();
    await ana.until(() => ana.statuses.join() === 'complete', 15_000);
    assert.equal(ana.answer, whole);
  });

  test('has lost messages, ends the run with that reason and can be asked again', async () => {
    demo.broker?.faults?.forceGap(ana.channel);
    const bruno = await Person.join(demo, {name: 'Bruno', channel: ana.channel});
    await bruno.until(() => bruno.statuses.join() === 'error');
    assert.match(bruno.failure, /The agent lost its connection in mid-answer/);
    stepped.finish();
    await bruno.say('make it shorter');
    await bruno.until(() => bruno.statuses.join() === 'error,complete');
    assert.match(bruno.answer, /^## 2 days in Rome\n\n\*\*Day 1:\*\*/);
    await bruno.leave();
  });

  test('has lost messages while a run waits, still hears that somebody stops it', async () => {
    stepped.finish();
    await ana.until(() => ana.statuses.join() === 'complete');
    const bruno = await Traveller.join(demo, `${ana.channel}-waits`, {name: 'Bruno'});
    await bruno.root.get('selection').set('flight', {id: 'f1', title: 'Aurora Air 214', detail: 'direct', price: 300});
    await bruno.person.say('Book it');
    await bruno.sees('a question', () => bruno.person.statuses.join() === 'suspended');
    await bruno.sees('nobody at work', async () => (await bruno.agents()).length === 0);
    demo.broker?.faults?.forceGap(bruno.person.channel);
    const cleo = await Traveller.join(demo, bruno.person.channel, {name: 'Cleo'});
    await cleo.person.session.cancel(cleo.person.question('book').runId);
    await cleo.sees('the end', () => cleo.person.statuses.join() === 'cancelled');
    await bruno.leave();
    await cleo.leave();
  });
});
