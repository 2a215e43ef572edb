import {type Kind, kinds, type Option} from './planner/trip.ts';
import type {TripBoardStore} from './trip-state.ts';

const titles: Readonly<Record<Kind, string>> = {flights: 'Flights', hotels: 'Hotels', activities: 'Activities'};

/**
 * `<trip-board>`: what specialists have found, as cards to choose from, and what is chosen, with the sum. A plain custom
 * element of a page's own, as anybody would write one beside the library's.
 */
export class TripBoardElement extends HTMLElement {
  #store: TripBoardStore | undefined;
  #stop: (() => void) | undefined;
  readonly #cards = new Map<string, Card>();
  readonly #sections = new Map<Kind, HTMLElement>();
  readonly #sum = make('p', 'sum');

  /** Where the trip is kept. */
  set store(store: TripBoardStore) {
    this.#store = store;
    if (this.isConnected) this.#follow();
  }

  connectedCallback(): void {
    if (this.#sections.size === 0) this.#build();
    this.#follow();
  }

  disconnectedCallback(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  #build(): void {
    for (const kind of kinds) {
      const section = make('section', 'found');
      section.hidden = true;
      section.append(make('h2', '', titles[kind]), make('ul', 'cards'));
      this.#sections.set(kind, section);
      this.append(section);
    }
    this.#sum.setAttribute('aria-live', 'polite');
    this.append(this.#sum);
  }

  #follow(): void {
    this.#stop?.();
    this.#stop = this.#store?.subscribe(() => this.#show());
    this.#show();
  }

  #show(): void {
    const store = this.#store;
    if (!store) return;
    const {options, chosen} = store.state;
    for (const kind of kinds) {
      const chosenIds = new Set(chosen[kind].map(({id}) => id));
      // What is chosen stays in sight when a later search no longer finds it.
      const others = options[kind].filter(({id, title}) => !chosen[kind].some((option) => option.id === id && option.title === title));
      const cards = [...chosen[kind], ...others].map((option, index) => {
        const isChosen = index < chosenIds.size;
        return this.#card(store, kind, option, isChosen);
      });
      const section = this.#sections.get(kind);
      const list = section?.querySelector('ul');
      if (!section || !list) continue;
      section.hidden = cards.length === 0;
      arrange(list, cards.map(({item}) => item));
    }
    const all = kinds.flatMap((kind) => chosen[kind]);
    this.#sum.textContent = all.length === 0 ? '' : `${all.length} chosen, together ${all.reduce((sum, {price}) => sum + price, 0)} €`;
  }

  #card(store: TripBoardStore, kind: Kind, option: Option, isChosen: boolean): Card {
    const key = `${kind} ${option.id} ${option.title}`;
    const card = this.#cards.get(key) ?? new Card();
    this.#cards.set(key, card);
    card.show(option, isChosen, () => {
      // A refusal is told by <shared-state>, which takes the edit back.
      void (isChosen ? store.remove(kind, option) : store.choose(kind, option)).catch(() => undefined);
    });
    return card;
  }
}

/** One option. Its nodes stay while it changes, so that focus stays with it. */
class Card {
  readonly item = make('li');
  readonly #button = make('button', 'card');
  readonly #title = make('b');
  readonly #price = make('span', 'price');
  readonly #detail = make('span', 'detail');

  constructor() {
    this.#button.type = 'button';
    this.#button.append(this.#title, this.#price, this.#detail);
    this.item.append(this.#button);
  }

  show({title, price, detail}: Option, isChosen: boolean, onClick: () => void): void {
    this.#title.textContent = title;
    this.#price.textContent = price === 0 ? 'free' : `${price} €`;
    this.#detail.textContent = detail;
    this.#button.ariaPressed = String(isChosen);
    this.#button.onclick = onClick;
  }
}

/** Puts the items in this order without moving those that stand right. */
function arrange(list: Element, items: readonly Element[]): void {
  for (const old of [...list.children]) if (!items.includes(old)) old.remove();
  for (const [index, item] of items.entries()) {
    const present = list.children[index];
    if (present !== item) list.insertBefore(item, present ?? null);
  }
}

function make<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, className = '', text = ''): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  if (className !== '') element.className = className;
  element.textContent = text;
  return element;
}
