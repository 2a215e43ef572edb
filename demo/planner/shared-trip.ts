import {LiveMap, type PathObject, type RealtimeObject} from 'ably/liveobjects';
import {addDays, type Kind, kinds, type Option, readOption, specialistIds, type Trip} from './trip.ts';

export type Root = PathObject<LiveMap>;

type Fields = Readonly<Record<string, unknown>>;

/** What has been chosen on the page, by anybody. */
export interface Itinerary {
  readonly trip: Partial<Trip>;
  readonly flight: Option | undefined;
  readonly hotel: Option | undefined;
  readonly activities: readonly Option[];
  /** In euros. */
  readonly total: number;
}

const opening = new WeakMap<RealtimeObject, Promise<Root>>();

/**
 * The root of a channel's shared state, with the maps that the page and the specialists write to. Tools run side by
 * side: those of one channel make missing maps together, since two that make the same one would cut each other off.
 */
export function openRoot(object: RealtimeObject): Promise<Root> {
  const root = opening.get(object) ?? open(object).finally(() => opening.delete(object));
  opening.set(object, root);
  return root;
}

async function open(object: RealtimeObject): Promise<Root> {
  const root: Root = await object.get();
  // Each level waits for the one above; what is there already stays.
  for (const key of ['progress', 'selection', 'options']) await ensureMap(root, key);
  for (const key of ['trip', 'activities']) await ensureMap(root.at<LiveMap>('selection'), key);
  for (const kind of kinds) await ensureMap(root.at<LiveMap>('options'), kind);
  return root;
}

async function ensureMap(parent: Root, key: string): Promise<void> {
  if (!parent.get(key).instance()) await parent.set(key, LiveMap.create());
}

/** Begins a new list of results for a kind. Who still writes to the former one writes to nobody. */
export async function clearOptions(root: Root, kind: Kind): Promise<void> {
  await root.get('options').set(kind, LiveMap.create());
}

/** The results for a kind, cheapest first. */
export function readOptions(root: Root, kind: Kind): Option[] {
  const map = fieldsOf(fieldsOf(root.compactJson())['options'])[kind];
  return optionsIn(map).sort((one, other) => one.price - other.price);
}

export function readItinerary(root: Root): Itinerary {
  const selection = fieldsOf(fieldsOf(root.compactJson())['selection']);
  const flight = readOption(selection['flight']);
  const hotel = readOption(selection['hotel']);
  const activities = optionsIn(selection['activities']);
  const total = [flight, hotel, ...activities].reduce((sum, option) => sum + (option?.price ?? 0), 0);
  return {trip: readTrip(root), flight, hotel, activities, total};
}

/** The trip as the form has it; only what is filled in. */
function readTrip(root: Root): Partial<Trip> {
  const fields = fieldsOf(fieldsOf(fieldsOf(root.compactJson())['selection'])['trip']);
  const text = (name: string): string | undefined => (typeof fields[name] === 'string' && fields[name] !== '' ? fields[name] : undefined);
  // A form's number may come as the text that was typed.
  const number = (name: string): number | undefined => (Number(fields[name]) > 0 ? Number(fields[name]) : undefined);
  const startDate = text('startDate');
  return withoutGaps({
    destination: text('destination'), nights: number('nights'), budget: number('budget'), people: number('people'),
    startDate: startDate !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(startDate) ? startDate : undefined,
  });
}

/**
 * Puts what was said in the chat into the form, and completes the rest from it.
 * @returns the whole trip; undefined while nobody has said where to.
 */
export async function settleTrip(root: Root, said: Partial<Trip>, today: string): Promise<Trip | undefined> {
  const known = {...readTrip(root), ...withoutGaps(said)};
  const {destination} = known;
  if (destination === undefined) return undefined;
  const trip: Trip = {nights: 3, budget: 0, people: 1, startDate: addDays(today, 30), ...known, destination};
  const before = readTrip(root);
  const changed = Object.entries(trip).filter(([name, value]) => before[name as keyof Trip] !== value && value !== 0);
  const form = root.get('selection').get('trip').instance<LiveMap>();
  if (changed.length > 0) {
    await form?.batch((context) => {
      for (const [name, value] of changed) context.set(name, value as string | number);
    });
  }
  return trip;
}

/**
 * Marks tasks that nobody works on any more: the server was killed while specialists searched for it.
 * @param present the client ids of who is on the channel
 */
export async function closeLostTasks(root: Root, present: ReadonlySet<string>, now: number): Promise<void> {
  const ids: ReadonlySet<unknown> = new Set(Object.values(specialistIds));
  for (const [taskId, task] of Object.entries(fieldsOf(fieldsOf(root.compactJson())['progress']))) {
    const {agent, state} = fieldsOf(task);
    const isOpen = state === 'running' || state === 'queued';
    if (!isOpen || !ids.has(agent) || present.has(String(agent))) continue;
    await root.get('progress').get(taskId).instance<LiveMap>()?.batch((context) => {
      context.set('state', 'failed');
      context.set('error', 'lost');
      context.set('endedAt', now);
    });
  }
}

function optionsIn(map: unknown): Option[] {
  return Object.values(fieldsOf(map)).flatMap((value) => readOption(value) ?? []);
}

/** Anybody may have written anything. */
function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function withoutGaps<Shape extends object>(shape: Shape): Partial<Shape> {
  return Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined)) as Partial<Shape>;
}
