import type {SearchToolResult} from '../planner/tools.ts';
import {addDays, type Kind, type Option, type Trip} from '../planner/trip.ts';
import type {Itinerary} from '../planner/shared-trip.ts';
import type {BookingResult} from '../planner/booking.ts';
import type {PlannerAsk} from './trip-words.ts';
import {nearestPlace} from './whereabouts.ts';

/** A tool's result, as the model is told it. */
export interface ToolAnswer {
  readonly toolName: string;
  /** The tool's own output, or what it failed with. */
  readonly value: unknown;
  readonly isFailure: boolean;
}

/** What is said before the tools are called. */
export function announcementOf(ask: PlannerAsk): string {
  switch (ask.type) {
    case 'itinerary':
    case 'cancel':
    case 'book':
    case 'locate':
    case 'weather':
      return '';
    case 'search':
      if (ask.interest !== undefined) return `Gladly. I am asking the activities agent to look for a ${ask.interest}.`;
      return `I am asking ${listed(ask.kinds.map((kind) => `the ${kind} agent`))}${ask.trip.destination === undefined ? '' : ` about **${ask.trip.destination}**`}. You can watch them work, and choose from what they find as it comes in.`;
  }
}

/** What the model thinks before it says so; undefined where there is nothing to think about. */
export function thoughtsOn(ask: PlannerAsk): string | undefined {
  switch (ask.type) {
    case 'search': {
      const {destination = 'the city on the page', nights, people, budget} = ask.trip;
      const facts = [nights !== undefined && `${nights} nights`, people !== undefined && `${people} people`, budget !== undefined && `${budget} € at most`].filter((fact) => typeof fact === 'string');
      if (ask.kinds.length < 2) return undefined;
      return `They want to go to ${destination}${facts.length === 0 ? '' : `: ${facts.join(', ')}`}. Flights, hotels and activities do not depend on one another, so all three can be searched at once. What they do not say is on the page.`;
    }
    case 'book':
      return 'Booking costs money, so it is for them to say yes. First I look at what is chosen now: the page counts, not what was said.';
    case 'itinerary':
    case 'cancel':
    case 'locate':
    case 'weather':
      return undefined;
  }
}

/** What is said before somebody is asked to approve a booking. */
export function announceBooking({total, trip: {budget = 0}}: Pick<Itinerary, 'total' | 'trip'>, isOver = budget > 0 && total > budget): string {
  return isOver
    ? 'This costs more than the budget, so your supervisor has to agree. I have asked, and go on as soon as they have decided. You may close the page.'
    : 'This is what I would book. Please have a look, and change what you like.';
}

/** The answer that is written from what the tools gave. */
export function answerTo(results: readonly ToolAnswer[]): string {
  const searches = results.filter(({toolName, isFailure}) => toolName.startsWith('search') && !isFailure).map(({value}) => value as SearchToolResult);
  const failures = results.filter(({isFailure, toolName}) => isFailure && toolName !== 'book' && toolName !== 'locate').map(({toolName, value}) => `**${toolName}** failed: ${String(value)}`);
  const parts = [
    searches.length > 0 && aboutSearches(searches),
    ...results.filter(({toolName, isFailure}) => toolName === 'currentItinerary' && !isFailure).map(({value}) => aboutItinerary(value as Itinerary)),
    ...results.filter(({toolName, isFailure}) => toolName === 'cancelSearch' && !isFailure).map(({value}) => aboutCancelled(value as {cancelled: readonly Kind[]})),
    ...named(results, 'book').map(aboutBooking),
    ...named(results, 'locate').map(aboutPlace),
    ...named(results, 'weather').filter(({isFailure}) => !isFailure).map(({value}) => `This is how it looks in **${(value as {city: string}).city}**. Take something for the evenings.`),
    ...failures,
  ];
  return parts.filter((part) => typeof part === 'string').join('\n\n');
}

function named(results: readonly ToolAnswer[], name: string): ToolAnswer[] {
  return results.filter(({toolName}) => toolName === name).slice(-1);
}

function aboutBooking({value, isFailure}: ToolAnswer): string {
  if (isFailure) return aboutDenial(String(value));
  const result = value as BookingResult;
  switch (result.end) {
    case 'booked': {
      const lines = result.items.map(({title, price}) => `- ${title}, ${money(price)}`).join('\n');
      const by = result.approvedBy === '' ? '' : `, as ${result.approvedBy} approved`;
      return `**Booked**${by}, for ${result.people === 1 ? 'one person' : `${result.people} people`}. The reference is \`${result.reference}\`.\n\n${lines}\n\nTogether **${money(result.total)}**. Have a good trip!`;
    }
    case 'nothing-chosen':
      return 'There is nothing to book yet: choose from the cards on the page first.';
    case 'needs-supervisor':
      return `That comes to **${money(result.total)}**, ${money(result.over)} more than the budget.`;
  }
}

function aboutDenial(text: string): string {
  const [, who = 'You', reason] = /^Denied by ([^:]*?)(?:: (.*)|\.)$/s.exec(text) ?? [];
  if (!text.startsWith('Denied')) return `I could not book: ${text}. Nothing was booked; tell me what to change.`;
  const because = reason === undefined ? '' : ` (*${reason}*)`;
  return `All right, I have booked nothing: ${who} said no${because}. Shall I look for something else, or change what is chosen?`;
}

