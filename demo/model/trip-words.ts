import type {BookingInput} from '../planner/booking.ts';
import {type Kind, kinds, type Trip} from '../planner/trip.ts';
import {understand, type Wish} from './understand.ts';

/** What a message asks the planner and its specialists for. */
export type PlannerAsk =
  | {readonly type: 'search'; readonly kinds: readonly Kind[]; readonly trip: Partial<Trip>; readonly interest?: string}
  | {readonly type: 'itinerary'}
  | {readonly type: 'book'; readonly what: BookingInput['what']; readonly people: number | undefined; readonly travelClass: BookingInput['travelClass']}
  | {readonly type: 'locate'}
  | {readonly type: 'weather'; readonly city: string}
  | {readonly type: 'cancel'; readonly kinds: readonly Kind[] | undefined};

const words: Readonly<Record<Kind, RegExp>> = {
  flights: /\b(flights?|fly|planes?|flüge?|flug)\b/i,
  hotels: /\b(hotels?|rooms?|accommodation|unterkunft|zimmer)\b/i,
  activities: /\b(activit(y|ies)|things to do|sights?|museums?|tours?|aktivitäten)\b/i,
};
const interests = ['museum', 'market', 'park', 'palace', 'church', 'view', 'walk', 'concert', 'gallery', 'beach', 'castle', 'aquarium', 'zoo', 'theatre', 'garden'];

