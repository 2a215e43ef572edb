/**
 * What a long conversation costs through `<agent-chat>`, beside its text in plain elements, in headless Chromium, side by
 * side in one run: `node bench/history.ts [runs] [counts] [--markdown]`. Prints medians and exits with 1 where a bar is missed.
 */
import {createServer as createHttpServer} from 'node:http';
import {parseArgs} from 'node:util';
import {chromium, type Page} from 'playwright-core';
import {createServer} from 'vite';
import {browserArguments, findBrowser} from '../scripts/find-browser.mjs';
import type {HistoryVariant} from './history-page.ts';
import {untilQuiet} from './measure.ts';
import {median as medianOf} from './outcomes.ts';
import {markdownTable} from './tables.ts';

interface Result {
  /** Until it is painted first, by the clock, in ms. */
  shown: number;
  /** The same in CPU time of the page's thread, in ms: what else the machine does must not count. */
  shownCost: number;
  /** Until nothing more happens, with what is drawn ahead of the reader, by the clock, in ms. */
  quiet: number;
  /** The same in CPU time, in ms. */
  quietCost: number;
  nodes: number;
  /** While scrolling up, in ms. */
  p95: number;
  /** What a frame of scrolling takes of the page's thread, in ms. */
  busy: number;
  /** Frames of those that showed a gap. */
  gaps: number;
  /** By how much the reader's place moved when older messages came, in px. */
  moved: number;
}

const {values: {markdown}, positionals: [wantedRuns = '3', wantedCounts]} = parseArgs({options: {markdown: {type: 'boolean', default: false}}, allowPositionals: true});
const counts = [100, 1_000, 5_000, 10_000].filter((count) => wantedCounts === undefined || wantedCounts.split(',').includes(`${count}`));
const bars = {ofFloor: 0.25, ofShort: 2, nodes: 2_500, frameMs: 17, movedPx: 1} as const;

const root = new URL('..', import.meta.url).pathname;
const vite = await createServer({
  root, configFile: false, appType: 'custom', logLevel: 'error',
  server: {middlewareMode: true, hmr: false, ws: false, watch: null},
  resolve: {conditions: ['agent-session-source', 'module', 'browser', 'production']},
});
const server = createHttpServer((request, response) => {
  if (request.url !== '/') {
    vite.middlewares(request, response);
    return;
  }
  response.setHeader('content-type', 'text/html');
  response.end('<!doctype html><meta charset="utf-8"><title>bench</title><body style="margin:0"><script type="module" src="/bench/history-page.ts"></script>');
}).listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));
const address = server.address();
if (address === null || typeof address === 'string') throw new Error('The bench server has no port.');
const {port} = address;

