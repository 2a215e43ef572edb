import type {ReactiveController, ReactiveControllerHost} from 'lit';

interface Place {
  list: string;
  item: string;
  /** Where the item stood among those of its list. */
  index: number;
  control: string;
}

/**
 * Keeps the focus where the person is when items of a list come, go or change places under it: with the same item, else
 * with the one that took its place, else at a fallback. Lists are told by `data-list`, items in them by `data-item`, and
 * what takes the focus in an item, or is the item, by `data-control`.
 */
export class KeepFocus implements ReactiveController {
  readonly #host: ReactiveControllerHost & {readonly shadowRoot: ShadowRoot | null};
  readonly #fallback: (item: string) => HTMLElement | null;
  #place: Place | undefined;

  /** @param fallback where the focus goes when the last item has gone */
  constructor(host: ReactiveControllerHost & {readonly shadowRoot: ShadowRoot | null}, fallback: (item: string) => HTMLElement | null) {
    this.#host = host;
    this.#fallback = fallback;
    host.addController(this);
  }

  hostUpdate(): void {
    const active = this.#host.shadowRoot?.activeElement;
    this.#place = active instanceof HTMLElement ? this.#placeOf(active) : undefined;
  }

  hostUpdated(): void {
    const place = this.#place;
    this.#place = undefined;
    // Where the focus is not lost, it has gone elsewhere on purpose.
    if (!place || this.#host.shadowRoot?.activeElement) return;
    const items = this.#items(place.list);
    const item = items.find(({dataset}) => dataset.item === place.item) ?? items[Math.min(place.index, items.length - 1)];
    const controls = item ? [item, ...item.querySelectorAll<HTMLElement>('[data-control]')].filter(({dataset}) => dataset.control !== undefined) : [];
    const control = controls.find(({dataset}) => dataset.control === place.control) ?? controls[0] ?? this.#fallback(place.item);
    control?.focus();
  }

  #placeOf(element: HTMLElement): Place | undefined {
    const item = element.closest<HTMLElement>('[data-item]');
    const list = element.closest<HTMLElement>('[data-list]')?.dataset.list;
    if (list === undefined) return undefined;
    const id = item?.dataset.item ?? '';
    return {list, item: id, index: Math.max(0, this.#items(list).findIndex(({dataset}) => dataset.item === id)), control: element.dataset.control ?? ''};
  }

  #items(list: string): HTMLElement[] {
    return [...(this.#host.shadowRoot?.querySelectorAll<HTMLElement>(`[data-list="${list}"] [data-item]`) ?? [])];
  }
}
