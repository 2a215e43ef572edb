/** Measures one thing in a browser of its own. All times in ms. */
import {type Browser, type CDPSession, chromium, type Page} from 'playwright-core';
import {browserArguments, findBrowser} from '../scripts/find-browser.mjs';
import type {Progress, StreamPlan} from './page/driver.ts';

/** From then on a kit is cut, in ms by the clock. */
export const capMs = 36_000;

export interface StreamResult {
  /** CPU time of the page's main thread until the text is complete and painted. */
  busy: number;
  /** The same until nothing more happens, with what follows the text, such as the colours of code. */
  busyQuiet: number;
  /** Cost of a token in the last tenth of the text, by that in the first. */
  growth: number;
  /** The longest task until nothing more happens, by the clock; 0 where none was above 50. */
  longest: number;
  /** The time between frames that 95 % stay below. */
  p95: number;
  /** By the clock, until nothing more happened. */
  settled: number;
  /** Of the heap, after a collection, in MB. */
  heap: number;
}

export interface HistoryResult {
  /** CPU time until the end of the conversation was painted first. */
  busy: number;
  /** CPU time until nothing more happened. */
  busyQuiet: number;
  settled: number;
  /** In the document and the shadow trees in it. */
  nodes: number;
  heap: number;
  /** While scrolling back. */
  p95: number;
}

/** `unable`: it has no such thing; `cut`: it took longer than the cap; `lost`: the end of the text never showed. */
export type Failure = 'unable' | 'cut' | 'lost';

class Cut extends Error {}

/** When a page began to do nothing. */
export interface Quiet {
  /** By the clock of `performance.now()`. */
  readonly at: number;
  /** CPU time of its main thread by then. */
  readonly busy: number;
}

/** Waits until a page does next to nothing for half a second: less than a twentieth of the time. */
export async function untilQuiet(busy: () => Promise<number>): Promise<Quiet> {
  let since: Quiet = {at: performance.now(), busy: await busy()};
  let before = since.busy;
  while (performance.now() - since.at < 500) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const now = await busy();
    if (now - before > 5) since = {at: performance.now(), busy: now};
    before = now;
  }
  return since;
}

/** A page whose costs can be read. */
export class Meter {
  readonly page: Page;
  readonly client: CDPSession;
  readonly #browser: Browser;
  readonly #limit: number;

  private constructor(browser: Browser, page: Page, client: CDPSession, limit: number) {
    this.#limit = limit;
    this.#browser = browser;
    this.page = page;
    this.client = client;
  }

  /** @param options.cap when the page is given up, in ms after it is open */
  static async open(url: string, {cap = capMs}: {cap?: number} = {}): Promise<Meter> {
    const browser = await chromium.launch({executablePath: findBrowser(), args: [...browserArguments, '--enable-precise-memory-info']});
    const page = await browser.newPage({viewport: {width: 900, height: 800}});
    page.on('pageerror', (error) => console.error(`  ${url}: ${error.message}`));
    await page.goto(url);
    const client = await page.context().newCDPSession(page);
    // CPU time: what else the machine does must not count.
    await client.send('Performance.enable', {timeDomain: 'threadTicks'});
    return new Meter(browser, page, client, performance.now() + cap);
  }

  async call<T>(method: string, ...parameters: unknown[]): Promise<T> {
    return await this.within(this.page.evaluate(`bench.${method}(${parameters.map((parameter) => JSON.stringify(parameter)).join(', ')})`));
  }

  /** @throws {Cut} when it is not done by the cap. */
  async within<T>(work: Promise<T>): Promise<T> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const cap = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Cut()), Math.max(0, this.#limit - performance.now()));
    });
    work.catch(() => undefined);
    return await Promise.race([work, cap]).finally(() => clearTimeout(timer));
  }

  async metrics(): Promise<Record<string, number>> {
    const {metrics} = await this.within(this.client.send('Performance.getMetrics'));
    return Object.fromEntries(metrics.map(({name, value}) => [name, value]));
  }

  /** CPU time of the page's main thread so far. */
  async busy(): Promise<number> {
    return ((await this.metrics()).TaskDuration ?? 0) * 1_000;
  }

  /** Waits until the page does nothing more. */
  async quiet(): Promise<Quiet> {
    return await untilQuiet(() => this.busy());
  }

  async heap(): Promise<number> {
    await this.within(this.client.send('HeapProfiler.collectGarbage'));
    return ((await this.metrics()).JSHeapUsedSize ?? 0) / 1_000_000;
  }

  async close(): Promise<void> {
    await Promise.race([this.#browser.close(), new Promise((resolve) => setTimeout(resolve, 5_000))]);
  }
}

const percentile = (values: number[], share: number): number => values.sort((one, other) => one - other)[Math.floor(values.length * share)] ?? 0;

export async function measureStream(url: string, plan: StreamPlan): Promise<StreamResult | Failure> {
  return await measured(url, async (meter) => {
    if (!await meter.call<boolean>('begin', plan)) return 'unable';
    const started = performance.now();
    const start = await meter.busy();
    const tenths: number[] = [];
    const frames: number[] = [];
    let last: Progress | undefined;
    for (let tenth = 1, before = start; tenth <= 10; tenth++) {
      last = await meter.call<Progress>('streamTo', tenth / 10);
      frames.push(...last.frames);
      const now = await meter.busy();
      tenths.push(now - before);
      before = now;
    }
    const busy = await meter.busy() - start;
    if (last?.isShown === false) return 'lost';
    const quiet = await meter.quiet();
    const longest = Math.max(0, ...await meter.call<number[]>('longTasks'));
    return {
      busy, busyQuiet: quiet.busy - start, settled: quiet.at - started, growth: (tenths.at(-1) ?? 0) / (tenths[0] || 1),
      longest, p95: percentile(frames, 0.95), heap: await meter.heap(),
    };
  });
}

export async function measureHistory(url: string, name: string, count: number): Promise<HistoryResult | Failure> {
  return await measured(url, async (meter) => {
    if (!await meter.call<boolean>('prepareHistory', name, count)) return 'unable';
    const started = performance.now();
    const start = await meter.busy();
    await meter.call('history', name);
    const busy = await meter.busy() - start;
    const quiet = await meter.quiet();
    const nodes = await meter.call<number>('nodes');
    const heap = await meter.heap();
    return {busy, busyQuiet: quiet.busy - start, settled: quiet.at - started, nodes, heap, p95: percentile(await meter.call<number[]>('scrollBack', name), 0.95)};
  });
}

async function measured<T>(url: string, work: (meter: Meter) => Promise<T | Failure>): Promise<T | Failure> {
  const meter = await Meter.open(url);
  try {
    await meter.within(meter.page.waitForFunction('globalThis.bench && globalThis.benchAdapters'));
    return await work(meter);
  } catch (error) {
    if (error instanceof Cut) return 'cut';
    throw error;
  } finally {
    await meter.close();
  }
}
