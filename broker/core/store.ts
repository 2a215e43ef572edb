/**
 * Where the broker keeps what must outlive it. Calls are synchronous; writes may be staged and become durable together
 * at `commit()`. Nothing is acknowledged or delivered before the commit that covers it, so an ACK means stored.
 */
import {type Annotation} from '../protocol/annotations.ts';
import {type Message} from '../protocol/messages.ts';
import {type MapEntry, type ObjectState} from '../protocol/objects.ts';
import {type PresenceMessage} from '../protocol/presence.ts';

/** A stretch of a log, newest or oldest first. */
export interface Query {
  direction: 'backwards' | 'forwards';
  limit: number;
  /** Earliest and latest timestamp, inclusive, in milliseconds since the epoch. */
  start?: number;
  end?: number;
  /** Only what was created before this serial. */
  before?: string;
  /** Continue behind this serial, in the direction of travel. */
  cursor?: string;
}

/** An item of a log with the serial that is its place there. */
export interface Placed<Item> {
  serial: string;
  item: Item;
}

/** An app as it is kept. */
export interface AppRecord {
  appId: string;
  accountId: string;
  keys: KeyRecord[];
  namespaces: NamespaceRecord[];
  /** Whether messages can be updated in namespaces that are not listed. */
  mutableByDefault: boolean;
  /** Presence members that are always there, by channel. */
  fixtures?: Record<string, PresenceMessage[]>;
  /** Dropped when unused for long; apps given at start-up stay. */
  temporary: boolean;
}

export interface KeyRecord {
  keyId: string;
  secret: string;
  /** JSON text of resource names and operations. */
  capability: string;
}

export interface NamespaceRecord {
  id: string;
  mutableMessages: boolean;
}

/** An object as it is kept: its state, and what only the broker needs to know. */
export interface ObjectRecord extends ObjectState {
  /** Whether its create operation has been applied; a second one changes nothing. */
  created: boolean;
  /** When it was deleted, in milliseconds since the epoch. */
  tombstonedAt?: number;
}

/** The durable side of one channel. */
export interface ChannelStore {
  /** Adds a new message at the end. `idempotent` messages can be found by their id. */
  insert(message: Message, idempotent: boolean): void;
  /** Makes this the latest version; the one before stays among the versions. Like the next two, nothing for a message that was trimmed. */
  revise(message: Message): void;
  /** Records an append: `whole` is the message after it, `delta` what was added. Appends are not versions. */
  append(whole: Message, delta: Message): void;
  /** Rewrites the latest version in place, folding its appends. */
  rewrite(message: Message): void;
  get(serial: string): Message | undefined;
  serialOfId(id: string): string | undefined;
  /** Messages by place of creation, each in its latest version. */
  history(query: Query): Message[];
  /** Every version of a message, oldest first. */
  versions(serial: string): Message[];
  /** Messages created or changed after a serial, in their latest version, in the order of those versions. */
  changedAfter(serial: string, limit: number): Message[];
  /** Keeps the newest `keep` messages. */
  trim(keep: number): void;
  /** Serial of the newest message that was trimmed, or empty. */
  readonly trimmedTo: string;

  insertPresence(serial: string, event: PresenceMessage): void;
  presenceHistory(query: Query): Placed<PresenceMessage>[];

  insertAnnotation(annotation: Annotation): void;
  annotations(messageSerial: string, query: Query): Annotation[];

  /** Objects with their entries; called once when a channel's objects are first needed. */
  loadObjects(): ObjectRecord[];
  /** Keeps an object but for its map entries. */
  saveObject(object: ObjectRecord): void;
  saveEntry(objectId: string, key: string, entry: MapEntry): void;
  deleteEntry(objectId: string, key: string): void;
  deleteObject(objectId: string): void;
  /** Objects affected by a REST publish, by the id its client gave it. */
  saveObjectPublish(id: string, objectIds: readonly string[]): void;
  objectPublish(id: string): string[] | undefined;
}

export interface Store {
  /** Names this body of data; part of every serial. */
  readonly series: string;
  /** The newest serial known to be given out, or undefined for a new store. */
  readonly lastSerial: string | undefined;
  channel(appId: string, name: string): ChannelStore;
  apps(): AppRecord[];
  saveApp(app: AppRecord): void;
  /** Forgets an app and all its channels. */
  deleteApp(appId: string): void;
  /** Makes everything written so far durable, with the newest serial given out. */
  commit(lastSerial: string): void;
  close(): void;
}
