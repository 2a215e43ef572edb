import type {ReactiveController, ReactiveControllerHost} from 'lit';

export interface RowTravelOptions {
  /** The focusable element that scrolls and holds the rows. */
  scroller: () => HTMLElement | null;
  /** Selects the rows that can be travelled to; each needs a `tabindex` of -1. */
  rows: string;
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
    const rows = [...scroller.querySelectorAll<HTMLElement>(this.#options.rows)];
    const here = rows.indexOf(target);
    if (here === -1 && target !== scroller) return;
    const next = this.#destination(event.key, rows, here, scroller);
    if (!next) return;
    event.preventDefault();
    next.focus({preventScroll: true});
    next.scrollIntoView({block: next.offsetHeight > scroller.clientHeight && event.key !== 'ArrowUp' ? 'start' : 'nearest'});
  };

  hostUpdate(): void {
    this.#hadFocus = this.#host.shadowRoot?.activeElement ?? null;
  }

  hostUpdated(): void {
    if (this.#hadFocus && !this.#hadFocus.isConnected && !this.#host.shadowRoot?.activeElement) {
      this.#options.scroller()?.focus({preventScroll: true});
    }
    this.#hadFocus = null;
  }

  #destination(key: string, rows: readonly HTMLElement[], here: number, scroller: HTMLElement): HTMLElement | undefined {
    const view = scroller.getBoundingClientRect();
    const row = rows[here]?.getBoundingClientRect();
    switch (key) {
      case 'ArrowDown':
        if (here === -1) return firstInView(rows, view);
        return row && row.bottom > view.bottom + 1 ? undefined : rows[here + 1];
      case 'ArrowUp':
        if (here === -1) return rows.findLast((candidate) => candidate.getBoundingClientRect().top < view.bottom);
        return row && row.top < view.top - 1 ? undefined : rows[here - 1];
      case 'Home':
        return rows[0];
      case 'End':
        return rows.at(-1);
      default:
        return undefined;
    }
  }
}

function firstInView(rows: readonly HTMLElement[], view: DOMRect): HTMLElement | undefined {
  return rows.find((row) => row.getBoundingClientRect().bottom > view.top) ?? rows.at(-1);
}
