/** What came of measuring each of several in turns. */
import type {Failure} from './measure.ts';

export type Row = Readonly<Record<string, number>>;

/** Of all runs of one of them. */
export interface Outcome {
  /** Medians of the runs that finished, and in `worst` the longest task of them all; undefined where none finished. */
  readonly row: Row | undefined;
  /** How one of the runs failed, which was the last one then. */
  readonly failure: Failure | undefined;
  readonly finished: number;
  readonly runs: number;
}

/** By whose it is, in the order of measuring. */
export type Outcomes = ReadonlyMap<string, Outcome>;

/**
 * Measures each of `who` once before any of them is measured again, so that what else the machine does falls on all alike.
 * Who fails is not measured again.
 * @param runsOf how often somebody is measured
 */
export async function inTurns(who: readonly string[], runsOf: (name: string) => number, measure: (name: string) => Promise<object | Failure>): Promise<Outcomes> {
  const all = new Map(who.map((name) => [name, {rows: [] as Row[], failure: undefined as Failure | undefined, runs: 0}]));
  const most = Math.max(...who.map(runsOf));
  for (let run = 0; run < most; run++) {
    for (const [name, state] of all) {
      if (state.failure !== undefined || run >= runsOf(name)) continue;
      const result = await measure(name);
      state.runs++;
      if (typeof result === 'string') state.failure = result;
      else state.rows.push(result as Row); // All results consist of numbers.
    }
  }
  return new Map([...all].map(([name, {rows, failure, runs}]) => [name, {row: rows.length === 0 ? undefined : medians(rows), failure, finished: rows.length, runs}]));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return (sorted.length % 2 === 1 ? sorted[middle] : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2) ?? NaN;
}

export function medians(rows: readonly Row[]): Row {
  const keys = Object.keys(rows[0] ?? {});
  const row = Object.fromEntries(keys.map((key) => [key, median(rows.map((each) => each[key] ?? NaN))]));
  return 'longest' in row ? {...row, worst: Math.max(...rows.map(({longest}) => longest ?? 0))} : row;
}

/** How many times what `floor` has one of them has, in `column`. */
export function timesFloor(outcomes: Outcomes, name: string, floor: string, column = 'busy'): number | undefined {
  const own = outcomes.get(name)?.row?.[column];
  const least = outcomes.get(floor)?.row?.[column];
  return own === undefined || least === undefined ? undefined : own / least;
}
