import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {plannerAskIn} from '../../demo/model/trip-words.ts';
import {inventSearch} from '../../demo/specialists/invent.ts';
import {kinds, ordinalDay} from '../../demo/planner/trip.ts';

const today = '2027-03-20';
const ask = (...messages: string[]) => plannerAskIn(messages, today);

describe('the scripted model has specialists search', () => {
  const wishes: readonly (readonly [string, readonly string[], object])[] = [
    ['a plan', ['Plan four days in Lisbon for two people from 14 May, €1500'], {kinds, trip: {destination: 'Lisbon', nights: 3, budget: 1500, people: 2, startDate: '2027-05-14'}}],
    ['a plan for any city', ['Plan a weekend in Ghent'], {kinds, trip: {destination: 'Ghent', nights: 1}}],
    ['a plan for the place named before', ['Three days in Rome', 'plan it please'], {kinds, trip: {destination: 'Rome'}}],
    ['a budget with a date', ['5 nights in Tokyo on the 14th, 900 €'], {kinds, trip: {destination: 'Tokyo', nights: 5, budget: 900, startDate: '2027-04-14'}}],
    ['hotels alone', ['Find hotels in Porto for 3 adults'], {kinds: ['hotels'], trip: {destination: 'Porto', people: 3}}],
    ['flights of next year', ['search flights to Paris on 2 March'], {kinds: ['flights'], trip: {destination: 'Paris', startDate: '2028-03-02'}}],
    ['flights and hotels for the trip on the page', ['book flights and a hotel'], {kinds: ['flights', 'hotels'], trip: {}}],
    ['an activity of a kind', ['Plan four days in Lisbon', 'I want to visit a museum'], {kinds: ['activities'], trip: {}, interest: 'museum'}],
    ['another kind', ['I would rather see a castle'], {kinds: ['activities'], trip: {}, interest: 'castle'}],
  ];
  for (const [what, messages, expected] of wishes) {
    test(`for ${what}: “${messages.at(-1)}”`, () => assert.deepEqual(ask(...messages), {type: 'search', ...expected}));
  }

  for (const text of ['Three days in Lisbon, €600', 'Three days in Lisbon for two museums, about €600', 'hello', 'as a table', 'where should we stay?', '/long 60', 'plan a trip']) {
    test(`not for “${text}”`, () => assert.equal(ask(text), undefined));
  }
});

test('the scripted model looks at the page for the itinerary', () => {
  for (const text of ['What’s my current itinerary?', 'show me the itinerary', 'what have we chosen?']) assert.deepEqual(ask(text), {type: 'itinerary'});
});

describe('the scripted model', () => {
  const wishes: readonly (readonly [string, object])[] = [
    ['Book it', {type: 'book', what: 'all', people: undefined, travelClass: 'economy'}],
    ['book the flight in business class for two people', {type: 'book', what: 'flight', people: 2, travelClass: 'business'}],
    ['please reserve the hotel', {type: 'book', what: 'hotel', people: undefined, travelClass: 'economy'}],
    ['What is near me?', {type: 'locate'}],
    ['how far is it from where I am', {type: 'locate'}],
  ];
  for (const [text, expected] of wishes) test(`hears “${text}”`, () => assert.deepEqual(ask(text), expected));

  test('looks up the weather of the place named before', () => {
    assert.deepEqual(ask('Three days in Rome', 'what is the weather like?'), {type: 'weather', city: 'Rome'});
    assert.equal(ask('what is the weather like?'), undefined);
  });
});

test('the scripted model cancels searches', () => {
  assert.deepEqual(ask('Forget the flights'), {type: 'cancel', kinds: ['flights']});
  assert.deepEqual(ask('stop searching'), {type: 'cancel', kinds: undefined});
});

describe('invented results', () => {
  const trip = {destination: 'Ghent', nights: 2, budget: 0, people: 2, startDate: '2027-05-01'};

  test('are the same for the same trip, and others for another', () => {
    for (const kind of kinds) {
      assert.deepEqual(inventSearch(kind, {trip}), inventSearch(kind, {trip}));
      assert.notDeepEqual(inventSearch(kind, {trip}), inventSearch(kind, {trip: {...trip, destination: 'Porto'}}));
    }
  });

  test('have an id each, without dots, and a price', () => {
    for (const kind of kinds) {
      const found = inventSearch(kind, {trip, interest: kind === 'activities' ? 'museum' : undefined}).steps.flatMap((step) => step.found ?? []);
      assert.ok(found.length >= 3);
      assert.equal(new Set(found.map(({id}) => id)).size, found.length);
      for (const {id, price} of found) assert.ok(/^[\w-]+$/.test(id) && Number.isInteger(price) && price >= 0);
    }
  });

  test('speak of days as people do', () => {
    assert.deepEqual(['2027-05-01', '2027-05-02', '2027-05-03', '2027-05-11', '2027-05-13', '2027-05-22'].map(ordinalDay), ['the 1st', 'the 2nd', 'the 3rd', 'the 11th', 'the 13th', 'the 22nd']);
  });
});