const browser = await chromium.launch({executablePath: findBrowser(), args: browserArguments});
const runs = Number(wantedRuns);
const results = new Map<string, Result[]>();
for (let run = 0; run < runs; run++) {
  for (const count of counts) {
    for (const variant of ['floor', 'chat'] as const) {
      const key = `${variant} ${count}`;
      results.set(key, [...results.get(key) ?? [], await measure(variant, count)]);
    }
  }
}
let missed = 0;
const rows: string[][] = [];
for (const count of counts) {
  const ours = median(`chat ${count}`);
  const own = median(`floor ${count}`);
  const short = median('chat 100');
  const misses = [
    count === 5_000 && ours.shownCost > own.shownCost * bars.ofFloor ? 'shown, of the floor' : '',
    count === 5_000 && ours.quietCost > own.quietCost * bars.ofFloor ? 'quiet, of the floor' : '',
    // Without a conversation of 100 messages there is nothing to compare with.
    ours.shownCost > short.shownCost * bars.ofShort ? 'shown, of 100 messages' : '',
    ours.quietCost > short.quietCost * bars.ofShort ? 'quiet, of 100 messages' : '',
    ours.nodes > bars.nodes ? 'nodes' : '',
    // Where even plain text misses frames, the machine is too busy to tell.
    ours.p95 > Math.max(bars.frameMs, own.p95) ? 'p95 frame' : '',
    ours.moved > bars.movedPx ? 'place moved' : '',
  ].filter((miss) => miss !== '');
  if (misses.length > 0) missed++;
  const costs = (['shownCost', 'quietCost'] as const).map((kind) => ({own: own[kind], ours: ours[kind], ofFloor: ours[kind] / own[kind], ofShort: ours[kind] / short[kind]}));
  console.log(`${misses.length > 0 ? `MISSED (${misses.join(', ')})` : 'met   '} ${count} messages: shown in ${ours.shown.toFixed(0)} ms (floor ${own.shown.toFixed(0)}), quiet in ${ours.quiet.toFixed(0)} (floor ${own.quiet.toFixed(0)}); `
    + costs.map((cost, index) => `CPU until ${index === 0 ? 'shown' : 'quiet'} ${cost.ours.toFixed(0)} ms (floor ${cost.own.toFixed(0)}), ratio ${cost.ofFloor.toFixed(2)}, of ours with 100 ${cost.ofShort.toFixed(2)}; `).join('')
    + `nodes ${ours.nodes} (floor ${own.nodes}); scrolling: p95 frame ${ours.p95.toFixed(1)} ms (floor ${own.p95.toFixed(1)}), `
    + `${ours.busy.toFixed(1)} ms a frame (floor ${own.busy.toFixed(1)}), ${ours.gaps} frames with a gap; `
    + `place moved ${ours.moved.toFixed(2)} px by a page of older messages`);
  rows.push([
    count.toLocaleString('en'),
    ...costs.flatMap((cost) => [`${cost.ours.toFixed(0)}, ${cost.own.toFixed(0)}`, cost.ofFloor.toFixed(2), cost.ofShort.toFixed(1)]),
    ours.nodes.toLocaleString('en'), ours.p95.toFixed(1), ours.moved.toFixed(2),
  ]);
}
if (markdown) {
  const of = ['times floor (goal 0.25 at 5,000)', 'times our own 100 (goal 2)'];
  const head = ['messages', 'shown: ms, of the floor', ...of, 'quiet: ms, of the floor', ...of, 'nodes (goal 2,500)', 'scrolling, p95 frame (goal 17 ms)', 'place moved by older messages, px (goal 1)'];
  console.log(`\n${markdownTable(`CPU time; medians of ${runs} ${runs === 1 ? 'run' : 'runs'}`, head, rows)}`);
}
await browser.close();
await vite.close();
server.close();
process.exit(missed > 0 ? 1 : 0);

async function measure(variant: HistoryVariant, count: number): Promise<Result> {
  const page = await browser.newPage({viewport: {width: 900, height: 800}});
  await page.goto(`http://127.0.0.1:${port}/`);
  await page.waitForFunction('globalThis.historyBench');
  await call(page, 'prepare', count);
  const client = await page.context().newCDPSession(page);
  // The time that the thread works, so that what else the machine does counts less.
  await client.send('Performance.enable', {timeDomain: 'threadTicks'});
  const taskTime = async (): Promise<number> => {
    const {metrics} = await client.send('Performance.getMetrics');
    return (metrics.find(({name}) => name === 'TaskDuration')?.value ?? 0) * 1_000;
  };
  const begun = performance.now();
  const start = await taskTime();
  await call(page, 'show', variant);
  const shownCost = await taskTime() - start;
  const shown = performance.now() - begun;
  const still = await untilQuiet(taskTime);
  const atRest = await call(page, 'nodes') as number;
  const before = await taskTime();
  const {frames, gaps, most} = await call(page, 'scroll', {step: 60, count: 300}) as {frames: number[]; gaps: number; most: number};
  const busy = (await taskTime() - before) / Math.max(1, frames.length);
  const nodes = Math.max(atRest, most, await call(page, 'nodes') as number);
  const moved = variant === 'chat' ? await call(page, 'prepend') as number : 0;
  await page.close();
  frames.sort((one, other) => one - other);
  return {shown, shownCost, quiet: still.at - begun, quietCost: still.busy - start, nodes, p95: frames[Math.floor(frames.length * 0.95)] ?? 0, busy, gaps, moved};
}

async function call(page: Page, method: string, argument?: unknown): Promise<unknown> {
  return await page.evaluate(`historyBench.${method}(${argument === undefined ? '' : JSON.stringify(argument)})`);
}

function median(key: string): Result {
  const all = results.get(key) ?? [];
  const of = (name: keyof Result): number => medianOf(all.map((result) => result[name]));
  return {
    shown: of('shown'), shownCost: of('shownCost'), quiet: of('quiet'), quietCost: of('quietCost'),
    nodes: of('nodes'), p95: of('p95'), busy: of('busy'), gaps: of('gaps'), moved: of('moved'),
  };
}
