/**
 * What showing streamed Markdown and long conversations costs: ours beside the floors and other kits, in headless
 * Chromium, in turns. See README.md for what is measured and how. Exits with 1 where a bar is missed.
 */
import {writeFileSync} from 'node:fs';
import {parseArgs} from 'node:util';
import {buildPages, isOurs, names, servePages} from './build-pages.ts';
import {type Failure, measureHistory, measureStream} from './measure.ts';
import type {StreamPlan} from './page/driver.ts';
import {measureSession} from './session.ts';

const {values: options} = parseArgs({options: {
  quick: {type: 'boolean', default: false}, kits: {type: 'string', default: 'all'}, only: {type: 'string', default: ''},
  runs: {type: 'string'}, 'kit-runs': {type: 'string'}, json: {type: 'string'},
}});

interface Bar {
  /** At most so many times what `floor` has. */
  times?: number;
  growth?: number;
  longest?: number;
  p95?: number;
}

interface StreamCase {
  readonly name: string;
  readonly plan: Omit<StreamPlan, 'adapter'>;
  readonly bar?: Bar;
}

const {quick} = options;
const burst = {type: 'burst'} as const;
const seconds = quick ? 5 : 20;
const streamCases: readonly StreamCase[] = [
  {name: 'burst 2k', plan: {tokens: 2_000, streams: 1, pace: burst}},
  {name: 'burst 8k', plan: {tokens: 8_000, streams: 1, pace: burst}},
  ...(quick ? [] : [{name: 'burst 32k', plan: {tokens: 32_000, streams: 1, pace: burst}, bar: {times: 1.9, growth: 1.3, longest: 50}}]),
  {name: `128 a frame, ${quick ? 8 : 32}k`, plan: {tokens: quick ? 8_000 : 32_000, streams: 1, pace: {type: 'frame', tokens: 128}}, bar: {times: 1.7, p95: 17}},
  {name: `200 a second, ${seconds} s`, plan: {tokens: 200 * seconds, streams: 1, pace: {type: 'paced', perSecond: 200}}, bar: {times: 1.4, p95: 17}},
  {name: '8 streams, 3 a frame', plan: {tokens: 1_000, streams: 8, pace: {type: 'frame', tokens: 3}}, bar: {times: 1.9}},
];
const historyCounts = quick ? [100, 1_000] : [100, 1_000, 5_000, 10_000];
const runs = Number(options.runs ?? (quick ? 1 : 3));
/** Other kits are several times away, so that one run tells as much as three, and takes a third of the time. */
const kitRuns = Number(options['kit-runs'] ?? 1);

type Row = Record<string, number>;
type Results = Map<string, Row | Failure>;

const who = names.filter((name) => isOurs(name) || options.kits === 'all' || options.kits.split(',').includes(name));
const isWanted = (name: string): boolean => name.includes(options.only);
const report: Record<string, Record<string, Row | Failure>> = {};
let missed = 0;
const failures: Record<Failure, string> = {unable: '–', cut: '> 36 s', lost: 'end not shown'};

await buildPages(who);
const server = await servePages();
try {
  for (const {name, plan, bar} of streamCases.filter((entry) => isWanted(entry.name))) {
    const results = await inTurns(async (adapter) => await measureStream(server.urlFor(adapter), {...plan, adapter}));
    show(name, results, ['busy', 'times floor', 'growth', 'longest', 'p95', 'settled', 'heap'], 'floor blocks');
    judge(name, results, bar);
  }
  for (const count of historyCounts) {
    const name = `history of ${count.toLocaleString('en')}`;
    if (!isWanted(name)) continue;
    show(name, await inTurns(async (adapter) => await measureHistory(server.urlFor(adapter), adapter, count)), ['busy', 'times floor', 'settled', 'nodes', 'heap', 'p95'], 'floor text');
  }
  if (isWanted('session')) {
    const shares = await measureSession(server, quick ? 2_000 : 8_000);
    console.log('\nthrough the broker, the SDK and AI Transport: CPU of the page by who used it, ms');
    for (const [group, ms] of Object.entries(shares)) console.log(`  ${group.padEnd(28)} ${ms.toFixed(0).padStart(6)}`);
    report.session = {shares};
  }
} finally {
  server.close();
}
if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify({quick, runs, report}, undefined, 2)}\n`);
process.exit(missed > 0 ? 1 : 0);

/** Measures each in turn, so that what else the machine does falls on all alike; the medians. */
async function inTurns(measure: (adapter: string) => Promise<object | Failure>): Promise<Results> {
  const all = new Map<string, Row[] | Failure>(who.map((name) => [name, []]));
  for (let run = 0; run < runs; run++) {
    for (const [name, rows] of all) {
      if (typeof rows === 'string' || (!isOurs(name) && run >= kitRuns)) continue;
      const result = await measure(name);
      if (typeof result === 'string') all.set(name, result);
      else rows.push(result as Row); // All results consist of numbers.
    }
  }
  return new Map([...all].map(([name, rows]) => [name, typeof rows === 'string' ? rows : medians(rows)]));
}

function medians(rows: Row[]): Row {
  const keys = Object.keys(rows[0] ?? {});
  return Object.fromEntries(keys.map((key) => {
    const sorted = rows.map((row) => row[key] ?? 0).sort((one, other) => one - other);
    // Other work on the machine can only make a task longer by the clock: the shortest is the truest.
    return [key, sorted[key === 'longest' ? 0 : Math.floor(sorted.length / 2)] ?? 0];
  }));
}

function show(name: string, results: Results, columns: readonly string[], floorName: string): void {
  const floor = results.get(floorName);
  console.log(`\n${name.padEnd(24)}${columns.map((column) => column.padStart(12)).join('')}`);
  for (const [adapter, row] of results) {
    if (typeof row !== 'string' && typeof floor === 'object') row['times floor'] = (row.busy ?? 0) / (floor.busy ?? 1);
    const cells = typeof row === 'string' ? [failures[row].padStart(14)] : columns.map((column) => format(column, row[column]).padStart(12));
    console.log(`${adapter.padEnd(24)}${cells.join('')}`);
  }
  report[name] = Object.fromEntries(results);
}

function format(column: string, value = NaN): string {
  return value.toFixed(column === 'growth' || column === 'times floor' ? 2 : column === 'heap' ? 1 : 0);
}

function judge(name: string, results: Results, bar: Bar | undefined): void {
  const ours = results.get('<agent-chat>');
  if (!bar || typeof ours !== 'object') return;
  const floor = results.get('floor blocks');
  const limits = {'times floor': bar.times, growth: bar.growth, longest: bar.longest, p95: bar.p95 === undefined ? undefined : bar.p95 + 1};
  for (const [column, limit] of Object.entries(limits)) {
    const value = ours[column] ?? 0;
    if (limit === undefined || value <= limit) continue;
    const isByClock = column === 'longest' || column === 'p95';
    if (isByClock && typeof floor === 'object' && (floor[column] ?? 0) > limit) {
      console.log(`  not established in ${name}: ${column} ${format(column, value)}; the floor misses ${limit} too, so the machine is too busy to tell`);
      continue;
    }
    missed++;
    console.log(`  <-- missed in ${name}: ${column} ${format(column, value)}, at most ${limit}`);
  }
}
