/**
 * What showing streamed Markdown and long conversations costs: ours beside the floors and other kits, in headless
 * Chromium, in turns. See README.md for what is measured and how. Exits with 1 where a bar is missed.
 */
import {writeFileSync} from 'node:fs';
import {parseArgs} from 'node:util';
import {type Bar, judge, judgeSession, type Verdict} from './bars.ts';
import {buildPages, completeKits, isOurs, names, servePages} from './build-pages.ts';
import {measureHistory, measureStream} from './measure.ts';
import {inTurns, type Outcomes} from './outcomes.ts';
import type {StreamPlan} from './page/driver.ts';
import {measureSession, type SessionResult} from './session.ts';
import {historiesInMarkdown, historyColumns, sessionInMarkdown, streamColumns, streamsInMarkdown, textTable, verdictsInMarkdown} from './tables.ts';

const {values: options} = parseArgs({options: {
  quick: {type: 'boolean', default: false}, kits: {type: 'string', default: 'all'}, only: {type: 'string', default: ''},
  runs: {type: 'string'}, 'kit-runs': {type: 'string'}, tokens: {type: 'string'}, json: {type: 'string'}, markdown: {type: 'boolean', default: false},
}});

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
  ...(quick ? [] : [{name: 'burst 32k', plan: {tokens: 32_000, streams: 1, pace: burst}, bar: {times: 1.9, growth: 1.3, longest: 50, kits: 20}}]),
  {name: `128 a frame, ${quick ? 8 : 32}k`, plan: {tokens: quick ? 8_000 : 32_000, streams: 1, pace: {type: 'frame', tokens: 128}}, bar: {times: 1.7, p95: 17}},
  {name: `200 a second, ${seconds} s`, plan: {tokens: 200 * seconds, streams: 1, pace: {type: 'paced', perSecond: 200}}, bar: {times: 1.4, p95: 17, kits: 2}},
  {name: '8 streams, 3 a frame', plan: {tokens: 1_000, streams: 8, pace: {type: 'frame', tokens: 3}}, bar: {times: 1.9, kits: 2}},
];
const historyCounts = quick ? [100, 1_000] : [100, 1_000, 5_000, 10_000];
const runs = Number(options.runs ?? (quick ? 1 : 3));
const kitRuns = Number(options['kit-runs'] ?? runs);
const sessionTokens = Number(options.tokens ?? (quick ? 2_000 : 32_000));

const who = names.filter((name) => isOurs(name) || options.kits === 'all' || options.kits.split(',').includes(name));
const runsOf = (name: string): number => (isOurs(name) ? runs : kitRuns);
const only = new RegExp(options.only);
const isWanted = (name: string): boolean => only.test(name);
const streams = new Map<string, Outcomes>();
const histories = new Map<string, Outcomes>();
const verdicts: Verdict[] = [];
let session: SessionResult | undefined;

console.log(`each measured so often: ours and the floors ${runs}, other kits ${kitRuns}, or until it is cut; medians, and of the longest tasks the worst too`);
await buildPages(who);
const server = await servePages();
try {
  for (const {name, plan, bar} of streamCases.filter((entry) => isWanted(entry.name))) {
    const outcomes = await inTurns(who, runsOf, async (adapter) => await measureStream(server.urlFor(adapter), {...plan, adapter}));
    streams.set(name, outcomes);
    console.log(textTable(name, outcomes, streamColumns, 'floor blocks'));
    if (bar) tell(judge(name, outcomes, bar, completeKits));
  }
  for (const count of historyCounts) {
    const name = `history of ${count.toLocaleString('en')}`;
    if (!isWanted(name)) continue;
    const outcomes = await inTurns(who, runsOf, async (adapter) => await measureHistory(server.urlFor(adapter), adapter, count));
    histories.set(count.toLocaleString('en'), outcomes);
    console.log(textTable(name, outcomes, historyColumns, 'floor text'));
  }
  if (isWanted('session')) {
    session = await measureSession(server, sessionTokens, runs);
    console.log(`\n${sessionInMarkdown(session, sessionTokens)}\n`);
    tell(judgeSession(session));
  }
} finally {
  server.close();
}
if (options.markdown) {
  const parts = [
    ...(streams.size > 0 ? [streamsInMarkdown(streams)] : []),
    ...(histories.size > 0 ? [historiesInMarkdown(histories)] : []),
    ...(session ? [sessionInMarkdown(session, sessionTokens)] : []),
    ...(verdicts.length > 0 ? [verdictsInMarkdown(verdicts)] : []),
  ];
  console.log(`\n--- Markdown ---\n\n${parts.join('\n\n')}`);
}
if (options.json !== undefined) {
  const plain = (cases: ReadonlyMap<string, Outcomes>): object => Object.fromEntries([...cases].map(([name, outcomes]) => [name, Object.fromEntries(outcomes)]));
  writeFileSync(options.json, `${JSON.stringify({quick, runs, kitRuns, streams: plain(streams), histories: plain(histories), session, verdicts}, undefined, 2)}\n`);
}
process.exit(verdicts.some(({outcome}) => outcome === 'missed') ? 1 : 0);

function tell(found: readonly Verdict[]): void {
  verdicts.push(...found);
  for (const {bar, measured, outcome} of found) console.log(`  ${{met: 'met            ', missed: 'MISSED         ', open: 'not established'}[outcome]} ${bar}: ${measured}`);
}
