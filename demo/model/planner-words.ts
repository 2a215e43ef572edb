import type {SearchToolResult} from '../planner/tools.ts';
import {addDays, type Kind, type Option, type Trip} from '../planner/trip.ts';
import type {Itinerary} from '../planner/shared-trip.ts';
import type {PlannerAsk} from './trip-words.ts';

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
      return '';
    case 'cancel':
      return '';
    case 'search':
      if (ask.interest !== undefined) return `Gladly. I am asking the activities agent to look for a ${ask.interest}.`;
      return `I am asking ${listed(ask.kinds.map((kind) => `the ${kind} agent`))}${ask.trip.destination === undefined ? '' : ` about **${ask.trip.destination}**`}. You can watch them work, and choose from what they find as it comes in.`;
  }
}

/** The answer that is written from what the tools gave. */
export function answerTo(results: readonly ToolAnswer[]): string {
  const searches = results.filter(({toolName, isFailure}) => toolName.startsWith('search') && !isFailure).map(({value}) => value as SearchToolResult);
  const failures = results.filter(({isFailure}) => isFailure).map(({toolName, value}) => `**${toolName}** failed: ${String(value)}`);
  const parts = [
    searches.length > 0 && aboutSearches(searches),
    ...results.filter(({toolName, isFailure}) => toolName === 'currentItinerary' && !isFailure).map(({value}) => aboutItinerary(value as Itinerary)),
    ...results.filter(({toolName, isFailure}) => toolName === 'cancelSearch' && !isFailure).map(({value}) => aboutCancelled(value as {cancelled: readonly Kind[]})),
    ...failures,
  ];
  return parts.filter((part) => typeof part === 'string').join('\n\n');
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
