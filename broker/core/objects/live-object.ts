/** One map or counter, and what operations do to it (RTLM, RTLC). Serials only rise here, so every operation is newer than the last. */
import {ObjectAction} from '../../protocol/actions.ts';
import {type MapEntry, type ObjectData, type ObjectOperation, type ObjectState} from '../../protocol/objects.ts';
import {type ChannelStore, type ObjectRecord} from '../store.ts';
import {typeOfId} from './operations.ts';

/** When an operation happened: its place, and the time that goes with it. */
export interface Moment {
  serial: string;
  siteCode: string;
  /** Milliseconds since the epoch. */
  timestamp: number;
}

export class LiveObject {
  readonly objectId: string;
  readonly #store: ChannelStore;
  #siteTimeserials: Record<string, string>;
  #tombstonedAt: number | undefined;
  #created: boolean;
  #count: number;
  #clearTimeserial: string | undefined;
  /** For a map: values by key, removed ones included. */
  readonly entries: Map<string, MapEntry> | undefined;

  /** Takes a record from the store; without one the object starts empty, as an operation that comes before its create needs it. */
  constructor(objectId: string, store: ChannelStore, record?: ObjectRecord) {
    this.objectId = objectId;
    this.#store = store;
    this.#siteTimeserials = {...record?.siteTimeserials};
    this.#tombstonedAt = record?.tombstonedAt;
    this.#created = record?.created ?? false;
    this.#count = record?.counter?.count ?? 0;
    this.#clearTimeserial = record?.map?.clearTimeserial;
    this.entries = typeOfId(objectId) === 'map' ? new Map(Object.entries(record?.map?.entries ?? {})) : undefined;
  }

  get isTombstone(): boolean {
    return this.#tombstonedAt !== undefined;
  }

  get tombstonedAt(): number | undefined {
    return this.#tombstonedAt;
  }

  get count(): number {
    return this.#count;
  }

  /** The live value under a key. */
  value(key: string): ObjectData | undefined {
    const entry = this.entries?.get(key);
    return entry?.tombstone ? undefined : entry?.data;
  }

  /** Keys with live values, in order of their first appearance. */
  *liveEntries(): Iterable<[string, ObjectData]> {
    for (const [key, entry] of this.entries ?? []) if (!entry.tombstone && entry.data) yield [key, entry.data];
  }

  /** Applies an operation and stores what it changes. A deleted object takes none (RTLM15e, RTLC7e). */
  apply(operation: ObjectOperation, moment: Moment): void {
    if (this.isTombstone) return;
    this.#siteTimeserials[moment.siteCode] = moment.serial;
    this.#change(operation, moment);
    this.#save();
  }

  #change(operation: ObjectOperation, moment: Moment): void {
    switch (operation.action) {
      case ObjectAction.MapCreate:
      case ObjectAction.CounterCreate:
        this.#create(operation);
        return;
      case ObjectAction.MapSet:
        if (operation.mapSet) this.#set(operation.mapSet.key, {data: operation.mapSet.value, timeserial: moment.serial});
        return;
      case ObjectAction.MapRemove: {
        const removed = {tombstone: true, timeserial: moment.serial, serialTimestamp: moment.timestamp};
        if (operation.mapRemove) this.#set(operation.mapRemove.key, removed);
        return;
      }
      case ObjectAction.MapClear:
        this.#clearTimeserial = moment.serial;
        for (const key of [...(this.entries?.keys() ?? [])]) this.#drop(key);
        return;
      case ObjectAction.CounterInc:
        this.#count += operation.counterInc?.number ?? 0;
        return;
      case ObjectAction.ObjectDelete:
        this.#tombstonedAt = moment.timestamp;
        this.#count = 0;
        for (const key of [...(this.entries?.keys() ?? [])]) this.#drop(key);
        return;
    }
  }

  /** Merges the initial value once. Its entries carry no serial: anything set before wins (RTLM16, RTLM23). */
  #create({mapCreate, counterCreate}: ObjectOperation): void {
    if (this.#created) return;
    this.#created = true;
    this.#count += counterCreate?.count ?? 0;
    if (this.#clearTimeserial !== undefined) return;
    for (const [key, {data}] of Object.entries(mapCreate?.entries ?? {})) {
      if (data && !this.entries?.has(key)) this.#set(key, {data});
    }
  }

  #set(key: string, entry: MapEntry): void {
    if (!this.entries) return;
    this.entries.set(key, entry);
    this.#store.saveEntry(this.objectId, key, entry);
  }

  #drop(key: string): void {
    this.entries?.delete(key);
    this.#store.deleteEntry(this.objectId, key);
  }

  #save(): void {
    this.#store.saveObject({...this.state(), created: this.#created, ...(this.#tombstonedAt !== undefined && {tombstonedAt: this.#tombstonedAt})});
  }

  /** Its state without map entries: those are paged (OST). */
  state(): ObjectState {
    const clear = this.#clearTimeserial === undefined ? {} : {clearTimeserial: this.#clearTimeserial};
    return {
      objectId: this.objectId,
      siteTimeserials: {...this.#siteTimeserials},
      tombstone: this.isTombstone,
      ...(this.entries ? {map: {semantics: 0, entries: {}, ...clear}} : {counter: {count: this.#count}}),
    };
  }

  /** Forgets map entries removed before `since`. */
  collect(since: number): void {
    for (const [key, entry] of this.entries ?? []) {
      if (entry.tombstone && (entry.serialTimestamp ?? 0) < since) this.#drop(key);
    }
  }
}