function aboutPlace({value, isFailure}: ToolAnswer): string {
  const {latitude, longitude} = (typeof value === 'object' && value !== null ? value : {}) as {latitude?: unknown; longitude?: unknown};
  const nearest = !isFailure && typeof latitude === 'number' && typeof longitude === 'number' ? nearestPlace(latitude, longitude) : undefined;
  if (!nearest) return 'I cannot see where you are, and that is fine. **Name the city** instead, and I will tell you what is there.';
  const {place, km} = nearest;
  const sights = place.sights.slice(0, 4).map(({name}) => `- ${name}`).join('\n');
  const distance = km < 30 ? `You are in **${place.name}**` : `The nearest city that I know is **${place.name}**, ${km} km from you`;
  return `${distance}. Worth seeing there:\n\n${sights}`;
}

function aboutSearches(searches: readonly SearchToolResult[]): string {
  const known = searches.filter((search) => search.end !== 'no-destination');
  const [first] = known;
  if (!first) return 'Gladly. **Which city** shall it be, and for how many days?';
  const missing = known.filter(({end}) => end !== 'done');
  const still = [...new Set(known.flatMap(({stillSearching}) => stillSearching))].filter((kind) => !known.some((search) => search.kind === kind));
  const lines = known.map(({kind, end, options, interest}) => {
    const name = kind === 'activities' && interest !== undefined ? `${capital(interest)} visits` : capital(kind);
    const best = options[0];
    if (end === 'done') return `- **${name}:** ${best ? `${options.length} found, ${best.price === 0 ? 'the first one free' : `from ${money(best.price)}`}: ${best.title} (${best.detail})` : 'nothing found'}`;
    const partial = options.length > 0 ? `; ${options.length} found before` : '';
    return `- **${name}:** ${reasons[end]}${partial}`;
  });
  const {trip} = first;
  return [
    `## ${titleOf(trip)}`,
    lines.join('\n'),
    missing.some(({end}) => end !== 'cancelled') && `**Missing:** ${listed(missing.filter(({end}) => end !== 'cancelled').map(({kind}) => kind))}. Ask me to *find ${missing[0]?.kind ?? 'them'}* and I will send somebody again.`,
    still.length > 0 && `The search for ${listed(still)} goes on; what it finds appears on the page.`,
    missing.length === 0 && cheapest(known.map(({options}) => options[0]), trip),
    'Choose on the page, and ask *what is my current itinerary?* at any time.',
  ].filter((part) => typeof part === 'string').join('\n\n');
}

const reasons: Readonly<Record<'failed' | 'cancelled' | 'lost' | 'late', string>> = {
  failed: 'the search failed', cancelled: 'the search was cancelled', lost: 'its agent was lost', late: 'no answer in time',
};

function cheapest(best: readonly (Option | undefined)[], {budget, people}: Trip): string | false {
  const total = best.reduce((sum, option) => sum + (option?.price ?? 0), 0);
  const who = people === 1 ? 'one person' : `${people} people`;
  const sum = `The cheapest of each comes to **${money(total)}** for ${who}`;
  if (budget === 0) return `${sum}.`;
  return total <= budget ? `${sum}, which leaves **${money(budget - total)}** of your budget.` : `${sum}, **${money(total - budget)}** more than your budget.`;
}

function aboutItinerary({trip, flight, hotel, activities, total}: Itinerary): string {
  const chosen = [
    flight && `- **Flight:** ${line(flight)}`,
    hotel && `- **Hotel:** ${line(hotel)}`,
    ...activities.map((activity) => `- **Activity:** ${line(activity)}`),
  ].filter((item) => typeof item === 'string');
  const open = [!flight && 'a flight', !hotel && 'a hotel', activities.length === 0 && 'any activities'].filter((item) => typeof item === 'string');
  const title = trip.destination === undefined ? '## Your itinerary' : `## ${titleOf({nights: 3, budget: 0, people: 1, startDate: '', ...trip, destination: trip.destination})}`;
  if (chosen.length === 0) return `${title}\n\nNothing is chosen yet. Pick from the cards on the page.`;
  const budget = trip.budget ?? 0;
  const left = budget > 0 ? `, ${total <= budget ? `**${money(budget - total)}** below` : `**${money(total - budget)}** above`} your budget` : '';
  return [title, chosen.join('\n'), `Together **${money(total)}**${left}.`, open.length > 0 && `You have not chosen ${listed(open, 'or')} yet.`].filter((part) => typeof part === 'string').join('\n\n');
}

function aboutCancelled({cancelled}: {readonly cancelled: readonly Kind[]}): string {
  return cancelled.length === 0 ? 'No search is running.' : `I have cancelled the search for ${listed(cancelled)}.`;
}

function titleOf({destination, nights, startDate}: Trip): string {
  const when = startDate === '' ? '' : `, ${day(startDate)} to ${day(addDays(startDate, nights))}`;
  return `${nights} ${nights === 1 ? 'night' : 'nights'} in ${destination}${when}`;
}

function day(date: string): string {
  return new Date(`${date}T00:00:00Z`).toLocaleDateString('en-GB', {day: 'numeric', month: 'long', timeZone: 'UTC'});
}

function line({title, detail, price}: Option): string {
  return `${title}, ${detail}, ${money(price)}`;
}

function money(euros: number): string {
  return `${euros} €`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function listed(items: readonly string[], and = 'and'): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} ${and} ${items.at(-1) ?? ''}`;
}
