import {type Tool, tool} from 'ai';
import {z} from 'zod';
import type {HeldSession} from '../agent/channel-sessions.ts';
import type {Searches, SearchResult} from './searches.ts';
import {openRoot, readItinerary, settleTrip} from './shared-trip.ts';
import {type Kind, kinds} from './trip.ts';

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
}

export type PlannerTools = Readonly<Record<'searchFlights' | 'searchHotels' | 'searchActivities' | 'currentItinerary' | 'cancelSearch', Tool>>;

/** What a model can do for a trip, in one run of one conversation. */
export function plannerTools({channel, runId, held, searches, today}: ToolContext): PlannerTools {
  type Input = z.infer<typeof activitiesInput>;
  const search = (kind: Kind) => async ({interest, ...said}: Input, {abortSignal}: {abortSignal?: AbortSignal}): Promise<SearchToolResult> => {
    const trip = await settleTrip(await openRoot(held.session.object), said, today());
    if (!trip) return {kind, end: 'no-destination'};
    return await searches.search(channel, {kind, trip, interest, runId, signal: abortSignal});
  };
  return {
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
  };
}
