/** Judges what was measured by what is promised. */
import {capMs} from './measure.ts';
import {type Outcomes, timesFloor} from './outcomes.ts';
import {elementOwners, sdkOwner} from './profile.ts';
import type {SessionResult} from './session.ts';

export interface Bar {
  /** At most so many times the busy time of *floor blocks*, until the text shows. */
  readonly times?: number;
  /** At most so many times what a token in the first tenth cost, in the last. */
  readonly growth?: number;
  /** At most, in ms: the median of the runs. */
  readonly longest?: number;
  /** At most, in ms. */
  readonly p95?: number;
  /** At least so many times less busy than the best complete kit. */
  readonly kits?: number;
}

export interface Verdict {
  readonly case: string;
  readonly bar: string;
  readonly measured: string;
  /** `open`: what was measured does not tell. */
  readonly outcome: 'met' | 'missed' | 'open';
}

const ours = '<agent-chat>';
const floor = 'floor blocks';

/** @param kits who counts as a complete kit */
export function judge(name: string, outcomes: Outcomes, bar: Bar, kits: readonly string[]): Verdict[] {
  const own = outcomes.get(ours)?.row;
  if (!own) return [{case: name, bar: 'all', measured: `${ours} did not finish`, outcome: 'missed'}];
  const verdicts: Verdict[] = [];
  const atMost = (what: string, value: number | undefined, limit: number | undefined, digits: number, byClock?: string): void => {
    if (limit === undefined) return;
    const ofFloor = byClock === undefined ? 0 : outcomes.get(floor)?.row?.[byClock] ?? 0;
    const isBusy = ofFloor > limit;
    const outcome = value === undefined ? 'open' : value <= limit ? 'met' : isBusy ? 'open' : 'missed';
    const why = outcome === 'open' ? `; the floor ${value === undefined ? 'was not measured' : `misses it too, with ${ofFloor.toFixed(digits)}: the machine is too busy to tell`}` : '';
    verdicts.push({case: name, bar: `${what} at most ${limit}`, measured: `${value?.toFixed(digits) ?? '?'}${why}`, outcome});
  };
  atMost('times floor', timesFloor(outcomes, ours, floor), bar.times, 2);
  atMost('growth', own.growth, bar.growth, 2);
  atMost('longest task, ms,', own.longest, bar.longest, 0, 'longest');
  atMost('p95 frame, ms,', own.p95, bar.p95, 1, 'p95');
  if (bar.kits !== undefined) for (const column of ['busy', 'busyQuiet']) verdicts.push(besideKits(name, outcomes, bar.kits, kits, column));
  return verdicts;
}

/**
 * Ours beside the best complete kit. One that was cut needs more than it was given, by the clock; one whose text never showed
 * has no figure and does not count.
 */
function besideKits(name: string, outcomes: Outcomes, times: number, kits: readonly string[], column: string): Verdict {
  const own = outcomes.get(ours)?.row?.[column] ?? NaN;
  const costs = kits.flatMap((kit) => {
    const {row, failure} = outcomes.get(kit) ?? {};
    if (row) return [{kit, ms: row[column] ?? NaN, isMore: false}];
    return failure === 'cut' ? [{kit, ms: capMs, isMore: true}] : [];
  });
  const best = costs.sort((one, other) => one.ms - other.ms || Number(one.isMore) - Number(other.isMore))[0];
  const bar = `busy until ${column === 'busy' ? 'shown' : 'quiet'} at least ${times} times less than the best complete kit`;
  if (!best) return {case: name, bar, measured: 'no complete kit was measured', outcome: 'open'};
  const more = best.isMore ? 'more than ' : '';
  const isMet = best.ms / own >= times;
  return {
    case: name, bar,
    measured: `${more}${(best.ms / own).toFixed(1)} times less: ${own.toFixed(0)} ms, ${best.kit} ${more}${best.ms.toFixed(0)}`,
    outcome: isMet ? 'met' : best.isMore ? 'open' : 'missed',
  };
}

/** Whether the elements cost less than the SDK under them: by whose scripts ran, and by what a page costs without elements. */
export function judgeSession({chat, bare, shares}: SessionResult): Verdict[] {
  const scripts = elementOwners.reduce((sum, owner) => sum + (shares[owner] ?? 0), 0);
  const verdict = (bar: string, elements: number, sdk: number): Verdict => ({
    case: 'session', bar, measured: `${elements.toFixed(0)} ms beside ${sdk.toFixed(0)}`, outcome: elements < sdk ? 'met' : 'missed',
  });
  return [
    verdict('by scripts, the elements less than the SDK', scripts, shares[sdkOwner] ?? 0),
    verdict('by pages (with elements less without), the elements less than the SDK', chat.all - bare.all, bare.all),
  ];
}
