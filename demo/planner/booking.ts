import {z} from 'zod';
import {type Tool, tool} from 'ai';
import type {Ask, AskedTool} from '../agent/tools.ts';
import {type Itinerary, openRoot, readItinerary, type Root} from './shared-trip.ts';
import type {Option} from './trip.ts';

/** What can be booked: all that is chosen, or a part of it. */
const bookable = ['all', 'flight', 'hotel', 'activities'] as const;
const travelClasses = ['economy', 'premium', 'business'] as const;

const bookingInput = z.object({
  what: z.enum(bookable).describe('All that is chosen on the page, or a part of it.'),
  people: z.number().int().min(1).max(12),
  travelClass: z.enum(travelClasses).default('economy').describe('Of the flight.'),
});
export type BookingInput = z.infer<typeof bookingInput>;

/** How many times the economy fare a class costs. */
const fareFactors: Readonly<Record<BookingInput['travelClass'], number>> = {economy: 1, premium: 1.6, business: 2.8};

/** What a booking comes to. */
export interface Quote {
  readonly items: readonly {readonly title: string; readonly price: number}[];
  /** In euros. */
  readonly total: number;
  /** By how much it is above the trip's budget, in euros; 0 when it is not, or there is none. */
  readonly over: number;
}

/** What the tool answers. */
export type BookingResult =
  | {readonly end: 'booked'; readonly reference: string; readonly items: Quote['items']; readonly total: number; readonly people: number; readonly travelClass: string; readonly approvedBy: string}
  | {readonly end: 'nothing-chosen'}
  | {readonly end: 'needs-supervisor'; readonly total: number; readonly over: number};

/** Prices on the page are for the people of the form; who changes their number pays in proportion. */
export function quote({trip, flight, hotel, activities}: Itinerary, {what, people, travelClass}: BookingInput): Quote {
  const share = people / (trip.people ?? 1);
  const priced = (option: Option | undefined, factor = 1): Quote['items'] =>
    option ? [{title: option.title, price: Math.round(option.price * share * factor)}] : [];
  const items = [
    ...(what === 'all' || what === 'flight' ? priced(flight, fareFactors[travelClass]) : []),
    ...(what === 'all' || what === 'hotel' ? priced(hotel) : []),
    ...(what === 'all' || what === 'activities' ? activities.flatMap((activity) => priced(activity)) : []),
  ];
  const total = items.reduce((sum, {price}) => sum + price, 0);
  const budget = trip.budget ?? 0;
  return {items, total, over: budget > 0 ? Math.max(total - budget, 0) : 0};
}

export interface BookingOptions {
  /** The session whose page holds what is chosen. */
  readonly held: {readonly session: {readonly object: Parameters<typeof openRoot>[0]}};
  /** Client ids of those who may let a trip cost more than its budget. */
  readonly supervisors: readonly string[];
}

/** The tool as a model sees it; it never books by itself. */
export const bookTool: Tool = tool({
  description: 'Books what is chosen on the page. A person is asked first; above the budget, their supervisor. Call currentItinerary before.',
  inputSchema: bookingInput,
});

/** Books when a person has said yes: whoever travels, or the supervisor where it costs more than the budget. */
export function booking({held, supervisors}: BookingOptions): AskedTool {
  const root = (): Promise<Root> => openRoot(held.session.object);
  return {
    async about(input): Promise<Ask> {
      const checked = bookingInput.safeParse(input);
      if (!checked.success) return {note: 'Book what is chosen.'};
      const {items, total, over} = quote(readItinerary(await root()), checked.data);
      const what = items.length === 0 ? 'Nothing is chosen yet.' : `${items.map(({title}) => title).join(', ')}: ${total} € together.`;
      if (over === 0) return {note: what};
      return {note: `${what} That is ${over} € over the budget.`, approvers: supervisors};
    },
    async carryOut(input, {decision: {clientId = ''}, toolCallId}): Promise<BookingResult> {
      const wanted = bookingInput.parse(input);
      // Since it was asked, something else may have been chosen, or whoever approved has changed what to book.
      const {items, total, over} = quote(readItinerary(await root()), wanted);
      if (items.length === 0) return {end: 'nothing-chosen'};
      if (over > 0 && !supervisors.includes(clientId)) return {end: 'needs-supervisor', total, over};
      const {people, travelClass} = wanted;
      // The same call gives the same reference: should it be carried out twice, there is still one booking.
      return {end: 'booked', reference: referenceOf(toolCallId), items, total, people, travelClass, approvedBy: clientId};
    },
  };
}

function referenceOf(toolCallId: string): string {
  return toolCallId.replaceAll(/[^a-z0-9]/gi, '').slice(-6).toUpperCase();
}
