import {kinds, type Kind, type Option, readOption} from './planner/trip.ts';

/** The trip as the page shows it: what there is to choose, and what is chosen. */
export interface TripState {
  readonly options: Readonly<Record<Kind, readonly Option[]>>;
  readonly chosen: Readonly<Record<Kind, readonly Option[]>>;
}

/** Where the trip is kept. */
export interface TripBoardStore {
  readonly state: TripState;
  choose(kind: Kind, option: Option): Promise<void>;
  remove(kind: Kind, option: Option): Promise<void>;
  /** Calls after every change. Returns what ends that. */
  subscribe(listener: () => void): () => void;
}

/** What is used of `<shared-state>`; an element that is not defined yet has none of it. */
export type SharedState = HTMLElement & {
  readonly value?: unknown;
  readonly set?: (path: string, value: unknown) => Promise<unknown>;
  remove(path?: string): unknown;
};

/**
 * Reads the trip from two `<shared-state>` elements, one at `options` and one at `selection`, and writes what is chosen
 * to the second. A flight and a hotel take the place of the one before; activities add up.
 */
export function tripOf(options: SharedState, selection: SharedState): TripBoardStore {
  return {
    get state() {
      const found = fieldsOf(options.value);
      const chosen = fieldsOf(selection.value);
      return {
        options: byKind((kind) => optionsIn(Object.values(fieldsOf(found[kind]))).sort((one, other) => one.price - other.price)),
        chosen: byKind((kind) => optionsIn(kind === 'activities' ? Object.values(fieldsOf(chosen['activities'])) : [chosen[kind === 'flights' ? 'flight' : 'hotel']])),
      };
    },
    async choose(kind, option) {
      await selection.set?.(placeOf(kind, option), {...option});
    },
    async remove(kind, option) {
      // Every element has a method of this name; without a path it would take itself out of the page.
      if (selection.set) await selection.remove(placeOf(kind, option));
    },
    subscribe(listener) {
      for (const element of [options, selection]) element.addEventListener('agent-state-changed', listener);
      void customElements.whenDefined('shared-state').then(listener);
      return () => {
        for (const element of [options, selection]) element.removeEventListener('agent-state-changed', listener);
      };
    },
  };
}

function placeOf(kind: Kind, {id}: Option): string {
  switch (kind) {
    case 'flights':
      return 'flight';
    case 'hotels':
      return 'hotel';
    case 'activities':
      return `activities.${id}`;
  }
}

function byKind<Value>(make: (kind: Kind) => Value): Record<Kind, Value> {
  const [flights, hotels, activities] = kinds;
  return {flights: make(flights), hotels: make(hotels), activities: make(activities)};
}

function optionsIn(values: readonly unknown[]): Option[] {
  return values.flatMap((value) => readOption(value) ?? []);
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
