import {type Tool, tool} from 'ai';
import {z} from 'zod';
import type {HeldSession} from '../agent/channel-sessions.ts';
import type {AgentTools} from '../agent/tools.ts';
import {bookTool, booking} from './booking.ts';
import type {Searches, SearchResult} from './searches.ts';
import {openRoot, readItinerary, settleTrip} from './shared-trip.ts';
import {type Kind, kinds} from './trip.ts';
import {weatherTool} from './weather.ts';

const tripFields = {
  destination: z.string().max(80).optional().describe('City. Leave it out to use the trip on the page.'),
  nights: z.number().int().min(1).max(30).optional(),
  budget: z.number().min(0).optional().describe('In euros, for everybody together.'),
  people: z.number().int().min(1).max(12).optional(),
  startDate: z.string().regex(/^\d{4}-\d{2}-\d{2}$/).optional().describe('YYYY-MM-DD'),
};
const tripInput = z.object(tripFields);
const activitiesInput = z.object({...tripFields, interest: z.string().max(40).optional().describe('One word for what to look for, for example “museum”.')});
const cancelInput = z.object({kinds: z.array(z.enum(kinds)).optional().describe('All searches when left out.')});

/** What a search tool answers when nobody has said where to. */
export interface NoDestination {
  readonly end: 'no-destination';
  readonly kind: Kind;
}

export type SearchToolResult = SearchResult | NoDestination;

export interface ToolContext {
  readonly channel: string;
  readonly runId: string;
  readonly held: HeldSession;
  readonly searches: Searches;
  /** `YYYY-MM-DD` */
  readonly today: () => string;
  /** Client ids of those who may let a trip cost more than its budget. */
  readonly supervisors: readonly string[];
}

export type PlannerTools = Readonly<Record<'searchFlights' | 'searchHotels' | 'searchActivities' | 'currentItinerary' | 'cancelSearch' | 'book' | 'locate' | 'weather', Tool>>;

/** What a model can do for a trip, in one run of one conversation. */
export function plannerTools({channel, runId, held, searches, today, supervisors}: ToolContext): AgentTools & {readonly set: PlannerTools} {
  type Input = z.infer<typeof activitiesInput>;
  const search = (kind: Kind) => async ({interest, ...said}: Input, {abortSignal}: {abortSignal?: AbortSignal}): Promise<SearchToolResult> => {
    const trip = await settleTrip(await openRoot(held.session.object), said, today());
    if (!trip) return {kind, end: 'no-destination'};
    return await searches.search(channel, {kind, trip, interest, runId, signal: abortSignal});
  };
  const set: PlannerTools = {
    searchFlights: tool({
      description: 'Has the flights specialist search. Results appear on the page as cards to choose from; searching again replaces them.',
      inputSchema: tripInput,
      execute: search('flights'),
    }),
    searchHotels: tool({
      description: 'Has the hotels specialist search. Results appear on the page as cards to choose from; searching again replaces them.',
      inputSchema: tripInput,
      execute: search('hotels'),
    }),
    searchActivities: tool({
      description: 'Has the activities specialist search, for something in particular where an interest is given. Searching again cancels a search that is running.',
      inputSchema: activitiesInput,
      execute: search('activities'),
    }),
    currentItinerary: tool({
      description: 'What is chosen at present, on the page, by anybody. The conversation may be out of date; this is not.',
      inputSchema: z.object({}),
      execute: async () => readItinerary(await openRoot(held.session.object)),
    }),
    cancelSearch: tool({
      description: 'Cancels searches that are running.',
      inputSchema: cancelInput,
      execute: async ({kinds: wanted}) => ({cancelled: await searches.cancel(channel, wanted)}),
    }),
    book: bookTool,
    weather: weatherTool(today),
    locate: tool({
      description: 'Where the person is, from their own device, which asks them first. It fails where they do not want to say.',
      inputSchema: z.object({}),
    }),
  };
  return {
    set,
    asks: {book: booking({held, supervisors})},
    shows: (toolName, output) => (toolName === 'weather' ? [{type: 'data-weather', data: output}] : []),
    suggestions: suggestionsAfter,
  };
}

/** What people often say next, from the tools that an answer used. */
function suggestionsAfter(used: readonly string[]): readonly string[] {
  const last = used.at(-1) ?? '';
  if (last.startsWith('search')) return ['What is my current itinerary?', 'I want to visit a museum', 'What is the weather like?'];
  if (last === 'currentItinerary') return ['Book it', 'Book the flight in business class'];
  if (last === 'weather') return ['What should I pack?', 'What is my current itinerary?'];
  return [];
}
