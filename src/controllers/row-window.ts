import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {nextFrame} from '../internal/frame.ts';
import type {Unsubscribe} from '../internal/listeners.ts';
import type {TimelineItem} from '../session/index.ts';
import {type RowGroup, RowGroups, type WindowRow} from './row-groups.ts';
import {isInUse, RowStates, selectionIn} from './row-states.ts';

/** What is nearer to the view than this is drawn, in heights of the view: at once, and a group a frame. */
const near = {now: 0.25, ahead: 1.5} as const;
/** What is farther from the view than this may be left out, in heights of the view. */
const far = 2.5;
/** Rows that are drawn anyway, so that short conversations stay whole. */
const rowsKept = 23;
/** Room between two rows that lie in different groups, in px, where it cannot be measured. */
const gapGuess = 20;

export interface RowWindowOptions {
  /** The element that scrolls; null until it is drawn. */
  scroller: () => HTMLElement | null;
  /** The element in it whose children are the rows and gaps. Every row is one element. */
  content: () => HTMLElement | null;
  /** All rows; the same list as long as nothing changed. */
  items: () => readonly TimelineItem[];
  /** Whether these are all that there are, as far as is known. */
  isWhole: () => boolean;
  /** Draws all that is asked for, before it returns. */
  drawNow: () => void;
}

/** Which message: of all, or seen from a row. */
export type Where = 'first' | 'last' | 'before' | 'after';

interface DrawnGap {
  readonly element: HTMLElement;
  readonly groups: readonly RowGroup[];
  /** What its groups add up to, in px. */
  readonly height: number;
}

/**
 * Keeps the rows of a long list out of the page that are far from what is shown. Rows come and go by groups; gaps as
 * high as those were, or may be, stand in their place. What is in use stays: the focus, a selection, what is typed,
 * an answer that streams. Printing brings all of them.
 */
