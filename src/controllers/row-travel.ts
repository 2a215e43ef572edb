import type {ReactiveController, ReactiveControllerHost} from 'lit';
import type {Where} from './row-window.ts';

export interface RowTravelOptions {
  /** The focusable element that scrolls and holds the rows. */
  scroller: () => HTMLElement | null;
  /** Selects the rows that can be travelled to; each needs a `tabindex` of -1. */
  rows: string;
  /** Gives a row to go to, also one that is not in the page yet; undefined where there is none. */
  reach: (where: Where, row?: HTMLElement) => Promise<HTMLElement | undefined>;
  /** Called when it has scrolled. */
  onTravel: () => void;
}

/**
 * Lets a reader travel through rows by the arrow keys, Home and End, once the focus is on the list or on a row: never
 * from within a row's own controls. A row that is higher than the view is scrolled through before it is left. When a
 * focused control vanishes, its list takes the focus, so that the reader's place in the page is not lost.
 */
export class RowTravel implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #options: RowTravelOptions;
  #hadFocus: Element | null = null;

  constructor(host: ReactiveControllerHost & HTMLElement, options: RowTravelOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  /** To be bound to the list's `keydown`. */
  readonly onKeydown = (event: KeyboardEvent): void => {
    const scroller = this.#options.scroller();
    const {target} = event;
    if (!scroller || !(target instanceof HTMLElement) || event.defaultPrevented) return;
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const isList = target === scroller;
    if (!isList && !target.matches(this.#options.rows)) return;
    const next = this.#destination(event.key, scroller, isList ? undefined : target);
    if (!next) return;
    event.preventDefault();
    void this.#go(next, event.key, scroller);
  };

  async #go(next: Destination, key: string, scroller: HTMLElement): Promise<void> {
    const row = next instanceof HTMLElement ? next : await this.#options.reach(next.where, next.row);
    if (!row) return;
    row.focus({preventScroll: true});
    row.scrollIntoView({block: row.offsetHeight > scroller.clientHeight && key !== 'ArrowUp' ? 'start' : 'nearest'});
    this.#options.onTravel();
  }

  hostUpdate(): void {
    this.#hadFocus = this.#host.shadowRoot?.activeElement ?? null;
  }

  hostUpdated(): void {
    if (this.#hadFocus && !this.#hadFocus.isConnected && !this.#host.shadowRoot?.activeElement) {
      this.#options.scroller()?.focus({preventScroll: true});
    }
    this.#hadFocus = null;
  }

  #destination(key: string, scroller: HTMLElement, row: HTMLElement | undefined): Destination | undefined {
    const view = scroller.getBoundingClientRect();
    const rect = row?.getBoundingClientRect();
    switch (key) {
      case 'ArrowDown':
        if (!row || !rect) return this.#inView(scroller, view).at(0) ?? {where: 'last'};
        return rect.bottom > view.bottom + 1 ? undefined : {where: 'after', row};
      case 'ArrowUp':
        if (!row || !rect) return this.#inView(scroller, view).at(-1) ?? {where: 'first'};
        return rect.top < view.top - 1 ? undefined : {where: 'before', row};
      case 'Home':
        return {where: 'first'};
      case 'End':
        return {where: 'last'};
      default:
        return undefined;
    }
  }

  #inView(scroller: HTMLElement, view: DOMRect): HTMLElement[] {
    return [...scroller.querySelectorAll<HTMLElement>(this.#options.rows)].filter((row) => {
      const {top, bottom} = row.getBoundingClientRect();
      return bottom > view.top && top < view.bottom;
    });
  }
}

/** A row in the page, or one that may have to be brought there. */
type Destination = HTMLElement | {readonly where: Where; readonly row?: HTMLElement};
