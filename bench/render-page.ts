import {markdownStyles} from '../src/render/index.ts';
import {MarkdownView, warmUpParser} from '../src/render/markdown.ts';
import {sampleMarkdown} from './render-sample.ts';

/** What takes the text as it grows. */
interface Sink {
  update(text: string, isFinal: boolean): void;
}

export type Variant = 'floor' | 'view';

/** Finished blocks appended as plain text elements, nothing parsed: what the browser itself costs. */
class FloorBlocks implements Sink {
  readonly #host: HTMLElement;
  #cut = 0;
  #open: Text | undefined;
  #shown = 0;

  constructor(host: HTMLElement) {
    this.#host = host;
  }

  update(text: string): void {
    for (;;) {
      const end = text.indexOf('\n\n', Math.max(this.#cut, this.#shown - 1));
      const until = end < 0 ? text.length : end;
      this.#append(text.slice(Math.max(this.#cut, this.#shown), until));
      this.#shown = until;
      if (end < 0) return;
      this.#cut = this.#shown = end + 2;
      this.#open = undefined;
    }
  }

  #append(part: string): void {
    if (!this.#open) {
      const block = document.createElement('p');
      block.style.whiteSpace = 'pre-wrap';
      this.#open = document.createTextNode('');
      block.append(this.#open);
      this.#host.append(block);
    }
    this.#open.appendData(part);
  }
}

export interface Plan {
  variant: Variant;
  tokens: number;
  /** Tokens that arrive between one frame and the next. */
  perFrame: number;
  /** Messages that stream at the same time. */
  streams?: number;
  /** Whether code is coloured, in idle time. */
  highlight?: boolean;
}

export interface Progress {
  tenth: number;
  longTasks: number[];
  frames: number[];
}

const longTasks: number[] = [];
new PerformanceObserver((list) => longTasks.push(...list.getEntries().map(({duration}) => duration))).observe({type: 'longtask'});

let sinks: {sink: Sink; text: string; tokens: string[]; at: number}[] = [];
let plan: Plan | undefined;

function begin(next: Plan): void {
  plan = next;
  longTasks.length = 0;
  const style = document.createElement('style');
  style.textContent = markdownStyles.cssText;
  document.body.replaceChildren(style);
  sinks = Array.from({length: next.streams ?? 1}, (_, index) => {
    const host = document.createElement('div');
    host.className = 'markdown';
    document.body.append(host);
    const text = sampleMarkdown(index + 1, next.tokens);
    const view = new MarkdownView(host, {highlight: next.highlight ?? false});
    const sink: Sink = next.variant === 'floor' ? new FloorBlocks(host) : {update: (whole, isFinal) => view.update(whole, {final: isFinal})};
    return {sink, text: '', tokens: text.match(/\s*\S{1,5}/g) ?? [], at: 0};
  });
}

const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));

/** Streams up to `share` of the text; resolves when it is painted. */
async function streamTo(share: number): Promise<Progress> {
  const frames: number[] = [];
  let before = await frame();
  const perFrame = plan?.perFrame ?? 1;
  while (sinks.some(({at, tokens}) => at < tokens.length * share)) {
    for (const entry of sinks) {
      const end = Math.min(Math.ceil(entry.tokens.length * share), entry.at + perFrame);
      entry.text += entry.tokens.slice(entry.at, end).join('');
      entry.at = end;
      entry.sink.update(entry.text, end === entry.tokens.length);
    }
    scrollTo(0, document.body.scrollHeight);
    const now = await frame();
    frames.push(now - before);
    before = now;
  }
  await frame();
  return {tenth: share, longTasks: [...longTasks], frames};
}


// As on a real page, which is open for a while before the first answer comes.
await warmUpParser();

Object.assign(globalThis, {renderBench: {begin, streamTo}});
