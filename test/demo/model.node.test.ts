import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {generateText, streamText} from 'ai';
import {chooseModel} from '../../demo/model/choose-model.ts';
import {instantPace, naturalPace} from '../../demo/model/pace.ts';
import {places} from '../../demo/model/places.ts';
import {ScriptedModel} from '../../demo/model/scripted-model.ts';
import {tokensOf} from '../../demo/model/tokens.ts';
import {understand} from '../../demo/model/understand.ts';
import {replyTo} from '../../demo/model/write.ts';
import {SteppedPace} from './stepped-pace.ts';

const user = (content: string) => ({role: 'user', content}) as const;

describe('the scripted model understands', () => {
  const wishes: readonly (readonly [string, {place?: string; days?: number; amount?: number; currency?: string}])[] = [
    ['Three days in Lisbon for two museums, about €600', {place: 'Lisbon', days: 3, amount: 600, currency: '€'}],
    ['4 nights in Tokyo, 1,200 dollars', {place: 'Tokyo', days: 5, amount: 1200, currency: '$'}],
    ['Plan a holiday: 5 nights in Lisbon', {place: 'Lisbon', days: 6}],
    ['Plan a weekend in Ghent', {place: 'Ghent', days: 2}],
    ['a week in New York please', {place: 'New York', days: 7}],
    ['Porto, 3 days', {place: 'Porto', days: 3}],
    ['Sevilla', {place: 'Sevilla'}],
    ['fünf Tage nach Rom für 900 Euro', {place: 'Rome', days: 5, amount: 900, currency: '€'}],
    ['We fly from Berlin to Paris', {place: 'Paris'}],
    ['my budget is 700', {amount: 700, currency: '€'}],
  ];
  for (const [text, {place, days, amount, currency}] of wishes) {
    test(`“${text}”`, () => {
      const {wish} = understand([text]);
      assert.deepEqual(
        {place: wish.place?.name, days: wish.days, amount: wish.budget?.amount, currency: wish.budget?.currency},
        {place, days, amount, currency},
      );
    });
  }

  test('that “in German” is a language and “in March” a month, not places', () => {
    assert.equal(understand(['in German']).wish.place, undefined);
    assert.equal(understand(['something in March']).wish.place, undefined);
  });

  test('a conversation, message by message', () => {
    const {wish} = understand(['Three days in Lisbon', 'no, Rome', 'as a table', '€500', 'make it 5 days']);
    assert.deepEqual([wish.place?.name, wish.days, wish.form, wish.budget?.amount], ['Rome', 5, 'table', 500]);
  });
});

