import {type Place, places, unknownPlace} from './places.ts';

export type Language = 'en' | 'de';

/** What the conversation has come to so far, from all that the person said. */
export interface Wish {
  readonly place: Place | undefined;
  /** Whether there are notes on the place. */
  readonly isKnownPlace: boolean;
  readonly days: number | undefined;
  readonly budget: {readonly amount: number; readonly currency: '€' | '$' | '£'} | undefined;
  /** What amounts are to be in, where somebody said so; else that of the budget. */
  readonly currency: '€' | '$' | '£' | undefined;
  readonly length: 'short' | 'usual' | 'long';
  readonly form: 'list' | 'table';
  readonly language: Language;
}

export type Topic = 'costs' | 'food' | 'stay' | 'transit' | 'packing' | 'recall';

/** What the last message asks for. */
export type Ask =
  | {readonly type: 'greeting'}
  | {readonly type: 'thanks'}
  | {readonly type: 'plan'}
  | {readonly type: 'topic'; readonly topic: Topic}
  | {readonly type: 'fail'}
  | {readonly type: 'long'; readonly paragraphs: number}
  | {readonly type: 'unknown'};

export interface Understanding {
  readonly wish: Wish;
  readonly ask: Ask;
  /** Whether the answer is to come slowly. */
  readonly isSlow: boolean;
}

const nothing: Wish = {
  place: undefined, isKnownPlace: false, days: undefined, budget: undefined, currency: undefined, length: 'usual', form: 'list', language: 'en',
};

/** Reads what a person wants from their messages, oldest first. The same messages are always read the same way. */
export function understand(messages: readonly string[]): Understanding {
  let wish = nothing;
  for (const message of messages) wish = {...wish, ...newIn(withoutSlow(message), wish)};
  const last = messages.at(-1) ?? '';
  return {wish, ask: askIn(withoutSlow(last), wish), isSlow: slow.test(last)};
}

const slow = /^\s*\/slow\b\s*/i;

function withoutSlow(message: string): string {
  return message.replace(slow, '').trim();
}

function askIn(text: string, wish: Wish): Ask {
  const long = /^\/long\b\s*(\d+)?/i.exec(text);
  if (long) return {type: 'long', paragraphs: Math.min(Number(long[1] ?? 12), 400)};
  if (/^\/fail\b/i.test(text)) return {type: 'fail'};
  const topic = topics.find(([, pattern]) => pattern.test(text));
  const says = newIn(text, nothing);
  const saysTrip = says.place !== undefined || says.days !== undefined || says.budget !== undefined;
  if (topic && wish.place && !saysTrip) return {type: 'topic', topic: topic[0]};
  if (topic?.[0] === 'recall') return {type: 'topic', topic: 'recall'};
  if (saysTrip || (wish.place && Object.keys(says).length > 0)) return {type: 'plan'};
  if (/\b(thanks?|thank you|thx|danke|cheers|perfect|great|super)\b/i.test(text)) return {type: 'thanks'};
  if (/^\W*(hi|hello|hey|hallo|moin|guten|good (morning|evening|afternoon)|servus)\b/i.test(text)) return {type: 'greeting'};
  if (/\b(plan|trip|itinerary|reise|urlaub|holiday|travel|vacation)\b/i.test(text)) return {type: 'plan'};
  if (text === '' && wish.place) return {type: 'plan'};
  return {type: 'unknown'};
}

const topics: readonly (readonly [Topic, RegExp])[] = [
  ['recall', /\b(what did (i|we)|remember|remind me|so far|summar|was habe ich|zusammenfass)/i],
  ['costs', /\b(costs?|price|expensive|how much|kostet|kosten|teuer)\b/i],
  ['food', /\b(eat|food|restaurants?|dinner|lunch|breakfast|essen|vegetarian|vegan)\b/i],
  ['stay', /\b(hotels?|stay|sleep|accommodation|room|unterkunft|übernachten)\b/i],
  ['transit', /\b(get around|metro|subway|bus|tram|transport|taxi|airport|train|öpnv|bahn)\b/i],
  ['packing', /\b(pack|packing|weather|clothes|bring|einpacken|wetter)\b/i],
];

/** What one message says about the trip and about how it wants to be answered; nothing of what it leaves open. */
function newIn(text: string, before: Wish): Partial<Wish> {
  return {...placeIn(text, before), ...daysIn(text), ...budgetIn(text), ...currencyIn(text), ...lengthIn(text), ...formIn(text), ...languageIn(text)};
}

function placeIn(text: string, before: Wish): Pick<Partial<Wish>, 'place' | 'isKnownPlace'> {
  const lower = ` ${text.toLowerCase().replaceAll(/[^\p{L}]+/gu, ' ')} `;
  const known = places
    .flatMap((place) => place.aliases.map((alias) => ({place, at: lower.lastIndexOf(` ${alias} `)})))
    .filter(({at}) => at >= 0)
    .sort((left, right) => right.at - left.at)[0];
  if (known) return {place: known.place, isKnownPlace: true};
  const named = namedIn(text, before);
  return named === undefined ? {} : {place: unknownPlace(named), isKnownPlace: false};
}

