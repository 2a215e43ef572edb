/** Keeps everything in memory: for tests, and for a broker that may forget when it stops. */
import {type Annotation} from '../protocol/annotations.ts';
import {type Message} from '../protocol/messages.ts';
import {type MapEntry} from '../protocol/objects.ts';
import {type PresenceMessage} from '../protocol/presence.ts';
import {type AppRecord, type ChannelStore, type ObjectRecord, type Placed, type Query, type Store} from '../core/store.ts';

interface Entry {
  message: Message;
  /** The versions before the latest. */
  earlier: Message[];
  id: string | undefined;
  /** Its place in the list of changes. */
  changedAt: number;
}

/** Index of the first item not before `serial` in an ordered list. */
function lowerBound<Item>(items: readonly Item[], serial: string, serialOf: (item: Item) => string): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && serialOf(item) < serial) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Answers a query from a list ordered by serial. */
function select<Item>(items: readonly Item[], query: Query, serialOf: (item: Item) => string, timeOf: (item: Item) => number): Item[] {
  const {direction, limit, start = -Infinity, end = Infinity, before, cursor} = query;
  const step = direction === 'forwards' ? 1 : -1;
  const bound = before === undefined ? items.length : lowerBound(items, before, serialOf);
  let index = step > 0 ? 0 : bound - 1;
  if (cursor !== undefined) {
    const at = lowerBound(items, cursor, serialOf);
    const item = items[at];
    const isThere = item !== undefined && serialOf(item) === cursor;
    index = step > 0 ? at + (isThere ? 1 : 0) : Math.min(index, at - 1);
  }
  const found: Item[] = [];
  for (; index >= 0 && index < bound && found.length < limit; index += step) {
    const item = items[index];
    if (item === undefined) break;
    const time = timeOf(item);
    if (time >= start && time <= end) found.push(item);
  }
  return found;
}

class MemoryChannel implements ChannelStore {
  trimmedTo = '';
  readonly #bySerial = new Map<string, Entry>();
  readonly #byId = new Map<string, string>();
  #created: Entry[] = [];
  /** Entries by latest change; an entry that changed again leaves a hole. */
  #changes: (Entry | undefined)[] = [];
  readonly #presence: Placed<PresenceMessage>[] = [];
  readonly #annotations = new Map<string, Annotation[]>();
  readonly #objects = new Map<string, {object: ObjectRecord; entries: Map<string, MapEntry>}>();

  readonly #objectPublishes = new Map<string, string[]>();

  insert(message: Message, idempotent: boolean): void {
    const entry: Entry = {message, earlier: [], id: idempotent ? message.id : undefined, changedAt: -1};
    this.#bySerial.set(message.serial, entry);
    if (entry.id !== undefined) this.#byId.set(entry.id, message.serial);
    this.#created.push(entry);
    this.#noteChange(entry);
  }

  revise(message: Message): void {
    const entry = this.#bySerial.get(message.serial);
    if (!entry) return;
    entry.earlier.push(entry.message);
    entry.message = message;
    this.#noteChange(entry);
  }

  append(whole: Message): void {
    const entry = this.#bySerial.get(whole.serial);
    if (!entry) return;
    entry.message = whole;
    this.#noteChange(entry);
  }

  rewrite(message: Message): void {
    this.append(message);
  }

  get(serial: string): Message | undefined {
    return this.#bySerial.get(serial)?.message;
  }

  serialOfId(id: string): string | undefined {
    return this.#byId.get(id);
  }

