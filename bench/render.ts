/**
 * What showing streamed Markdown costs beside the append-only floor, in headless Chromium, side by side in one run:
 * `node bench/render.ts [runs]`. Prints medians and exits with 1 where a bar is missed.
 */
import {createServer as createHttpServer} from 'node:http';
import {chromium, type Page} from 'playwright-core';
import {createServer} from 'vite';
import {browserArguments, findBrowser} from '../scripts/find-browser.mjs';
import type {Plan, Progress, Variant} from './render-page.ts';

interface Result {
  busy: number;
  growth: number;
  longest: number;
  p95: number;
}

interface Case {
  name: string;
  plan: Omit<Plan, 'variant'>;
  /** At most this many times the floor's busy time. */
  bar: number;
  growthBar?: number;
}

const cases: Case[] = [
  {name: 'burst of 8,000 tokens', plan: {tokens: 8_000, perFrame: 640}, bar: 1.9},
  {name: 'burst of 32,000 tokens', plan: {tokens: 32_000, perFrame: 640}, bar: 1.9, growthBar: 1.3},
  {name: '32,000 tokens, 128 a frame', plan: {tokens: 32_000, perFrame: 128}, bar: 1.7},
  {name: '4,000 tokens, 3 a frame', plan: {tokens: 4_000, perFrame: 3}, bar: 1.4},
  {name: '8 streams of 1,000 tokens, 3 a frame', plan: {tokens: 1_000, perFrame: 3, streams: 8}, bar: 1.9},
];

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
  response.end('<!doctype html><meta charset="utf-8"><title>bench</title><body><script type="module" src="/bench/render-page.ts"></script>');
}).listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));
const address = server.address();
if (address === null || typeof address === 'string') throw new Error('The bench server has no port.');

const browser = await chromium.launch({executablePath: findBrowser(), args: browserArguments});
const runs = Number(process.argv[2] ?? 3);
const only = process.argv[3];
let missed = 0;
for (const {name, plan, bar, growthBar} of cases.filter((entry) => !only || entry.name.includes(only))) {
  const results: Record<Variant, Result[]> = {floor: [], view: []};
  for (let run = 0; run < runs; run++) {
    for (const variant of ['floor', 'view'] as const) results[variant].push(await measure({...plan, variant}));
  }
  const floor = median(results.floor);
  const view = median(results.view);
  const ratio = view.busy / floor.busy;
  const isMissed = ratio > bar || view.longest > 50 || (growthBar !== undefined && view.growth > growthBar);
  if (isMissed) missed++;
  console.log(`${isMissed ? 'MISSED' : 'met   '} ${name}: ${view.busy.toFixed(0)} ms, floor ${floor.busy.toFixed(0)} ms, ratio ${ratio.toFixed(2)} (at most ${bar}); `
    + `growth ${view.growth.toFixed(2)} (floor ${floor.growth.toFixed(2)}); longest task ${view.longest.toFixed(0)} ms; p95 frame ${view.p95.toFixed(0)} ms (floor ${floor.p95.toFixed(0)})`);
}
await browser.close();
await vite.close();
server.close();
process.exit(missed > 0 ? 1 : 0);

async function measure(plan: Plan): Promise<Result> {
  const page = await browser.newPage({viewport: {width: 900, height: 800}});
  await page.goto(`http://127.0.0.1:${(address as {port: number}).port}/`);
  await page.waitForFunction('globalThis.renderBench');
  const client = await page.context().newCDPSession(page);
  await client.send('Performance.enable');
  const taskTime = async (): Promise<number> => {
    const {metrics} = await client.send('Performance.getMetrics');
    return (metrics.find(({name}) => name === 'TaskDuration')?.value ?? 0) * 1_000;
  };
  await call(page, 'begin', plan);
  const start = await taskTime();
  const tenths: number[] = [];
  let last: Progress | undefined;
  const frames: number[] = [];
  for (let tenth = 1; tenth <= 10; tenth++) {
    const before = await taskTime();
    last = await call(page, 'streamTo', tenth / 10) as Progress;
    frames.push(...last.frames);
    tenths.push(await taskTime() - before);
  }
  const busy = await taskTime() - start;
  await page.close();
  frames.sort((one, other) => one - other);
  return {
    busy,
    growth: (tenths.at(-1) ?? 0) / ((tenths[0] ?? 0) || 1),
    longest: Math.max(0, ...last?.longTasks ?? []),
    p95: frames[Math.floor(frames.length * 0.95)] ?? 0,
  };
}

async function call(page: Page, method: string, argument: unknown): Promise<unknown> {
  return await page.evaluate(`renderBench.${method}(${JSON.stringify(argument)})`);
}

function median(results: Result[]): Result {
  const of = (key: keyof Result): number => {
    const sorted = results.map((result) => result[key]).sort((one, other) => one - other);
    return sorted[Math.floor(sorted.length / 2)] ?? 0;
  };
  return {busy: of('busy'), growth: of('growth'), longest: of('longest'), p95: of('p95')};
}