describe('the scripted model answers', () => {
  const answers: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['a greeting', ['Hi there'], /^Hello!/],
    ['thanks, naming the place', ['Lisbon', 'thanks a lot'], /^You are welcome.*Lisbon/],
    ['a wish with days under headings', ['Two days in Rome'], /^## 2 days in Rome[\s\S]*### Day 2\n\n- \*Morning:\*/],
    ['a budget with a table of costs', ['Two days in Rome, 900 €'], /\| Tickets \|.*€ \|[\s\S]*leaves \*\*\d+ €\*\*/],
    ['a budget that is too small with what is missing', ['Five days in New York, $200'], /more than your budget/],
    ['“as a table” with a table', ['Two days in Rome', 'as a table'], /\| Day \| Morning \|/],
    ['“make it shorter” with less', ['Two days in Rome', 'make it shorter'], /^## 2 days in Rome\n\n\*\*Day 1:\*\* [^\n]+\n\n\*\*Day 2:\*\* [^\n]+$/],
    ['“make it longer” with prices', ['Two days in Rome', 'make it longer'], /about 18 €/],
    ['in German when asked to', ['Two days in Rome', 'in German'], /^## 2 Tage in Rom/],
    ['in German to German', ['Hallo, ich möchte nach Lissabon, bitte'], /^## 3 Tage in Lissabon/],
    ['where to stay', ['Two days in Rome', 'where should we stay?'], /Monti/],
    ['getting around, with code', ['Two days in Rome', 'how do we get around?'], /```/],
    ['what it knows so far', ['Two days in Rome for 300 €', 'what did I say so far?'], /Rome[\s\S]*300 €/],
    ['“use euros” in euros, whatever the budget was in', ['Two days in Rome for $900', 'use euros'], /leaves \*\*\d+ €\*\* of your budget/],
    ['a place without notes honestly', ['Two days in Ghent'], /I have no notes of my own on \*\*Ghent\*\*/],
    ['a request without a place with a question', ['plan a trip'], /Which city/],
    ['what it does not understand honestly', ['what is love'], /did not understand/],
    ['“/long 3” with numbered parts', ['/long 3'], /### Part 3 of 3/],
  ];
  for (const [what, messages, expected] of answers) test(what, () => assert.match(replyTo(messages).text, expected));

  test('a shorter plan is shorter, a longer one longer', () => {
    const length = (...more: string[]) => replyTo(['Three days in Lisbon', ...more]).text.length;
    assert.ok(length('make it shorter') < length() && length() < length('make it longer'));
  });

  test('the same to the same conversation', () => {
    for (const {name} of places) assert.deepEqual(replyTo([`Four days in ${name}, €700`]), replyTo([`Four days in ${name}, €700`]));
  });

  test('“/slow” slowly', () => assert.ok(replyTo(['/slow two days in Rome']).slowdown > 1));
});

describe('the scripted model streams', () => {
  const model = new ScriptedModel({pace: instantPace});

  test('the whole answer, in pieces that the AI SDK puts together', async () => {
    const {text} = await generateText({model, messages: [user('Two days in Rome')]});
    let streamed = '';
    let pieces = 0;
    for await (const piece of streamText({model, messages: [user('Two days in Rome')]}).textStream) {
      streamed += piece;
      pieces += 1;
    }
    assert.equal(streamed, replyTo(['Two days in Rome']).text);
    assert.equal(text, streamed);
    assert.ok(pieces > 50);
  });

  test('nothing more once it is aborted, and at once', async () => {
    const stepped = new SteppedPace();
    const stop = new AbortController();
    const seen: string[] = [];
    const result = streamText({model: new ScriptedModel({pace: stepped.pace}), messages: [user('Two days in Rome')], abortSignal: stop.signal});
    stepped.write(3);
    for await (const piece of result.textStream) {
      seen.push(piece);
      if (seen.length === 3) stop.abort();
    }
    assert.equal(seen.join(''), tokensOf(replyTo(['Two days in Rome']).text).slice(0, 3).join(''));
    assert.equal(stepped.aborted, 1);
  });

  test('a failure in the middle of an answer to “/fail”', async () => {
    let failure: unknown;
    const result = streamText({model, messages: [user('/fail')], onError: ({error}) => void (failure = error)});
    let text = '';
    for await (const piece of result.textStream) text += piece;
    assert.match(text, /^Hello!/);
    assert.match(String(failure), /broke off/);
  });

  test('tokens that joined again are the text, whatever the script', () => {
    for (const text of ['', ' a  b\n\n', 'naïve café 🙂 “x”', '東京タワー', replyTo(['Ten days in Tokyo, as a table']).text]) {
      assert.equal(tokensOf(text).join(''), text);
    }
  });

  test('at a pace that an abort ends at once', async () => {
    const stop = new AbortController();
    const waiting = naturalPace({firstTokenMs: 3_600_000})({token: 'a', index: 0, slowdown: 1, signal: stop.signal});
    stop.abort();
    await assert.rejects(waiting, {name: 'AbortError'});
  });
});

describe('the model of the demo', () => {
  test('is scripted unless a key says otherwise', async () => {
    const label = async (environment: Record<string, string>) => (await chooseModel(environment)).label;
    assert.equal(await label({}), 'a scripted model');
    assert.equal(await label({OPENAI_API_KEY: ''}), 'a scripted model');
    assert.equal(await label({OPENAI_API_KEY: 'sk-x', OPENAI_MODEL: 'gpt-x'}), 'gpt-x');
    assert.match(await label({ANTHROPIC_API_KEY: 'x'}), /^claude/);
    assert.equal(await label({OPENAI_BASE_URL: 'http://localhost:11434/v1', OPENAI_MODEL: 'llama'}), 'llama at http://localhost:11434/v1');
  });

  test('needs a name on a server of one’s own', async () => {
    await assert.rejects(chooseModel({OPENAI_BASE_URL: 'http://localhost:11434/v1'}), /OPENAI_MODEL is not/);
  });
});
