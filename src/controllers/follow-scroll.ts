import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {nextFrame} from '../internal/frame.ts';
import type {Unsubscribe} from '../internal/listeners.ts';
import type {FollowScrollOptions} from './follow-scroll-options.ts';
import {Glide} from './glide.ts';
import {ReadingPlace} from './reading-place.ts';
import {ScrollRoom} from './scroll-room.ts';
import {SizeWatch} from './size-watch.ts';

/** How near to the end counts as being there, in px. */
const endSlack = 32;
/** Room above a message that was just sent, in px. */
const turnOffset = 16;
/** How much of the view a message that was just sent may take, as a share of it. */
const turnShare = 0.4;
/** A reader who has not scrolled for so long is at rest, in ms. */
const restMs = 150;

/** A message that was just sent, which is kept near the top as long as its answer fits below. */
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
  readonly #room: ScrollRoom;
  #isFollowing = true;
  /** What the host has drawn of that. */
  #drawn = true;
  #scroller: HTMLElement | null = null;
  #sizes: SizeWatch | undefined;
  #lastTop = 0;
  #lastMove = -Infinity;
  #restTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #glide = new Glide();
  #place: ReadingPlace | undefined;
  #turn: Turn | undefined;
  /** What the reader has opened in this frame. */
  #opened: ReadingPlace | undefined;
  #cancelOpened: Unsubscribe | undefined;
  #cancelMove: Unsubscribe | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, options: FollowScrollOptions) {
    this.#host = host;
    this.#options = options;
    this.#room = new ScrollRoom(options.room);
    host.addController(this);
  }

  /** Whether the reader is at the end, and is kept there. */
  get isFollowing(): boolean {
    return this.#isFollowing;
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
    this.#turn = undefined;
    this.#glide.end();
    this.#follow(true);
    if (isSmooth && this.#scroller) this.#glideFrom(this.#scroller, this.#scroller.scrollHeight - this.#scroller.clientHeight);
    this.#settle();
  }

  /** Brings a message that was just sent near the top, and keeps it there while what answers it grows below. */
  toTurn(row: HTMLElement): void {
    const scroller = this.#scroller;
    if (!scroller) return;
    this.#glide.end();
    this.#turn = {row, makesRoom: this.#room.naturalHeight(scroller) > scroller.clientHeight};
    this.#follow(true);
    const from = scroller.scrollTop;
    this.#settle();
    const to = scroller.scrollTop;
    scroller.scrollTop = from;
    this.#glideFrom(scroller, to);
    this.#settle();
  }

  /** To be called when the list was scrolled by something else than the reader's hand. */
  moved(): void {
    this.#onScroll();
  }

  hostUpdate(): void {
    this.#drawn = this.#isFollowing;
    // Where the reader is has to be known before anything changes.
    const scroller = this.#scroller;
    if (scroller && scroller.clientHeight > 0 && this.#hasMoved(scroller)) this.#take(scroller);
  }

  hostUpdated(): void {
    // An element may draw once more after it has left.
    if (!this.#host.isConnected) return;
    const scroller = this.#options.scroller();
    if (scroller !== this.#scroller) {
      this.hostDisconnected();
      this.hostConnected(scroller);
    }
    this.#settle({isUpdate: true});
    // After the update, since what follows may ask for another one.
    queueMicrotask(() => {
      if (this.#scroller) this.#options.onMove();
    });
  }

  hostConnected(scroller = this.#options.scroller()): void {
    const content = this.#options.content();
    if (!scroller || !content || this.#sizes) return;
    this.#scroller = scroller;
    // One that comes back into the page begins at its start.
    this.#lastTop = scroller.scrollTop;
    scroller.addEventListener('scroll', this.#onScroll, {passive: true});
    scroller.addEventListener('click', this.#onClick, {capture: true});
    this.#sizes = new SizeWatch([scroller, content], () => {
      // What follows may change sizes again, which observers must not do within one frame.
      this.#cancelMove ??= nextFrame(() => {
        this.#cancelMove = undefined;
        if (this.#drawn !== this.#isFollowing) this.#host.requestUpdate();
        this.#options.onMove();
      });
      this.#settle();
    });
  }

  hostDisconnected(): void {
    this.#scroller?.removeEventListener('scroll', this.#onScroll);
    this.#scroller?.removeEventListener('click', this.#onClick, {capture: true});
    clearTimeout(this.#restTimer);
    this.#cancelOpened?.();
    this.#cancelMove?.();
    this.#cancelMove = undefined;
    this.#opened = undefined;
    this.#scroller = null;
    this.#sizes?.end();
    this.#sizes = undefined;
    this.#glide.end();
  }

  #glideFrom(scroller: HTMLElement, to: number): void {
    const isUnderWay = this.#glide.start(scroller, to, () => this.#options.onMove());
    this.#lastTop = scroller.scrollTop;
    if (isUnderWay) this.#awaitRest();
  }

  /** Puts the list back to where the reader has it, after anything changed its size; `isUpdate` when the host did. */
  #settle({isUpdate = false} = {}): void {
    const scroller = this.#scroller;
    // What is not shown has no place; it is put right when it is shown again.
    if (!scroller || scroller.clientHeight === 0) return;
    // Nobody scrolls within an update: WebKit lays out in the middle of it, when there may be less to scroll for a while.
    if (!isUpdate && this.#hasMoved(scroller)) this.#take(scroller);
    if (this.#turn?.row.isConnected === false) this.#turn = undefined;
    if (!this.#isFollowing) this.#settlePlace(scroller, isUpdate);
    else if (this.#opened) this.#settleOpened(scroller, this.#opened);
    else if (this.#turn) this.#settleTurn(scroller, this.#turn);
    else if (!this.#glide.isUnderWay) scroller.scrollTop = scroller.scrollHeight;
    if (!this.#turn) this.#room.shrink(scroller);
    this.#lastTop = scroller.scrollTop;
  }

  /** Whether the list was scrolled and the event is still to come. */
  #hasMoved(scroller: HTMLElement): boolean {
    return !this.#glide.isUnderWay && Math.abs(scroller.scrollTop - this.#lastTop) > 0.5 && !this.#isCut(scroller);
  }

  /** Whether nobody scrolled, and there is only less to scroll than before. */
  #isCut({scrollTop, scrollHeight, clientHeight}: HTMLElement): boolean {
    return scrollTop < this.#lastTop - 0.5 && scrollTop >= scrollHeight - clientHeight - 1;
  }

  #settleTurn(scroller: HTMLElement, {row, makesRoom}: Turn): void {
    const view = scroller.clientHeight;
    const {top, height} = row.getBoundingClientRect();
    const start = top - scroller.getBoundingClientRect().top + scroller.scrollTop;
    const wanted = Math.max(0, start - turnOffset, start + height - Math.max(view * turnShare, turnOffset));
    const natural = this.#room.naturalHeight(scroller);
    this.#room.set(makesRoom ? wanted + view - natural : 0);
    if (this.#glide.isUnderWay) return;
    scroller.scrollTop = wanted;
    if (natural - view - wanted <= endSlack) return;
    // The answer has filled the view: from here on it grows below it.
    this.#place = this.#find(scroller);
    this.#follow(false);
  }

  #settlePlace(scroller: HTMLElement, isUpdate: boolean): void {
    if (!this.#place?.exists) return;
    const {shift, isOfOtherWidth} = this.#place;
    const isMoving = performance.now() - this.#lastMove < restMs;
    const rest = isUpdate && isMoving && !isOfOtherWidth ? this.#options.absorb(shift) : shift;
    // Less than that is what positions of whole pixels leave over, and would add up.
    if (Math.abs(rest) > 0.5) scroller.scrollTop += rest;
    if (isOfOtherWidth || !this.#place.isInView || Math.abs(this.#place.shift) > 1) this.#place = this.#find(scroller);
  }

  #find(scroller: HTMLElement): ReadingPlace | undefined {
    const rows = this.#options.content()?.children;
    return rows && ReadingPlace.find(scroller, rows, this.#options.anchors);
  }

  readonly #onScroll = (): void => {
    const scroller = this.#scroller;
    if (!scroller || scroller.clientHeight === 0) return;
    if (this.#isCut(scroller)) this.#settle();
    else if (scroller.scrollTop !== this.#lastTop) this.#take(scroller);
    if (this.#glide.hasArrived(scroller)) {
      this.#glide.end();
      // What has grown meanwhile.
      this.#settle();
    }
    this.#options.onMove();
  };

  /** Takes in that the list was scrolled by somebody else. */
  #take(scroller: HTMLElement): void {
    const {scrollTop, clientHeight, scrollHeight} = scroller;
    // Only going up means leaving the end: being left behind by what grows does not.
    if (scrollTop < this.#lastTop - 1) this.#follow(false);
    else if (scrollHeight - clientHeight - scrollTop <= endSlack) this.#follow(true);
    if (!this.#isFollowing) this.#glide.end();
    this.#lastTop = scrollTop;
    this.#lastMove = performance.now();
    this.#awaitRest();
    this.#place = this.#find(scroller);
    if (!this.#isFollowing) this.#room.shrink(scroller);
  }

  #awaitRest(): void {
    clearTimeout(this.#restTimer);
    this.#restTimer = setTimeout(() => {
      // The reader has gone on just now, which the browser has not told yet.
      if (this.#scroller && this.#hasMoved(this.#scroller)) return this.#take(this.#scroller);
      // A glide that does not come any farther was stopped by something else.
      if (this.#scroller && this.#glide.advances(this.#scroller)) return this.#awaitRest();
      this.#glide.end();
      this.#lastMove = -Infinity;
      this.#options.onRest();
      this.#settle();
    }, restMs);
  }

  /** What a person opens stays under the pointer, also at the end. */
  readonly #onClick = ({target}: Event): void => {
    const scroller = this.#scroller;
    const summary = target instanceof Element ? target.closest('summary') : null;
    if (!scroller || !summary || !this.#isFollowing) return;
    this.#opened = ReadingPlace.of(scroller, summary);
    this.#cancelOpened?.();
    // What it opens is laid out in this frame.
    this.#cancelOpened = nextFrame(() => {
      this.#settle();
      this.#opened = undefined;
    });
  };

  #settleOpened(scroller: HTMLElement, opened: ReadingPlace): void {
    scroller.scrollTop += opened.shift;
    if (scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop <= endSlack) return;
    // What was opened leads away from the end.
    this.#place = opened;
    this.#opened = undefined;
    this.#follow(false);
  }

  #follow(isFollowing: boolean): void {
    if (!isFollowing) this.#turn = undefined;
    if (isFollowing === this.#isFollowing) return;
    this.#isFollowing = isFollowing;
    if (!this.#cancelMove) this.#host.requestUpdate();
  }
}
