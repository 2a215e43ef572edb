/** Runs in the page: feeds an adapter with text and tells what that did to frames. */
import type {Adapter, Answer, PastMessage} from './adapter.ts';
import {countNodes} from './nodes.ts';
import {sampleMarkdown} from './sample.ts';

/** `burst`: each delta in a task of its own, one after another; `frame`: so many a frame; `paced`: so many a second. */
export type Pace = {readonly type: 'burst'} | {readonly type: 'frame'; readonly tokens: number} | {readonly type: 'paced'; readonly perSecond: number};

export interface StreamPlan {
  readonly adapter: string;
  readonly tokens: number;
  readonly streams: number;
  readonly pace: Pace;
}

export interface Progress {
  /** Time between frames, in ms. */
  readonly frames: number[];
  /** Whether the end of the text is in the page; undefined until all of it was given. */
  readonly isShown: boolean | undefined;
}

const endMark = 'The very last words.';

interface Stream {
  readonly answer: Answer;
  readonly deltas: readonly string[];
  text: string;
  at: number;
}

const longTasks: number[] = [];
new PerformanceObserver((list) => longTasks.push(...list.getEntries().map(({duration}) => duration))).observe({type: 'longtask'});

let streams: Stream[] = [];
let plan: StreamPlan | undefined;
let host: HTMLElement = document.body;
let begun = 0;

function adapterOf(name: string): Adapter {
  const adapter = globalThis.benchAdapters?.[name];
  if (!adapter) throw new Error(`There is no adapter "${name}".`);
  return adapter;
}

function newHost(): void {
  host = document.createElement('div');
  host.className = 'host';
  document.body.replaceChildren(host);
}

/** Resolves to whether the adapter can do what is planned. */
async function begin(next: StreamPlan): Promise<boolean> {
  const adapter = adapterOf(next.adapter);
  await adapter.ready?.();
  newHost();
  const answers = await adapter.open?.(host, next.streams);
  if (!answers) return false;
  plan = next;
  streams = answers.map((answer, index) => ({
    answer, text: '', at: 0,
    deltas: `${sampleMarkdown(index + 1, next.tokens)}\n\n${endMark}`.match(/\s*\S{1,5}/g) ?? [],
  }));
  await frame();
  await frame();
  longTasks.length = 0;
  begun = performance.now();
  return true;
}

const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));

function pushOne(stream: Stream): void {
  const delta = stream.deltas[stream.at++] ?? '';
  stream.text += delta;
  stream.answer.push(delta, stream.text, stream.at === stream.deltas.length);
}

/** Gives the adapter what comes up to `share` of the text; resolves when that is painted. */
async function streamTo(share: number): Promise<Progress> {
  if (!plan) throw new Error('Nothing has begun.');
  const {pace, adapter} = plan;
  const scroller = adapterOf(adapter).scroller?.(host) ?? host;
  const isOwn = scroller !== host;
  const until = (stream: Stream): number => Math.ceil(stream.deltas.length * share);
  const isDone = (): boolean => streams.every((stream) => stream.at >= until(stream));
  const frames: number[] = [];
  let isRunning = true;
  const watching = (async () => {
    for (let before = await frame(); isRunning;) {
      if (pace.type === 'frame') {
        for (const stream of streams) for (let left = pace.tokens; left > 0 && stream.at < until(stream); left--) pushOne(stream);
      }
      // Who brings no scroller is followed to its end, as a page would have to.
      if (!isOwn) host.scrollTop = host.scrollHeight;
      const now = await frame();
      frames.push(now - before);
      before = now;
      if (isDone()) return;
    }
  })();
  if (pace.type === 'burst') await burst(until, isDone);
  if (pace.type === 'paced') await paced(pace.perSecond, until, isDone);
  await watching;
  isRunning = false;
  if (!isOwn) host.scrollTop = host.scrollHeight;
  await frame();
  await frame();
  return {frames, isShown: share < 1 ? undefined : await showsEnd()};
}

/** As messages come in by a socket that has many of them: each in a task of its own. */
async function burst(until: (stream: Stream) => number, isDone: () => boolean): Promise<void> {
  const {port1, port2} = new MessageChannel();
  await new Promise<void>((resolve) => {
    port2.onmessage = () => {
      for (const stream of streams) if (stream.at < until(stream)) pushOne(stream);
      if (isDone()) resolve();
      else port1.postMessage(0);
    };
    port1.postMessage(0);
  });
  port1.close();
}

async function paced(perSecond: number, until: (stream: Stream) => number, isDone: () => boolean): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const due = ((performance.now() - begun) / 1000) * perSecond;
      for (const stream of streams) while (stream.at < Math.min(due, until(stream))) pushOne(stream);
      if (!isDone()) return;
      clearInterval(timer);
      resolve();
    }, 1000 / perSecond);
  });
}

/** Waits until the end of each text can be seen, for 15 s. */
async function showsEnd(): Promise<boolean> {
  const limit = performance.now() + 15_000;
  while (performance.now() < limit) {
    if (shownText(host).split(endMark).length - 1 >= streams.length) return true;
    await frame();
  }
  return false;
}

function shownText(root: Node): string {
  let text = root.textContent ?? '';
  const elements = root instanceof Element || root instanceof ShadowRoot ? root.querySelectorAll('*') : [];
  for (const element of elements) if (element.shadowRoot) text += shownText(element.shadowRoot);
  return text;
}

let past: PastMessage[] = [];

/** Makes a conversation of so many messages; resolves to whether the adapter can show one. */
async function prepareHistory(name: string, count: number): Promise<boolean> {
  const adapter = adapterOf(name);
  if (!adapter.history) return false;
  await adapter.ready?.();
  newHost();
  past = Array.from({length: count}, (_, index): PastMessage => ({role: index % 2 === 0 ? 'user' : 'assistant', text: index % 2 === 0 ? `Question ${index}?` : sampleMarkdown(index, 130)}));
  await frame();
  await frame();
  return true;
}

/** Shows the conversation; resolves when the first of it is painted. */
async function history(name: string): Promise<void> {
  const adapter = adapterOf(name);
  await adapter.history?.(host, past);
  const scroller = adapter.scroller?.(host) ?? host;
  if (scroller === host) host.scrollTop = host.scrollHeight;
  await frame();
  await frame();
}

/** Scrolls upwards for two seconds; the times between frames, in ms. */
async function scrollBack(name: string): Promise<number[]> {
  const scroller = adapterOf(name).scroller?.(host) ?? host;
  const frames: number[] = [];
  let before = await frame();
  for (let count = 0; count < 120; count++) {
    scroller.scrollTop -= 60;
    const now = await frame();
    frames.push(now - before);
    before = now;
  }
  return frames;
}

Object.assign(globalThis, {bench: {begin, streamTo, longTasks: () => [...longTasks], prepareHistory, history, nodes: () => countNodes(document), scrollBack}});
