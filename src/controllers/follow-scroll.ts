import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {nextFrame} from '../internal/frame.ts';
import type {Unsubscribe} from '../internal/listeners.ts';
import {ReadingPlace} from './reading-place.ts';

/** How near to the end counts as being there, in px. */
const endSlack = 32;
/** Room above a message that was just sent, in px. */
const turnOffset = 16;
/** How much of the view a message that was just sent may take, as a share of it. */
const turnShare = 0.4;
/** A reader who has not scrolled for so long is at rest, in ms. */
const restMs = 150;
/** A way longer than this is not glided but jumped, up to its last part, in heights of the view. */
const longWay = 2;

export interface FollowScrollOptions {
  /** The element that scrolls; null until it is drawn. */
  scroller: () => HTMLElement | null;
  /** The element in it whose children are the rows. */
  content: () => HTMLElement | null;
  /** An empty element behind the content, which can hold room for an answer. */
  room: () => HTMLElement | null;
  /** Selects the rows that keep their place; others may come and go above them. */
  anchors: string;
  /** Called when the reader has moved, or when room has changed. */
  onMove?: () => void;
  /** Called when the reader has come to rest, before the place is put right. */
  onRest?: () => void;
  /** May put right a shift of so many px without scrolling; returns what is left of it. */
  absorb?: (shift: number) => number;
}

/**
 * - `end`: the list is kept at its end, where the reader is.
 * - `turn`: a message that was just sent is kept where it is, near the top, as long as its answer fits below.
 * - `place`: what the reader looks at is kept where it is.
 */
type Mode = 'end' | 'turn' | 'place';

interface Turn {
  readonly row: HTMLElement;
  /** Whether room is made below at once: not while all that there is fits into the view. */
  readonly makesRoom: boolean;
}

/**
 * Keeps a list of growing rows in its place: at the end while the reader is at the end, else where the reader is,
 * whatever grows or is put above. It moves only when sizes change, so it never fights the reader's own scrolling. The
 * browser's scroll anchoring is switched off for it in the styles, since not every browser has it.
 */