const books = /\b(book|reserve|buche?n?)\b\s+(it|this|that|these|those|them|all|everything|alles|(the|my|our|this|that)\s+(whole\s+)?(trip|flight|hotel|room|activities|tickets|selection|itinerary))\b/i;
const here = /\b(near me|nearby|around (me|here)|where (i am|am i)|from here|my (current )?(location|position)|in meiner nähe)\b/i;
const weather = /\b(weather|forecast|wetter)\b/i;
const itinerary = /\b(current|my|our|the|show)\b[^.?!]{0,20}\b(itinerary|selection|choices)\b|\bwhat (have|did) (we|i) (choose|chosen|pick|picked|select|selected|book|booked)\b/i;
const cancel = /\b(cancel|stop|forget|skip|abort)\b[^.?!]{0,30}\b(search(es|ing)?|flights?|hotels?|activit(y|ies)|everything)\b/i;
const wants = /\b(want|like|love|prefer|rather|fancy|let'?s|how about)\b[^.?!]{0,20}\b(visit|see|go to|do|find)\b/i;
const finds = /\b(find|search|look for|book|get me|suche?|buche?)\b/i;
const plans = /\b(plan|organi[sz]e|book|plane|buche)\b/i;

/** What the last message asks specialists for; undefined when a plain answer will do. */
export function plannerAskIn(messages: readonly string[], today: string): PlannerAsk | undefined {
  const last = messages.at(-1) ?? '';
  if (last.startsWith('/')) return undefined;
  const named = kinds.filter((kind) => words[kind].test(last));
  const {wish} = understand(messages);
  if (books.test(last)) return bookingIn(last);
  if (here.test(last)) return {type: 'locate'};
  if (weather.test(last) && wish.place) return {type: 'weather', city: wish.place.name};
  if (itinerary.test(last)) return {type: 'itinerary'};
  if (cancel.test(last)) return {type: 'cancel', kinds: named.length > 0 ? named : undefined};

  const own = understand([last]).wish;
  const trip = tripIn(own, last, today);
  const interest = interests.find((word) => new RegExp(String.raw`\b${word}s?\b`, 'i').test(last));
  const saysTrip = own.place !== undefined || own.days !== undefined;
  if (interest !== undefined && !saysTrip && (wants.test(last) || finds.test(last))) return {type: 'search', kinds: ['activities'], trip: {}, interest};
  if (named.length > 0 && finds.test(last)) return {type: 'search', kinds: named, trip: placed(trip, wish), ...(interest !== undefined && {interest})};
  const isPlan = wish.place !== undefined && plans.test(last) && (saysTrip || /\b(trip|it|everything|holiday|reise)\b/i.test(last));
  const isOffer = own.place !== undefined && own.budget !== undefined && trip.startDate !== undefined;
  if (isPlan || isOffer) return {type: 'search', kinds, trip: placed(trip, wish)};
  return undefined;
}

function bookingIn(text: string): PlannerAsk {
  const what = /\bflight\b/i.test(text) ? 'flight' : /\b(hotel|room)\b/i.test(text) ? 'hotel' : /\b(activities|tickets)\b/i.test(text) ? 'activities' : 'all';
  const travelClass = /\bbusiness\b/i.test(text) ? 'business' : /\bpremium\b/i.test(text) ? 'premium' : 'economy';
  return {type: 'book', what, people: peopleIn(text), travelClass};
}

/** What a message changes about a trip that is being searched for: “make it 3 nights”. */
export function changeIn(message: string, today: string): Partial<Trip> {
  return tripIn(understand([message]).wish, message, today);
}

/** A place that was named earlier holds; the rest is as the page has it, where people may have changed it since. */
function placed(trip: Partial<Trip>, {place}: Wish): Partial<Trip> {
  return {...trip, ...(place && {destination: place.name})};
}

function tripIn({place, days, budget}: Wish, text: string, today: string): Partial<Trip> {
  const startDate = startIn(text, today);
  const people = peopleIn(text);
  return {
    ...(place && {destination: place.name}),
    ...(days !== undefined && {nights: Math.max(days - 1, 1)}),
    ...(budget && {budget: budget.amount}),
    ...(people !== undefined && {people}),
    ...(startDate !== undefined && {startDate}),
  };
}

const numbers = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'];

function peopleIn(text: string): number | undefined {
  const match = /\b(\d{1,2}|one|two|three|four|five|six|seven|eight)\s+(people|persons?|adults?|of us|travell?ers?|friends)\b/i.exec(text)
    ?? /\bfor\s+(two|three|four|five|six)(?=\s*(?:[.,!?]|$))/i.exec(text);
  const word = match?.[1]?.toLowerCase();
  if (word === undefined) return undefined;
  const count = /^\d/.test(word) ? Number(word) : numbers.indexOf(word) + 1;
  return count >= 1 && count <= 12 ? count : undefined;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const month = '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';

/** The next day of which a text speaks, as `YYYY-MM-DD`; of a month alone the tenth. */
function startIn(text: string, today: string): string | undefined {
  const iso = /\b(\d{4}-\d{2}-\d{2})\b/.exec(text)?.[1];
  if (iso !== undefined) return iso;
  const dayFirst = new RegExp(String.raw`\b(\d{1,2})(?:st|nd|rd|th)?\.?\s+(?:of\s+)?${month}\b`, 'i').exec(text);
  const monthFirst = new RegExp(String.raw`\b${month}\s+(\d{1,2})(?:st|nd|rd|th)?\b`, 'i').exec(text);
  const [day, name] = dayFirst ? [dayFirst[1], dayFirst[2]] : [monthFirst?.[2], monthFirst?.[1]];
  if (day !== undefined && name !== undefined) return nextDate(Number(day), name, today);
  const dayAlone = /\b(?:on|from|starting)\s+(?:the\s+)?(\d{1,2})(?:st|nd|rd|th)\b/i.exec(text)?.[1];
  if (dayAlone !== undefined) return nextDate(Number(dayAlone), undefined, today);
  const monthAlone = new RegExp(String.raw`\b(?:in|next)\s+${month}\b`, 'i').exec(text)?.[1];
  return monthAlone === undefined ? undefined : nextDate(10, monthAlone, today);
}

function nextDate(day: number, name: string | undefined, today: string): string | undefined {
  const wanted = name === undefined ? undefined : months.indexOf(name.slice(0, 3).toLowerCase());
  const date = new Date(`${today}T00:00:00Z`);
  for (let days = 0; days < 800; days++) {
    date.setUTCDate(date.getUTCDate() + 1);
    if (date.getUTCDate() === day && (wanted === undefined || date.getUTCMonth() === wanted)) return date.toISOString().slice(0, 10);
  }
  return undefined;
}
