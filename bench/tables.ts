/** What was measured, as tables: of text for a terminal, of Markdown for docs/performance.md. */
import type {Verdict} from './bars.ts';
import type {Failure} from './measure.ts';
import {type Outcome, type Outcomes, type Row, timesFloor} from './outcomes.ts';
import {elementOwners, sdkOwner} from './profile.ts';
import type {PageCost, SessionResult} from './session.ts';

const failures: Record<Failure, string> = {unable: '–', cut: '> 36 s', lost: 'end not shown'};
const emphasized = '<agent-chat>';

interface Column {
  readonly key: string;
  readonly title: string;
  readonly digits: number;
}

const busy: readonly Column[] = [{key: 'busy', title: 'shown', digits: 0}, {key: 'times', title: 'x floor', digits: 2}, {key: 'busyQuiet', title: 'quiet', digits: 0}];
const settled: Column = {key: 'settled', title: 'settled', digits: 0};
const heap: Column = {key: 'heap', title: 'heap', digits: 1};
const p95: Column = {key: 'p95', title: 'p95', digits: 1};

export const streamColumns: readonly Column[] = [
  ...busy, {key: 'growth', title: 'growth', digits: 2}, {key: 'longest', title: 'longest', digits: 0}, {key: 'worst', title: 'worst', digits: 0}, p95, settled, heap,
];
export const historyColumns: readonly Column[] = [...busy, settled, {key: 'nodes', title: 'nodes', digits: 0}, heap, p95];

/** How often somebody was measured, and how often that came to an end. */
export const runsOf = ({finished, runs}: Outcome): string => (finished === runs ? `${runs}` : `${finished} of ${runs}`);

/** For a terminal. */
export function textTable(title: string, outcomes: Outcomes, columns: readonly Column[], floor: string): string {
  const lines = [...outcomes].map(([name, outcome]) => {
    const {row, failure} = outcome;
    const all: Row = {...row, times: timesFloor(outcomes, name, floor) ?? NaN};
    const cells = row ? columns.map(({key, digits}) => (all[key] ?? NaN).toFixed(digits).padStart(10)) : [failures[failure ?? 'unable'].padStart(14)];
    return `${name.padEnd(24)}${runsOf(outcome).padStart(6)}${cells.join('')}`;
  });
  return [`\n${title.padEnd(24)}${'runs'.padStart(6)}${columns.map((column) => column.title.padStart(10)).join('')}`, ...lines].join('\n');
}

/** @param lead what stands above it, in bold */
export function markdownTable(lead: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [`**${lead}**`, '', line(head), `|:--|${head.slice(1).map(() => '--:|').join('')}`, ...rows.map(line)].join('\n');
}

const rowName = (name: string): string => (name === emphasized ? `**\`${name}\`**` : name);

const grouped = (value: number): string => Math.round(value).toLocaleString('en');

function cell(outcome: Outcome | undefined, text: (row: Row) => string): string {
  if (!outcome) return '';
  return outcome.row ? text(outcome.row) : failures[outcome.failure ?? 'unable'];
}

/** All that was measured of streams, `cases` by their names. */
export function streamsInMarkdown(cases: ReadonlyMap<string, Outcomes>): string {
  const names = namesIn(cases);
  const head = ['', 'runs', ...cases.keys()];
  const table = (lead: string, column: string): string => markdownTable(lead, head, names.map((name) => [
    rowName(name), runsIn(cases, name),
    ...[...cases.values()].map((outcomes) => cell(outcomes.get(name), (row) => {
      const times = timesFloor(outcomes, name, 'floor blocks', column);
      return `${grouped(row[column] ?? NaN)}${times === undefined ? '' : ` (${times.toFixed(1)})`}`;
    })),
  ]));
  const details = markdownTable('`<agent-chat>` beside floor blocks', ['', 'growth', 'longest task: median, worst', 'p95 frame'], [...cases].map(([name, outcomes]) => {
    const both = (text: (row: Row) => string): string => [emphasized, 'floor blocks'].map((who) => cell(outcomes.get(who), text)).join(' beside ');
    return [name, both(({growth = NaN}) => growth.toFixed(2)), both(({longest = NaN, worst = NaN}) => `${grouped(longest)}, ${grouped(worst)}`), both(({p95: frame = NaN}) => frame.toFixed(1))];
  }));
  return [table('CPU ms until all of it shows', 'busy'), table('CPU ms until nothing more happens', 'busyQuiet'), details].join('\n\n');
}

