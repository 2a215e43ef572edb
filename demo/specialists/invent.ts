import {places} from '../model/places.ts';
import {addDays, type Kind, type Option, ordinalDay, type Trip} from '../planner/trip.ts';

/** One step of a search: what it says, and what it finds. */
export interface Step {
  readonly label: string;
  readonly found?: Option;
}

interface Search {
  readonly steps: readonly Step[];
  /** What to say at the end. */
  readonly summary: string;
}

type Wish = {readonly trip: Trip; readonly interest?: string};

/** A search with invented results. The same trip is always found the same. */
export function inventSearch(kind: Kind, wish: Wish): Search {
  const search = {flights: inventFlights, hotels: inventHotels, activities: inventActivities}[kind](wish);
  const found = search.flatMap(({found: option}) => option ?? []);
  const cheapest = Math.min(...found.map(({price}) => price));
  return {steps: search, summary: `Found ${found.length} ${nounOf(kind, wish)}, ${cheapest === 0 ? 'some of them free' : `from ${cheapest} €`}`};
}

function nounOf(kind: Kind, {interest}: Wish): string {
  return kind === 'activities' && interest !== undefined ? `${interest} visits` : kind;
}

function inventFlights({trip}: Wish): Step[] {
  const {destination, people, startDate, nights} = trip;
  const random = numbersFrom(`flights ${destination} ${startDate}`);
  const day = ordinalDay(startDate);
  const airlines = ['Aurora Air', 'Condor Azul', 'Meridian', 'Nordwind', 'Skylark'];
  const flight = (index: number, isDirect: boolean): Option => {
    const minutes = 95 + random(180) + (isDirect ? 0 : 130);
    const leaves = 6 * 60 + random(60) * 10 + index * 70;
    const price = (isDirect ? 85 : 55) + random(90);
    return {
      id: `f${index}`, title: `${airlines[random(airlines.length)] ?? 'Skylark'} ${100 + random(900)}`,
      detail: `${clock(leaves)} to ${clock(leaves + minutes)}, ${isDirect ? 'direct' : 'one stop'}, back on ${ordinalDay(addDays(startDate, nights))}`,
      price: price * people,
    };
  };
  return [
    ...steps(`Searching direct flights to ${destination} on ${day}`, [undefined, undefined, flight(1, true), undefined, flight(2, true)]),
    ...steps(`Searching flights with one stop on ${day}`, [undefined, flight(3, false), undefined, flight(4, false)]),
    ...steps(`Checking the way back on ${ordinalDay(addDays(startDate, nights))}`, [undefined, undefined]),
    ...steps(`Comparing fares for ${people === 1 ? 'one person' : `${people} people`}`, [undefined, undefined, undefined]),
  ];
}

function inventHotels({trip}: Wish): Step[] {
  const {destination, people, nights} = trip;
  const place = places.find(({name}) => name === destination);
  const random = numbersFrom(`hotels ${destination} ${nights}`);
  const rooms = Math.ceil(people / 2);
  const usual = place?.roomEuros ?? 110;
  const areas = [place?.areaToStay ?? 'the old town', 'the centre', 'the riverside'];
  const names = ['Casa', 'Hotel', 'Pension', 'The'];
  const surnames = ['Aurora', 'Belvedere', 'Miramar', 'Lantern', 'Orangery', 'Central', 'Juniper'];
  const hotel = (index: number, area: string): Option => ({
    id: `h${index}`, title: `${names[random(names.length)] ?? 'Hotel'} ${surnames[random(surnames.length)] ?? 'Central'}`,
    detail: `${area}, ${2 + random(3)} stars, rated ${(7.6 + random(20) / 10).toFixed(1)}, ${nights} ${nights === 1 ? 'night' : 'nights'}`,
    price: Math.round(usual * (0.65 + random(80) / 100)) * nights * rooms,
  });
  return [
    ...areas.flatMap((area, index) => steps(`Looking at rooms in ${area}`, [undefined, undefined, hotel(index * 2 + 1, area), undefined, index < 2 ? hotel(index * 2 + 2, area) : undefined])),
    ...steps('Reading what guests say', [undefined, undefined, undefined]),
  ];
}

const generic = ['a walk through the old town', 'the market hall', 'the view from the hill', 'the city museum', 'an evening of live music', 'a cooking class'];

function inventActivities({trip, interest}: Wish): Step[] {
  const {destination, people} = trip;
  const place = places.find(({name}) => name === destination);
  const random = numbersFrom(`activities ${destination} ${interest ?? ''}`);
  const word = interest?.toLowerCase().replace(/s$/, '');
  const sights = place?.sights.map(({name, kind, euros}) => ({name, kind: kind, euros})) ?? [];
  const wanted = word === undefined ? sights : sights.filter(({kind, name}) => kind === word || name.toLowerCase().includes(word));
  const invented = (word === undefined ? generic : [`the city ${word}`, `a guided ${word} visit`, `the small ${word} by the park`]).map((name) => ({name: sentence(name), kind: word ?? '', euros: 5 + random(20)}));
  const found = (wanted.length > 0 ? wanted : invented).slice(0, 5).map(({name, euros}, index): Option => ({
    // Another interest is another search, whose results must not pass for those of the former.
    id: `a${index + 1}${word === undefined ? '' : `-${word.replaceAll(/[^a-z0-9]/g, '')}`}`, title: name,
    detail: `${euros === 0 ? 'free' : 'with a ticket'}, ${['about an hour', 'about two hours', 'half a day'][random(3)] ?? 'an hour'}`,
    price: euros * people,
  }));
  const what = word === undefined ? 'things to do' : `${word}s`;
  return [
    ...steps(`Looking for ${what} in ${destination}`, [undefined, ...found.slice(0, 2), undefined]),
    ...steps(`Checking opening hours of ${what}`, [undefined, ...found.slice(2), undefined]),
  ];
}

function steps(label: string, found: readonly (Option | undefined)[]): Step[] {
  return found.map((option) => ({label, ...(option && {found: option})}));
}

function clock(minutes: number): string {
  const of = (count: number): string => String(count).padStart(2, '0');
  return `${of(Math.floor(minutes / 60) % 24)}:${of(minutes % 60)}`;
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Whole numbers below a limit, in an order that the seed decides. */
function numbersFrom(seed: string): (limit: number) => number {
  let state = 7;
  for (const character of seed) state = (state * 31 + (character.codePointAt(0) ?? 0)) % 2_147_483_647;
  return (limit) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % limit;
  };
}
