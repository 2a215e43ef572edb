import '../src/define.ts';
import {warmUp} from '../src/render/index.ts';
import {createMemorySession, type LoadedMessage, type MemorySession} from '../src/testing/index.ts';
import {countNodes} from './page/nodes.ts';
import {sampleMarkdown} from './page/sample.ts';

export type HistoryVariant = 'floor' | 'chat';

const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));

/** Questions and answers of about 130 words; the same for the same place. */
function conversation(count: number): LoadedMessage[] {
  // A few dozen different texts are enough, and do not take long to make.
  const texts = Array.from({length: 40}, (_, seed) => sampleMarkdown(seed + 1, 150));
  return Array.from({length: count}, (_, index) => ({
    id: `m${index}`, role: index % 2 === 0 ? 'user' : 'assistant', createdAt: 1_700_000_000_000 + index * 60_000,
    parts: [{type: 'text', text: texts[index % texts.length] ?? ''}],
  }));
}

let messages: LoadedMessage[] = [];
let session: MemorySession | undefined;
let chat: HTMLElementTagNameMap['agent-chat'] | undefined;

/** Messages that are not shown until they are asked for. */
const olderCount = 50;

function prepare(count: number): void {
  document.body.replaceChildren();
  const all = conversation(count + olderCount);
  messages = all.slice(olderCount);
  session = createMemorySession({pageSize: count});
  session.load(all);
  session.flush();
}

/** Shows the whole conversation; resolves when it is painted first. What is drawn ahead of the reader comes after that. */
async function show(variant: HistoryVariant): Promise<void> {
  await frame();
  if (variant === 'floor') showFloor();
  else showChat();
  await chat?.updateComplete;
  await frame();
  await frame();
}

/** Every message as one element with its text: what the browser itself costs. */
function showFloor(): void {
  const scroller = document.createElement('div');
  scroller.className = 'floor';
  scroller.style.cssText = 'height: 100vh; overflow: auto';
  for (const {parts} of messages) {
    const element = document.createElement('div');
    element.textContent = parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
    scroller.append(element);
  }
  document.body.append(scroller);
  scroller.scrollTop = scroller.scrollHeight;
}

function showChat(): void {
  chat = Object.assign(document.createElement('agent-chat'), {session: session ?? null});
  chat.style.setProperty('height', '100vh');
  document.body.append(chat);
}

/** Waits until nothing is drawn ahead any more, and counts the nodes of the page. */
async function nodes(): Promise<number> {
  for (let before = -1, now = countNodes(document); now !== before;) {
    before = now;
    for (let count = 0; count < 12; count++) await frame();
    now = countNodes(document);
  }
  return countNodes(document);
}

const scrollerOf = (): HTMLElement | null => (chat ? chat.renderRoot.querySelector<HTMLElement>('.scroller') : document.querySelector<HTMLElement>('.floor'));

/** Scrolls up by `step` px a frame, `count` times; resolves with the times of the frames and the share of them with a gap in view. */
async function scroll({step, count}: {step: number; count: number}): Promise<{frames: number[]; gaps: number; most: number}> {
  const scroller = scrollerOf();
  const frames: number[] = [];
  let gaps = 0;
  let most = 0;
  let before = await frame();
  for (let done = 0; scroller && done < count; done++) {
    scroller.scrollTop -= step;
    const now = await frame();
    frames.push(now - before);
    before = now;
    const view = scroller.getBoundingClientRect();
    const isGap = [...scroller.querySelectorAll('.gap')].some((gap) => {
      const {top, bottom} = gap.getBoundingClientRect();
      return bottom > view.top + 1 && top < view.bottom - 1;
    });
    if (isGap) gaps++;
    if (done % 20 === 0) most = Math.max(most, countNodes(document));
  }
  return {frames, gaps, most};
}

/** Has older messages put before all others; resolves with how far the message at the top of the view moved, in px. */
async function prepend(): Promise<number> {
  const scroller = scrollerOf();
  if (!scroller || !session) return NaN;
  const view = scroller.getBoundingClientRect();
  const row = [...scroller.querySelectorAll('article')].find((article) => article.getBoundingClientRect().bottom > view.top);
  const before = row?.getBoundingClientRect().top ?? NaN;
  await session.dispatch({type: 'load-older', limit: olderCount});
  session.flush();
  await chat?.updateComplete;
  await frame();
  await frame();
  return Math.abs((row?.getBoundingClientRect().top ?? NaN) - before);
}

// As on a real page, which is open for a while before there is much to show.
await warmUp();

Object.assign(globalThis, {historyBench: {prepare, show, nodes, scroll, prepend}});