export class RowWindow implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #options: RowWindowOptions;
  readonly #groups = new RowGroups();
  readonly #states = new RowStates();
  /** What is drawn. */
  #live = new Set<RowGroup>();
  /** What has to be: the end, and what streams. */
  #needed: ReadonlySet<RowGroup> = new Set();
  #rows: readonly WindowRow[] = [];
  /** What is in the page. */
  #gaps: readonly DrawnGap[] = [];
  #drawn: ReadonlyMap<RowGroup, readonly HTMLElement[]> = new Map();
  #elements: ReadonlyMap<string, HTMLElement> = new Map();
  /** How much higher than it should be the first gap is, so that nothing had to be scrolled while the reader scrolls. */
  #excess = 0;
  #cancelFrame: Unsubscribe | undefined;
  #isPrinting = false;

  constructor(host: ReactiveControllerHost & HTMLElement, options: RowWindowOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  /** What to draw. */
  get rows(): readonly WindowRow[] {
    return this.#rows;
  }

  hostConnected(): void {
    window.addEventListener('beforeprint', this.#onPrint);
    window.addEventListener('afterprint', this.#onPrint);
  }

  hostDisconnected(): void {
    window.removeEventListener('beforeprint', this.#onPrint);
    window.removeEventListener('afterprint', this.#onPrint);
    this.#cancelFrame?.();
    this.#cancelFrame = undefined;
    this.#isPrinting = false;
  }

  hostUpdate(): void {
    this.#measure();
    const items = this.#options.items();
    if (items !== this.#groups.items) this.#takeOver(items);
    for (const group of this.#isPrinting ? this.#groups.all : this.#needed) this.#live.add(group);
    this.#rows = this.#groups.rowsOf(this.#live);
    const kept = new Set(this.#rows.map(({key}) => key));
    for (const [key, element] of this.#elements) if (!kept.has(key)) this.#states.keep(key, element);
  }

  hostUpdated(): void {
    const content = this.#options.content();
    if (!content) return;
    const gaps: DrawnGap[] = [];
    const elements = new Map<string, HTMLElement>();
    this.#rows.forEach((row, position) => {
      const element = content.children[position];
      if (!(element instanceof HTMLElement)) return;
      if (row.type === 'gap') gaps.push({element, groups: row.groups, height: row.groups.reduce((sum, group) => sum + this.#groups.heightOf(group), 0)});
      else elements.set(row.key, element);
    });
    const before = this.#elements;
    this.#gaps = gaps;
    this.#elements = elements;
    this.#drawn = new Map([...this.#live].map((group) => [
      group,
      this.#groups.items.slice(group.start, group.end).flatMap(({key}) => elements.get(key) ?? []),
    ]));
    this.#fillGaps();
    for (const [key, element] of elements) if (before.get(key) !== element) this.#states.restore(key, element);
    this.#count();
  }

  /** Draws what has come near the view, and leaves out what is far from it. */
  update(): void {
    const scroller = this.#options.scroller();
    if (!scroller || scroller.clientHeight === 0 || this.#isPrinting || !this.#host.isConnected) return;
    const height = scroller.clientHeight;
    const coming = this.#inGaps(scroller, near.ahead * height);
    const now = coming.filter(({distance}) => distance <= near.now * height);
    // What is not in view yet comes a group a frame.
    const drawing = now.length > 0 || this.#cancelFrame ? now : coming.slice(0, 1);
    for (const {group} of drawing) this.#live.add(group);
    if (coming.length > now.length) {
      this.#cancelFrame ??= nextFrame(() => {
        this.#cancelFrame = undefined;
        this.update();
      });
    }
    const going = this.#farGroups(scroller);
    for (const group of going) this.#live.delete(group);
    if (drawing.length + going.length > 0) this.#host.requestUpdate();
  }

  /** Takes up to `shift` px from the gap above all rows, so that what moved down comes back; returns what it did not take. */
  absorb(shift: number): number {
    const [gap] = this.#gaps;
    if (!gap || gap.groups[0] !== this.#groups.all[0]) return shift;
    const {height} = gap;
    const next = height + this.#excess - shift;
    // Far from what it stands for it would mislead the scrollbar.
    if (next < height / 2 || next > height * 2) return shift;
    this.#excess -= shift;
    this.#fillGaps();
    return 0;
  }

  /** Makes gaps as high again as they should be. */
  settle(): void {
    if (this.#excess === 0) return;
    this.#excess = 0;
    this.#fillGaps();
  }

  /** The first or last message, or the one before or after a row: drawn, where it was not. Undefined where there is none. */
  async reach(where: Where, row?: HTMLElement): Promise<HTMLElement | undefined> {
    const key = row && [...this.#elements].find(([, element]) => element === row)?.[0];
    const item = messageAt(this.#groups.items, where, key);
    if (!item) return undefined;
    if (!this.#elements.has(item.key)) {
      const group = this.#groups.at(this.#groups.items.indexOf(item));
      if (group) this.#live.add(group);
      this.#host.requestUpdate();
      await this.#host.updateComplete;
    }
    return this.#elements.get(item.key);
  }

  /** The groups that are left out and would be no farther than `reach` from the view, nearest first; distances in px. */
  #inGaps(scroller: HTMLElement, reach: number): {group: RowGroup; distance: number}[] {
    const view = {top: scroller.getBoundingClientRect().top, height: scroller.clientHeight};
    const found: {group: RowGroup; distance: number}[] = [];
    for (const {element, groups, height: should} of this.#gaps) {
      const rect = element.getBoundingClientRect();
      const scale = rect.height / Math.max(1, should);
      // From the end that is nearer, so that of thousands of groups only a few are looked at.
      const isAbove = rect.bottom - view.top < view.height;
      let edge = isAbove ? rect.bottom - view.top : rect.top - view.top;
      for (let index = 0; index < groups.length; index++) {
        const group = groups[isAbove ? groups.length - 1 - index : index];
        if (!group) break;
        const height = this.#groups.heightOf(group) * scale;
        const [start, end] = isAbove ? [edge - height, edge] : [edge, edge + height];
        const distance = Math.max(0, start - view.height, -end);
        if (distance <= reach) found.push({group, distance});
        else if (isAbove ? end < 0 : start > view.height) break;
        edge = isAbove ? start : end;
      }
    }
    return found.sort((one, other) => one.distance - other.distance);
  }

  /** What to leave out: the farthest first, and no more than is too much. */
  #farGroups(scroller: HTMLElement): RowGroup[] {
    let count = this.#elements.size;
    if (count <= rowsKept) return [];
    const {top: viewTop} = scroller.getBoundingClientRect();
    const candidates = [...this.#drawn].flatMap(([group, rows]) => {
      const [first, last] = [rows[0], rows.at(-1)];
      if (!first || !last) return [];
      const above = viewTop - last.getBoundingClientRect().bottom;
      const below = first.getBoundingClientRect().top - viewTop - scroller.clientHeight;
      const distance = Math.max(above, below);
      return distance > far * scroller.clientHeight ? [{group, rows, distance}] : [];
    }).sort((one, other) => other.distance - one.distance);
    if (candidates.length === 0) return [];
    const selection = selectionIn(scroller.getRootNode());
    const going: RowGroup[] = [];
    for (const {group, rows} of candidates) {
      if (count <= rowsKept) break;
      if (this.#needed.has(group) || rows.some((row) => isInUse(row, selection))) continue;
      going.push(group);
      count -= rows.length;
    }
    return going;
  }

  /** Another list: groups may have gone, and others be needed. */
  #takeOver(items: readonly TimelineItem[]): void {
    this.#groups.update(items);
    const {all} = this.#groups;
    const groups = new Set(all);
    this.#live = new Set([...this.#live].filter((group) => groups.has(group)));
    const last = all.at(-1);
    const streaming = all.filter(({start, end}) => items.slice(start, end).some((item) => item.type === 'message' && item.streaming));
    this.#needed = new Set(last ? [...streaming, last] : streaming);
  }

  /** Remembers how high groups are, up to where the next one begins. */
  #measure(): void {
    const scroller = this.#options.scroller();
    if (!scroller || scroller.clientHeight === 0) return;
    this.#groups.setWidth(scroller.clientWidth);
    for (const [group, rows] of this.#drawn) {
      const [first, last] = [rows[0], rows.at(-1)];
      if (!first?.isConnected || !last || rows.length !== group.end - group.start) continue;
      const next = last.nextElementSibling;
      const isGap = this.#gaps.some(({element}) => element === next);
      const end = next && !isGap ? next.getBoundingClientRect().top : last.getBoundingClientRect().bottom + gapGuess;
      group.height = end - first.getBoundingClientRect().top;
    }
    this.#groups.correct();
  }

  #fillGaps(): void {
    const [first] = this.#gaps;
    if (!first || first.groups[0] !== this.#groups.all[0]) this.#excess = 0;
    for (const gap of this.#gaps) {
      gap.element.style.setProperty('block-size', `${Math.max(0, gap.height + (gap === first ? this.#excess : 0))}px`);
    }
  }

  /** Tells screen readers which of how many each message is. */
  #count(): void {
    const {items} = this.#groups;
    const total = this.#options.isWhole() ? items.reduce((sum, {type}) => sum + (type === 'message' ? 1 : 0), 0) : -1;
    let place = 0;
    for (const {type, key} of items) {
      if (type !== 'message') continue;
      place++;
      const element = this.#elements.get(key);
      if (!element) continue;
      setAttribute(element, 'aria-posinset', place);
      setAttribute(element, 'aria-setsize', total);
    }
  }

  readonly #onPrint = ({type}: Event): void => {
    this.#isPrinting = type === 'beforeprint';
    this.#host.requestUpdate();
    if (this.#isPrinting) this.#options.drawNow();
  };
}

function messageAt(items: readonly TimelineItem[], where: Where, key: string | undefined): TimelineItem | undefined {
  const isMessage = ({type}: TimelineItem): boolean => type === 'message';
  const here = items.findIndex((item) => item.key === key);
  switch (where) {
    case 'first':
      return items.find(isMessage);
    case 'last':
      return items.findLast(isMessage);
    case 'before':
      return here === -1 ? undefined : items.slice(0, here).findLast(isMessage);
    case 'after':
      return here === -1 ? undefined : items.slice(here + 1).find(isMessage);
  }
}

function setAttribute(element: Element, name: string, value: number): void {
  if (element.getAttribute(name) !== `${value}`) element.setAttribute(name, `${value}`);
}
