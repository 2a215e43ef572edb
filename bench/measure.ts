/** Measures one thing in a browser of its own. All times in ms. */
import {type Browser, type CDPSession, chromium, type Page} from 'playwright-core';
import {browserArguments, findBrowser} from '../scripts/find-browser.mjs';
import type {Progress, StreamPlan} from './page/driver.ts';

/** From then on a kit is cut. */
const capMs = 36_000;

export interface StreamResult {
  /** CPU time of the page's main thread until the text is complete and painted. */
  busy: number;
  /** Cost of a token in the last tenth of the text, by that in the first. */
  growth: number;
  /** The longest task, by the clock. */
  longest: number;
  /** The time between frames that 95 % stay below. */
  p95: number;
  /** By the clock, until nothing more happened. */
  settled: number;
  /** Of the heap, after a collection, in MB. */
  heap: number;
}

export interface HistoryResult {
  /** CPU time until nothing more happened. */
  busy: number;
  settled: number;
  nodes: number;
  heap: number;
  /** While scrolling back. */
  p95: number;
}

/** `unable`: it has no such thing; `cut`: it took longer than the cap; `lost`: the end of the text never showed. */
export type Failure = 'unable' | 'cut' | 'lost';

class Cut extends Error {}

/** A page whose costs can be read. */
export class Meter {
  readonly page: Page;
  readonly client: CDPSession;
  readonly #browser: Browser;
  readonly #limit = performance.now() + capMs;

  private constructor(browser: Browser, page: Page, client: CDPSession) {
    this.#browser = browser;
    this.page = page;
    this.client = client;
  }

  static async open(url: string): Promise<Meter> {
    const browser = await chromium.launch({executablePath: findBrowser(), args: [...browserArguments, '--enable-precise-memory-info']});
    const page = await browser.newPage({viewport: {width: 900, height: 800}});
    page.on('pageerror', (error) => console.error(`  ${url}: ${error.message}`));
    await page.goto(url);
    const client = await page.context().newCDPSession(page);
    // CPU time: what else the machine does must not count.
    await client.send('Performance.enable', {timeDomain: 'threadTicks'});
    return new Meter(browser, page, client);
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

  /** Waits until the page does next to nothing for half a second; returns when that began, by the clock. */
  async quiet(): Promise<number> {
    let since = performance.now();
    let before = await this.busy();
    while (performance.now() - since < 500) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      const now = await this.busy();
      if (now - before > 5) since = performance.now();
      before = now;
    }
    return since;
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
    const settled = await meter.quiet() - started;
    return {busy, settled, growth: (tenths.at(-1) ?? 0) / (tenths[0] || 1), longest: Math.max(0, ...last?.longTasks ?? []), p95: percentile(frames, 0.95), heap: await meter.heap()};
  });
}

export async function measureHistory(url: string, name: string, count: number): Promise<HistoryResult | Failure> {
  return await measured(url, async (meter) => {
    const started = performance.now();
    const start = await meter.busy();
    if (!await meter.call<boolean>('history', name, count)) return 'unable';
    const settled = await meter.quiet() - started;
    const busy = await meter.busy() - start;
    const {Nodes: nodes = 0} = await meter.metrics();
    const heap = await meter.heap();
    return {busy, settled, nodes, heap, p95: percentile(await meter.call<number[]>('scrollBack', name), 0.95)};
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