/** All that was measured of conversations, `cases` by how many messages they have. */
export function historiesInMarkdown(cases: ReadonlyMap<string, Outcomes>): string {
  const names = namesIn(cases).filter((name) => [...cases.values()].some((outcomes) => outcomes.get(name)?.failure !== 'unable'));
  const counts = [...cases.keys()];
  const table = (lead: string, text: (row: Row) => string): string => markdownTable(lead, ['', 'runs', ...counts], names.map((name) =>
    [rowName(name), runsIn(cases, name), ...[...cases.values()].map((outcomes) => cell(outcomes.get(name), text))]));
  return [
    table('CPU ms until the end of the conversation shows', ({busy: ms = NaN}) => grouped(ms)),
    table('CPU ms until nothing more happens', ({busyQuiet = NaN}) => grouped(busyQuiet)),
    table('nodes, and heap in MB', ({nodes = NaN, heap: mb = NaN}) => `${grouped(nodes)}, ${mb.toFixed(0)}`),
    table('p95 frame while scrolling, ms', ({p95: frame = NaN}) => frame.toFixed(1)),
  ].join('\n\n');
}

/** One burst through the broker: what the two pages cost, and whose scripts that was. */
export function sessionInMarkdown({runs, chat, bare, shares}: SessionResult, tokens: number): string {
  const parts = ['all', 'script', 'style', 'layout', 'other'] as const;
  const row = (name: string, of: (part: keyof PageCost) => number): string[] => [name, ...parts.map((part) => grouped(of(part))), (of('lasted') / 1_000).toFixed(1)];
  const pages = markdownTable(
    `A burst of ${grouped(tokens)} tokens through the broker: CPU ms of the page until nothing more happens; medians of ${runs}`,
    ['', 'all of it', 'script', 'style', 'layout', 'paint and the rest', 'by the clock, s'],
    [
      row('with `<agent-chat>`', (part) => chat[part]),
      row('without elements', (part) => bare[part]),
      row('the elements: the difference', (part) => chat[part] - bare[part]).with(-1, ''),
    ],
  );
  const scripts = elementOwners.reduce((sum, owner) => sum + (shares[owner] ?? 0), 0);
  const profile = markdownTable(
    'One more of them, profiled: CPU ms by whose script it was', ['', 'ms'],
    [...Object.entries(shares).map(([owner, ms]) => [owner, grouped(ms)]), ['ours together, beside the SDK', `${grouped(scripts)} beside ${grouped(shares[sdkOwner] ?? 0)}`]],
  );
  return `${pages}\n\n${profile}`;
}

export function verdictsInMarkdown(verdicts: readonly Verdict[]): string {
  return markdownTable('Goals', ['case', 'goal', 'measured', ''], verdicts.map(({case: name, bar, measured, outcome}) => [name, bar, measured, outcome === 'open' ? 'not established' : outcome]));
}

function namesIn(cases: ReadonlyMap<string, Outcomes>): string[] {
  return [...new Set([...cases.values()].flatMap((outcomes) => [...outcomes.keys()]))];
}

/** How often one was measured; the most there was where that differs between the cases. */
function runsIn(cases: ReadonlyMap<string, Outcomes>, name: string): string {
  const all = [...cases.values()].flatMap((outcomes) => outcomes.get(name) ?? []);
  return `${Math.max(0, ...all.map(({finished}) => finished)) || ''}`;
}
