import type {ReactiveController, ReactiveControllerHost} from 'lit';

/** How near to the end counts as being there, in px. */
const endSlack = 32;

export interface FollowScrollOptions {
  /** The element that scrolls; null until it is drawn. */
  scroller: () => HTMLElement | null;
  /** The element in it whose children are the rows. */
  content: () => HTMLElement | null;
  /** Selects the rows that keep their place; others may come and go above them. */
  anchors: string;
  /** Called when the reader has moved, or when room has changed. */
  onMove?: () => void;
}

/**
 * Keeps a list of growing rows in its place: at the end while the reader is at the end, else where the reader is,
 * whatever grows or is put above. It moves only when sizes change, so it never fights the reader's own scrolling. The
 * browser's scroll anchoring is switched off for it in the styles, since not every browser has it.
 */
export class FollowScroll implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #options: FollowScrollOptions;
  #isFollowing = true;
  #scroller: HTMLElement | null = null;
  #observer: ResizeObserver | undefined;
  #lastTop = 0;
  /** Where a smooth scroll to the end, which must not be cut short, is going. */
  #glideTo: number | undefined;
  /** The row that the reader looks at, and where it stands in the scroller. */
  #anchor: {row: Element; top: number} | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, options: FollowScrollOptions) {
    this.#host = host;
    this.#options = options;
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

  /** Goes to the end and stays there. */
  toEnd({isSmooth = false} = {}): void {
    this.#follow(true);
    const scroller = this.#scroller;
    if (!scroller) return;
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (isSmooth && !isCalm) {
      this.#glideTo = scroller.scrollHeight - scroller.clientHeight;
      scroller.scrollTo({top: this.#glideTo, behavior: 'smooth'});
    } else {
      this.#settle();
    }
  }

  hostUpdated(): void {
    // An element may draw once more after it has left.
    if (!this.#host.isConnected) return;
    const scroller = this.#options.scroller();
    if (scroller !== this.#scroller) {
      this.#disconnect();
      this.#connect(scroller);
    }
    this.#settle();
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
    scroller.addEventListener('scroll', this.#onScroll, {passive: true});
    this.#observer = new ResizeObserver(() => {
      this.#settle();
      this.#options.onMove?.();
    });
    this.#observer.observe(scroller);
    this.#observer.observe(content);
  }

  #disconnect(): void {
    this.#scroller?.removeEventListener('scroll', this.#onScroll);
    this.#scroller = null;
    this.#observer?.disconnect();
    this.#observer = undefined;
    this.#anchor = undefined;
    this.#glideTo = undefined;
  }

  /** Puts the list back to where the reader has it, after anything changed its size. */
  #settle(): void {
    const scroller = this.#scroller;
    if (!scroller) return;
    if (this.#glideTo !== undefined) return;
    if (this.#isFollowing) scroller.scrollTop = scroller.scrollHeight;
    else if (this.#anchor?.row.isConnected) scroller.scrollTop += topIn(scroller, this.#anchor.row) - this.#anchor.top;
    this.#lastTop = scroller.scrollTop;
  }

  readonly #onScroll = (): void => {
    const scroller = this.#scroller;
    if (!scroller) return;
    const {scrollTop, clientHeight, scrollHeight} = scroller;
    const isAtEnd = scrollHeight - clientHeight - scrollTop <= endSlack;
    // Only going up means leaving the end: being left behind by what grows does not.
    if (isAtEnd) this.#follow(true);
    else if (scrollTop < this.#lastTop - 1) this.#follow(false);
    if (this.#glideTo !== undefined && (!this.#isFollowing || isAtEnd || scrollTop >= this.#glideTo - 1)) {
      this.#glideTo = undefined;
      this.#settle();
    }
    this.#lastTop = scrollTop;
    this.#anchor = this.#findAnchor(scroller);
    this.#options.onMove?.();
  };

  #follow(isFollowing: boolean): void {
    if (isFollowing === this.#isFollowing) return;
    this.#isFollowing = isFollowing;
    this.#host.requestUpdate();
  }

  /** The first row that is at least partly in view. */
  #findAnchor(scroller: HTMLElement): {row: Element; top: number} | undefined {
    const rows = this.#options.content()?.children ?? [];
    let low = 0;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const row = rows[middle];
      if (row && topIn(scroller, row) + row.clientHeight <= 0) low = middle + 1;
      else high = middle;
    }
    let row = rows[low] ?? null;
    while (row && !row.matches(this.#options.anchors)) row = row.nextElementSibling;
    return row ? {row, top: topIn(scroller, row)} : undefined;
  }
}

function topIn(scroller: Element, row: Element): number {
  return row.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
}
