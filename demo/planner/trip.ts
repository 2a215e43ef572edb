/** What specialists search for, and the keys of `options` in the shared state. */
export const kinds = ['flights', 'hotels', 'activities'] as const;
export type Kind = (typeof kinds)[number];

/** The client id of the specialist for a kind. */
export const specialistIds: Readonly<Record<Kind, string>> = {flights: 'flights-agent', hotels: 'hotels-agent', activities: 'activities-agent'};

/** The trip as the form on the page has it: `selection.trip`. */
export interface Trip {
  readonly destination: string;
  readonly nights: number;
  /** For everybody together, in euros; 0 when nobody said. */
  readonly budget: number;
  readonly people: number;
  /** `YYYY-MM-DD`. */
  readonly startDate: string;
}

/** One thing to choose: a value of `options.<kind>`, and of `selection` once it is chosen. */
export interface Option {
  readonly id: string;
  readonly title: string;
  readonly detail: string;
  /** For everybody and the whole stay, in euros. */
  readonly price: number;
}

/** Reads an option from shared state, where anybody may have written anything. */
export function readOption(value: unknown): Option | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const {id, title, detail, price} = value as Readonly<Record<string, unknown>>;
  if (typeof id !== 'string' || typeof title !== 'string') return undefined;
  return {id, title, detail: typeof detail === 'string' ? detail : '', price: Number(price) || 0};
}

/** `2027-05-14` and 3 make `2027-05-17`. */
export function addDays(date: string, days: number): string {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}

/** `2027-05-14` as “the 14th”. */
export function ordinalDay(date: string): string {
  const day = Number(date.slice(8));
  const suffix = day % 100 >= 11 && day % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th');
  return `the ${day}${suffix}`;
}
