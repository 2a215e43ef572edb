/** The objects of a channel: a pool around a root map that is always there (RTO). */
import {Action} from '../../protocol/actions.ts';
import {AblyError, Code} from '../../protocol/errors.ts';
import {Mode} from '../../protocol/flags.ts';
import {type ObjectMessage, type ObjectOperation} from '../../protocol/objects.ts';
import {optionalRecord, optionalString, readRecord, type UnknownRecord} from '../../protocol/reading.ts';
import {type Channel} from '../channel.ts';
import {stampClientId, type Publisher} from '../publishing.ts';
import {messageSerial} from '../serials.ts';
import {LiveObject} from './live-object.ts';
import {operationSize, readOperation, rootId} from './operations.ts';

export class LiveObjects {
  readonly #channel: Channel;
  readonly #objects = new Map<string, LiveObject>();

  /** Loads the channel's objects. */
  constructor(channel: Channel) {
    this.#channel = channel;
    for (const record of channel.store.loadObjects()) this.#objects.set(record.objectId, this.#make(record.objectId, record));
    if (!this.#objects.has(rootId)) this.#objects.set(rootId, this.#make(rootId));
  }

  #make(objectId: string, record?: ConstructorParameters<typeof LiveObject>[2]): LiveObject {
    return new LiveObject(objectId, this.#channel.store, record);
  }

  /** The object of that id unless it was deleted. */
  get(objectId: string): LiveObject | undefined {
    const object = this.#objects.get(objectId);
    return object?.isTombstone ? undefined : object;
  }

  all(): Iterable<LiveObject> {
    return this.#objects.values();
  }

  /** Reads and applies what a client sends over its socket: all of it or nothing. Returns the serials. */
  publishMessages(publisher: Publisher, values: readonly unknown[]): string[] {
    const {sha256} = this.#channel.context.environment;
    const messages = values.map((value): ObjectMessage & {operation: ObjectOperation} => {
      const record = readRecord(value, 'object message');
      const clientId = stampClientId(publisher, optionalString(record, 'clientId'));
      const id = optionalString(record, 'id');
      const extras: UnknownRecord | undefined = optionalRecord(record, 'extras');
      return {
        operation: readOperation(record.operation, sha256),
        ...(id !== undefined && {id}),
        ...(clientId !== undefined && {clientId}),
        ...(extras && {extras}),
      };
    });
    return this.publish(publisher, messages);
  }

  publish(publisher: Publisher, messages: readonly (ObjectMessage & {operation: ObjectOperation})[]): string[] {
    const {limits, serials} = this.#channel.context;
    const size = messages.reduce((sum, {operation}) => sum + operationSize(operation), 0);
    if (size > limits.maxMessageSize) throw new AblyError(Code.MessageTooLarge, `Maximum size of object messages exceeded: ${size} bytes, limit ${limits.maxMessageSize}`);
    if (this.#objects.size + messages.length > limits.maxObjects) throw new AblyError(Code.ObjectLimit, `Too many objects on the channel: limit ${limits.maxObjects}`);
    this.#checkRoom(messages);
    const channelSerial = this.#channel.nextSerial();
    const timestamp = this.#channel.now();
    const {connectionId} = publisher;
    const state = messages.map((message, index): ObjectMessage & {serial: string} => {
      const moment = {serial: messageSerial(channelSerial, index), siteCode: serials.series, timestamp};
      this.#target(message.operation.objectId).apply(message.operation, moment);
      return {
        ...message,
        id: message.id ?? `${publisher.idBase}:${index}`,
        serial: moment.serial,
        siteCode: moment.siteCode,
        serialTimestamp: timestamp,
        timestamp,
        ...(connectionId !== undefined && {connectionId}),
      };
    });
    this.#channel.broadcast(Mode.ObjectSubscribe, {
      action: Action.Object,
      channel: this.#channel.name,
      channelSerial,
      timestamp,
      state,
      ...(connectionId !== undefined && {connectionId}),
    });
    return state.map(({serial}) => serial);
  }

  /** Refuses a batch that would put too many keys into a map, before any of it is applied. */
  #checkRoom(messages: readonly {operation: ObjectOperation}[]): void {
    const {maxMapEntries} = this.#channel.context.limits;
    const added = Map.groupBy(messages, ({operation}) => operation.objectId);
    for (const [objectId, list] of added) {
      const entries = this.#objects.get(objectId)?.entries;
      const keys = list.flatMap(({operation: {mapSet, mapCreate}}) => [...(mapSet ? [mapSet.key] : []), ...Object.keys(mapCreate?.entries ?? {})]);
      const newKeys = new Set(keys.filter((key) => !entries?.has(key))).size;
      if (newKeys > 0 && (entries?.size ?? 0) + newKeys > maxMapEntries) {
        throw new AblyError(Code.ObjectLimit, `Too many entries in map ${objectId}: limit ${maxMapEntries}`);
      }
    }
  }

  /** The object an operation is about; one nobody has created yet starts empty, as it does in clients (RTO9a2a1). */
  #target(objectId: string): LiveObject {
    let object = this.#objects.get(objectId);
    if (!object) this.#objects.set(objectId, (object = this.#make(objectId)));
    return object;
  }

  /** Forgets what was removed longer ago than the grace period (RTO10). */
  collect(): void {
    const since = this.#channel.now() - this.#channel.context.limits.objectsGracePeriod;
    for (const [objectId, object] of this.#objects) {
      object.collect(since);
      if ((object.tombstonedAt ?? Infinity) >= since) continue;
      this.#objects.delete(objectId);
      this.#channel.store.deleteObject(objectId);
    }
  }
}