  history(query: Query): Message[] {
    return select(this.#created, query, (entry) => entry.message.serial, (entry) => entry.message.timestamp).map((entry) => entry.message);
  }

  versions(serial: string): Message[] {
    const entry = this.#bySerial.get(serial);
    return entry ? [...entry.earlier, entry.message] : [];
  }

  changedAfter(serial: string, limit: number): Message[] {
    const found: Message[] = [];
    for (let index = this.#changes.length - 1; index >= 0; index--) {
      const entry = this.#changes[index];
      if (!entry) continue;
      if (entry.message.version.serial <= serial) break;
      found.push(entry.message);
    }
    return found.reverse().slice(0, limit);
  }

  trim(keep: number): void {
    const gone = this.#created.splice(0, Math.max(0, this.#created.length - keep));
    for (const {message, id, changedAt} of gone) {
      this.#bySerial.delete(message.serial);
      this.#annotations.delete(message.serial);
      if (id !== undefined) this.#byId.delete(id);
      this.#changes[changedAt] = undefined;
      this.trimmedTo = message.serial;
    }
  }

  #noteChange(entry: Entry): void {
    if (entry.changedAt >= 0) this.#changes[entry.changedAt] = undefined;
    entry.changedAt = this.#changes.push(entry) - 1;
    if (this.#changes.length <= 2 * this.#created.length + 64) return;
    this.#changes = this.#changes.filter((change) => change !== undefined);
    this.#changes.forEach((change, index) => {
      if (change) change.changedAt = index;
    });
  }

  insertPresence(serial: string, event: PresenceMessage): void {
    this.#presence.push({serial, item: event});
  }

  presenceHistory(query: Query): Placed<PresenceMessage>[] {
    return select(this.#presence, query, ({serial}) => serial, ({item}) => item.timestamp);
  }

  insertAnnotation(annotation: Annotation): void {
    const list = this.#annotations.get(annotation.messageSerial);
    if (list) list.push(annotation);
    else this.#annotations.set(annotation.messageSerial, [annotation]);
  }

  annotations(messageSerial: string, query: Query): Annotation[] {
    return select(this.#annotations.get(messageSerial) ?? [], query, ({serial}) => serial, ({timestamp}) => timestamp);
  }

  loadObjects(): ObjectRecord[] {
    return [...this.#objects.values()].map(({object, entries}) => ({
      ...object,
      ...(object.map && {map: {...object.map, entries: Object.fromEntries(entries)}}),
    }));
  }

  saveObject(object: ObjectRecord): void {
    const kept = {...object, siteTimeserials: {...object.siteTimeserials}, ...(object.map && {map: {...object.map, entries: {}}})};
    const known = this.#objects.get(object.objectId);
    if (known) known.object = kept;
    else this.#objects.set(object.objectId, {object: kept, entries: new Map()});
  }

  saveEntry(objectId: string, key: string, entry: MapEntry): void {
    this.#objects.get(objectId)?.entries.set(key, {...entry});
  }

  deleteEntry(objectId: string, key: string): void {
    this.#objects.get(objectId)?.entries.delete(key);
  }

  deleteObject(objectId: string): void {
    this.#objects.delete(objectId);
  }

  saveObjectPublish(id: string, objectIds: readonly string[]): void {
    this.#objectPublishes.set(id, [...objectIds]);
  }

  objectPublish(id: string): string[] | undefined {
    return this.#objectPublishes.get(id);
  }
}

export class MemoryStore implements Store {
  readonly series: string;
  lastSerial: string | undefined;
  readonly #apps = new Map<string, AppRecord>();
  readonly #channels = new Map<string, Map<string, MemoryChannel>>();

  /** `series` names this body of data; it must be a new one each time. */
  constructor(series: string) {
    this.series = series;
  }

  channel(appId: string, name: string): ChannelStore {
    let channels = this.#channels.get(appId);
    if (!channels) this.#channels.set(appId, (channels = new Map<string, MemoryChannel>()));
    let channel = channels.get(name);
    if (!channel) channels.set(name, (channel = new MemoryChannel()));
    return channel;
  }

  apps(): AppRecord[] {
    return [...this.#apps.values()];
  }

  saveApp(app: AppRecord): void {
    this.#apps.set(app.appId, app);
  }

  deleteApp(appId: string): void {
    this.#apps.delete(appId);
    this.#channels.delete(appId);
  }

  commit(lastSerial: string): void {
    this.lastSerial = lastSerial;
  }

  close(): void {
    return;
  }
}
