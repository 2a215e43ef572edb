import {LiveMap, type LiveMapInstance, type PathObject, type Primitive, type RealtimeObject} from 'ably/liveobjects';

export type Fields = Readonly<Record<string, Primitive | undefined>>;

interface MapEvents {
  /** Another map has taken this one's place; what was written to the former is not in it. */
  onReplaced(): void;
  /** The channel's objects have been read anew, after a break of the line for instance. */
  onSynced(): void;
}

/** The map of all tasks on a channel, which all agents there write to. */
export class ProgressMap {
  /** Rejects when the channel's objects cannot be read. */
  readonly ready: Promise<void>;
  readonly #key: string;
  readonly #events: MapEvents;
  #root: PathObject<LiveMap> | undefined;
  #id: string | undefined;
  #making: Promise<void> | undefined;
  #subscriptions: {unsubscribe?: () => void; off?: () => void}[] = [];

  constructor(source: {readonly object: RealtimeObject} | PathObject<LiveMap>, key: string, events: MapEvents) {
    this.#key = key;
    this.#events = events;
    this.ready = this.#open(source);
  }

  /** Writes a task's changes; the whole task where the map does not have it. Resolves when they are accepted. */
  async put(taskId: string, changes: Fields, all: Fields): Promise<void> {
    await this.ready;
    const map = this.#map() ?? (await this.#make());
    const task = map.get(taskId);
    if (!task) return map.set(taskId, LiveMap.create(present(all)));
    // Another agent may have given this task up, and said why. What its own agent says of it counts again.
    const isCleared = 'state' in changes && all['error'] === undefined && task.get('error') !== undefined;
    await task.batch<LiveMap>((context) => {
      for (const [name, value] of Object.entries(isCleared ? {...changes, error: undefined} : changes)) {
        if (value === undefined) context.remove(name);
        else context.set(name, value);
      }
    });
  }

  close(): void {
    for (const {unsubscribe, off} of this.#subscriptions.splice(0)) (unsubscribe ?? off)?.();
  }

  async #open(source: {readonly object: RealtimeObject} | PathObject<LiveMap>): Promise<void> {
    const isRoot = !('object' in source);
    this.#root = isRoot ? source : await source.object.get();
    this.#id = this.#map()?.id;
    this.#subscriptions.push(this.#root.subscribe(() => this.#look(), {depth: 1}));
    if (!isRoot) {
      this.#subscriptions.push(source.object.on('synced', () => {
        this.#look();
        this.#events.onSynced();
      }));
    }
  }

  #map(): LiveMapInstance | undefined {
    return this.#root?.get(this.#key).instance<LiveMap>();
  }

  async #make(): Promise<LiveMapInstance> {
    this.#making ??= this.#root?.set(this.#key, LiveMap.create()).finally(() => (this.#making = undefined));
    await this.#making;
    const map = this.#map();
    if (!map) throw new Error(`the key ${this.#key} holds something else than a map`);
    return map;
  }

  #look(): void {
    const id = this.#map()?.id;
    if (id === this.#id) return;
    // When somebody removed the map, to clear the page, what has been told before is not to be told again.
    const isReplaced = this.#id !== undefined && id !== undefined;
    this.#id = id;
    if (isReplaced) this.#events.onReplaced();
  }
}

function present(fields: Fields): Record<string, Primitive> {
  return Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