export class FollowScroll implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #options: FollowScrollOptions;
  #mode: Mode = 'end';
  #scroller: HTMLElement | null = null;
  #observer: ResizeObserver | undefined;
  #lastTop = 0;
  #lastMove = -Infinity;
  #restTimer: ReturnType<typeof setTimeout> | undefined;
  /** Where a smooth scroll, which must not be cut short, is going. */
  #glideTo: number | undefined;
  #place: ReadingPlace | undefined;
  #turn: Turn | undefined;
  /** What the reader has opened in this frame. */
  #opened: ReadingPlace | undefined;
  #cancelOpened: Unsubscribe | undefined;
  #cancelMove: Unsubscribe | undefined;
  #room = 0;

  constructor(host: ReactiveControllerHost & HTMLElement, options: FollowScrollOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  /** Whether the reader is at the end, and is kept there. */
  get isFollowing(): boolean {
    return this.#mode !== 'place';
  }

  /** How far the start of the list is above what is shown, in px; undefined until it has been laid out. */
  get distanceToStart(): number | undefined {
    return this.#scroller && this.#scroller.clientHeight > 0 ? this.#scroller.scrollTop : undefined;
  }

  /** How high the view is, in px. */
  get viewHeight(): number {
    return this.#scroller?.clientHeight ?? 0;
  }

  /** Goes to the end and stays there. */
  toEnd({isSmooth = false} = {}): void {
    this.#setMode('end');
    this.#turn = undefined;
    const scroller = this.#scroller;
    if (!scroller) return;
    const end = scroller.scrollHeight - scroller.clientHeight;
    if (isSmooth) this.#glide(scroller, end);
    else this.#glideTo = undefined;
    this.#settle();
  }

  /** Brings a message that was just sent near the top, and keeps it there while what answers it grows below. */
  toTurn(row: HTMLElement): void {
    const scroller = this.#scroller;
    if (!scroller) return;
    this.#glideTo = undefined;
    this.#turn = {row, makesRoom: this.#naturalHeight(scroller) > scroller.clientHeight};
    this.#setMode('turn');
    const from = scroller.scrollTop;
    this.#settle();
    const to = scroller.scrollTop;
    if (to === from || !mayGlide()) return;
    scroller.scrollTop = from;
    this.#glide(scroller, to);
  }

  /** To be called when the list was scrolled by something else than the reader's hand. */
  moved(): void {
    this.#onScroll();
  }

  hostUpdate(): void {
    // Where the reader is has to be known before anything changes.
    const scroller = this.#scroller;
    if (scroller && scroller.clientHeight > 0 && this.#hasMoved(scroller)) this.#onScroll();
  }

  hostUpdated(): void {
    // An element may draw once more after it has left.
    if (!this.#host.isConnected) return;
    const scroller = this.#options.scroller();
    if (scroller !== this.#scroller) {
      this.#disconnect();
      this.#connect(scroller);
    }
    this.#settle({mayAbsorb: true});
    // After the update, since what follows may ask for another one.
    queueMicrotask(() => {
      if (this.#scroller) this.#options.onMove?.();
    });
  }

  hostConnected(): void {
    this.#connect(this.#options.scroller());
  }

  hostDisconnected(): void {
    this.#disconnect();
  }

  #connect(scroller: HTMLElement | null): void {
    const content = this.#options.content();
    if (!scroller || !content || this.#observer) return;
    this.#scroller = scroller;
    // One that comes back into the page begins at its start.
    this.#lastTop = scroller.scrollTop;
    scroller.addEventListener('scroll', this.#onScroll, {passive: true});
    scroller.addEventListener('click', this.#onClick, {capture: true});
    this.#observer = new ResizeObserver(() => {
      this.#settle();
      // Whatever follows may change sizes again, which observers must not do within one frame.
      this.#cancelMove ??= nextFrame(() => {
        this.#cancelMove = undefined;
        this.#options.onMove?.();
      });
    });
    this.#observer.observe(scroller);
    this.#observer.observe(content);
  }

  #disconnect(): void {
    this.#scroller?.removeEventListener('scroll', this.#onScroll);
    this.#scroller?.removeEventListener('click', this.#onClick, {capture: true});
    clearTimeout(this.#restTimer);
    this.#cancelOpened?.();
    this.#cancelMove?.();
    this.#cancelMove = undefined;
    this.#opened = undefined;
    this.#scroller = null;
    this.#observer?.disconnect();
    this.#observer = undefined;
    this.#glideTo = undefined;
  }

  #glide(scroller: HTMLElement, to: number): void {
    if (!mayGlide() || Math.abs(to - scroller.scrollTop) < 1) return;
    const way = longWay * scroller.clientHeight;
    if (to - scroller.scrollTop > way) {
      scroller.scrollTop = to - way;
      this.#options.onMove?.();
    }
    this.#lastTop = scroller.scrollTop;
    this.#glideTo = to;
    scroller.scrollTo({top: to, behavior: 'smooth'});
    this.#awaitRest();
  }

  /** Puts the list back to where the reader has it, after anything changed its size. */
  #settle({mayAbsorb = false} = {}): void {
    const scroller = this.#scroller;
    // What is not shown has no place; it is put right when it is shown again.
    if (!scroller || scroller.clientHeight === 0) return;
    if (this.#hasMoved(scroller)) this.#onScroll();
    if (this.#mode === 'turn' && this.#turn?.row.isConnected !== true) this.#mode = 'end';
    if (this.isFollowing && this.#leaveForOpened(scroller)) {
      this.#lastTop = scroller.scrollTop;
      return;
    }
    switch (this.#mode) {
      case 'end':
        this.#shrinkRoom(scroller);
        if (this.#glideTo === undefined) scroller.scrollTop = scroller.scrollHeight;
        break;
      case 'turn':
        if (this.#turn) this.#settleTurn(scroller, this.#turn);
        break;
      case 'place':
        this.#settlePlace(scroller, mayAbsorb);
        this.#shrinkRoom(scroller);
        break;
    }
    this.#lastTop = scroller.scrollTop;
  }

  /** Whether the list was scrolled and the event is still to come; not where there is only less to scroll than before. */
  #hasMoved({scrollTop, scrollHeight, clientHeight}: HTMLElement): boolean {
    if (this.#glideTo !== undefined) return false;
    return scrollTop > this.#lastTop + 0.5 || (scrollTop < this.#lastTop - 0.5 && scrollTop < scrollHeight - clientHeight - 1);
  }

  #settleTurn(scroller: HTMLElement, {row, makesRoom}: Turn): void {
    const view = scroller.clientHeight;
    const {top, height} = row.getBoundingClientRect();
    const start = top - scroller.getBoundingClientRect().top + scroller.scrollTop;
    const wanted = Math.max(0, start - turnOffset, start + height - Math.max(view * turnShare, turnOffset));
    const natural = this.#naturalHeight(scroller);
    this.#setRoom(makesRoom ? wanted + view - natural : 0);
    if (this.#glideTo !== undefined) return;
    scroller.scrollTop = wanted;
    if (natural - view - wanted <= endSlack) return;
    // The answer has filled the view: from here on it grows below it.
    this.#place = this.#find(scroller);
    this.#setMode('place');
  }

  #settlePlace(scroller: HTMLElement, mayAbsorb: boolean): void {
    if (!this.#place?.exists) return;
    const {shift, isOfOtherWidth} = this.#place;
    const rest = mayAbsorb && this.#isMoving && this.#options.absorb && !isOfOtherWidth ? this.#options.absorb(shift) : shift;
    // Less than that is what positions of whole pixels leave over, and would add up.
    if (Math.abs(rest) > 0.5) scroller.scrollTop += rest;
    if (isOfOtherWidth || Math.abs(this.#place.shift) > 1) this.#place = this.#find(scroller);
  }

  get #isMoving(): boolean {
    return performance.now() - this.#lastMove < restMs;
  }

  #find(scroller: HTMLElement): ReadingPlace | undefined {
    const rows = this.#options.content()?.children;
    return rows && ReadingPlace.find(scroller, rows, this.#options.anchors);
  }

  /** How high everything is without the room behind it, in px. */
  #naturalHeight(scroller: HTMLElement): number {
    const room = this.#options.room();
    if (!room) return scroller.scrollHeight;
    const padding = parseFloat(getComputedStyle(scroller).paddingBlockEnd) || 0;
    return room.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop + padding;
  }

  /** Gives up the room that can go without anything moving. */
  #shrinkRoom(scroller: HTMLElement): void {
    if (this.#room > 0) this.#setRoom(Math.min(this.#room, scroller.scrollTop + scroller.clientHeight - this.#naturalHeight(scroller)));
  }

  #setRoom(height: number): void {
    const room = Math.max(0, height);
    if (Math.abs(room - this.#room) < 0.01) return;
    this.#room = room;
    this.#options.room()?.style.setProperty('block-size', `${room}px`);
  }

  readonly #onScroll = (): void => {
    const scroller = this.#scroller;
    if (!scroller || scroller.clientHeight === 0) return;
    const {scrollTop, clientHeight, scrollHeight} = scroller;
    const isOwn = scrollTop === this.#lastTop;
    const isAtEnd = scrollHeight - clientHeight - scrollTop <= endSlack;
    if (!isOwn) {
      // Only going up means leaving the end: being left behind by what grows does not.
      if (scrollTop < this.#lastTop - 1) this.#setMode('place');
      else if (isAtEnd && this.#mode === 'place') this.#setMode('end');
    }
    const isOver = !this.isFollowing || scrollHeight - clientHeight - scrollTop < 1;
    if (this.#glideTo !== undefined && (isOver || scrollTop >= this.#glideTo - 1)) this.#endGlide();
    if (isOwn) {
      this.#options.onMove?.();
      return;
    }
    this.#lastTop = scroller.scrollTop;
    this.#lastMove = performance.now();
    this.#awaitRest();
    this.#place = this.#find(scroller);
    if (this.#mode === 'place') this.#shrinkRoom(scroller);
    this.#options.onMove?.();
  };

  #endGlide(): void {
    this.#glideTo = undefined;
    this.#settle();
  }

  #awaitRest(): void {
    clearTimeout(this.#restTimer);
    this.#restTimer = setTimeout(() => {
      this.#lastMove = -Infinity;
      // Where something else has stopped it on its way.
      this.#glideTo = undefined;
      this.#options.onRest?.();
      this.#settle();
    }, restMs);
  }

  /** What a person opens stays under the pointer, also at the end. */
  readonly #onClick = ({target}: Event): void => {
    const scroller = this.#scroller;
    const summary = target instanceof Element ? target.closest('summary') : null;
    if (!scroller || !summary || this.#mode === 'place') return;
    this.#opened = ReadingPlace.of(scroller, summary);
    this.#cancelOpened?.();
    // What it opens is laid out in this frame.
    this.#cancelOpened = nextFrame(() => {
      this.#settle();
      this.#opened = undefined;
    });
  };

  /** Whether the reader has just opened something that leads away from the end. */
  #leaveForOpened(scroller: HTMLElement): boolean {
    if (!this.#opened) return false;
    this.#shrinkRoom(scroller);
    scroller.scrollTop += this.#opened.shift;
    if (scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop <= endSlack) return true;
    this.#place = this.#opened;
    this.#opened = undefined;
    this.#setMode('place');
    return true;
  }

  #setMode(mode: Mode): void {
    const wasFollowing = this.isFollowing;
    this.#mode = mode;
    if (mode !== 'turn') this.#turn = undefined;
    if (wasFollowing !== this.isFollowing) this.#host.requestUpdate();
  }
}

function mayGlide(): boolean {
  return !matchMedia('(prefers-reduced-motion: reduce)').matches;
}