const noPlaces = new Set(
  ('german english deutsch englisch euros dollars pounds table january february march april may june july august september october november december ' +
    'monday tuesday wednesday thursday friday saturday sunday spring summer autumn winter hello hi hey hallo thanks danke yes no ja nein ok okay ' +
    'please bitte make what where when how why can could would is are do does tell give show plan i we it the a').split(' '),
);
const name = /\p{Lu}[\p{L}'’-]+(?:\s+(?:de|la|of|am|an der|do|da)\s+\p{Lu}[\p{L}'’-]+|\s+\p{Lu}[\p{L}'’-]+){0,2}/u;
const afterPreposition = new RegExp(String.raw`\b(?:to|in|visit|visiting|for|nach|explore|around|see)\s+(${name.source})`, 'gu');
const onItsOwn = new RegExp(String.raw`^(${name.source})(?:\s*[,.!?]?\s*$|\s*,\s*\d|\s+\d)`, 'u');

function namedIn(text: string, before: Wish): string | undefined {
  const candidates = [...text.matchAll(afterPreposition)].map((match) => match[1] ?? '');
  const alone = before.place ? undefined : onItsOwn.exec(text)?.[1];
  if (alone !== undefined) candidates.push(alone);
  return candidates.find((candidate) => !noPlaces.has((candidate.split(' ')[0] ?? '').toLowerCase()));
}

const numbers = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const zahlen = ['null', 'ein', 'zwei', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun', 'zehn'];

function daysIn(text: string): Pick<Partial<Wish>, 'days'> {
  if (/\b(weekend|wochenende)\b/i.test(text)) return {days: 2};
  // A number in words stands apart from what it counts: "holiday" is no count of days.
  const match = /\b(?:(\d+)[\s-]*|(\p{L}+)[\s-]+)(days?|nights?|weeks?|tagen?|nächten?|nacht|wochen?)(?!\p{L})/iu.exec(text);
  if (!match) return {};
  const [, digits, inWords = '', unit = ''] = match;
  const amount = digits ?? inWords;
  const word = amount.toLowerCase().replace(/(?<=ein)e[rnms]?$/, '');
  const count = /^\d+$/.test(word) ? Number(word) : Math.max(numbers.indexOf(word), zahlen.indexOf(word), /^an?$/.test(word) ? 1 : 0);
  if (count < 1) return {};
  const days = /^w/i.test(unit) ? count * 7 : /^n/i.test(unit) ? count + 1 : count;
  return {days: Math.min(days, 14)};
}

function budgetIn(text: string): Pick<Partial<Wish>, 'budget'> {
  const amount = String.raw`(\d{1,3}(?:[.,]\d{3})+|\d+)`;
  const before = new RegExp(String.raw`([€$£])\s*${amount}`).exec(text);
  const after = new RegExp(String.raw`${amount}\s*(€|euros?|eur|\$|dollars?|usd|£|pounds?|gbp)(?!\p{L})`, 'iu').exec(text);
  const bare = new RegExp(String.raw`\bbudget\D{0,12}${amount}`, 'i').exec(text);
  const [digits, sign] = before ? [before[2], before[1]] : after ? [after[1], after[2]] : [bare?.[1], '€'];
  if (digits === undefined) return {};
  const value = Number(digits.replaceAll(/[.,]/g, ''));
  const currency = /^(\$|d|u)/i.test(sign ?? '') ? '$' : /^(£|p|g)/i.test(sign ?? '') ? '£' : '€';
  return value > 0 ? {budget: {amount: value, currency}} : {};
}

/** “Use euros”, “in dollars please”: of amounts that are on the table already. */
function currencyIn(text: string): Pick<Partial<Wish>, 'currency'> {
  const word = /\b(?:use|in|show|with)\s+(euros?|eur|dollars?|usd|pounds?|gbp)\b/i.exec(text)?.[1]?.toLowerCase();
  if (word === undefined) return {};
  return {currency: word.startsWith('e') ? '€' : /^[du]/.test(word) ? '$' : '£'};
}

function lengthIn(text: string): Pick<Partial<Wish>, 'length'> {
  if (/\b(short(er)?|brief(er)?|shorten|concise|less|kürzer|kurz)\b/i.test(text)) return {length: 'short'};
  if (/\b(longer|more detail(s|ed)?|detailed|elaborate|länger|ausführlich(er)?)\b/i.test(text)) return {length: 'long'};
  return {};
}

function formIn(text: string): Pick<Partial<Wish>, 'form'> {
  if (/\b(table|tabelle|tabular)\b/i.test(text)) return {form: 'table'};
  if (/\b(as a list|bullets?|als liste)\b/i.test(text)) return {form: 'list'};
  return {};
}

function languageIn(text: string): Pick<Partial<Wish>, 'language'> {
  if (/\b(in german|auf deutsch)\b/i.test(text)) return {language: 'de'};
  if (/\b(in english|auf englisch)\b/i.test(text)) return {language: 'en'};
  const german = text.match(/(?<!\p{L})(ich|wir|nach|tage?|nächte|bitte|für|und|eine?n?|möchte|mit|hallo|danke|reise|wie|kostet)(?!\p{L})/giu);
  return german && german.length >= 2 ? {language: 'de'} : {};
}
