/** One channel in SQLite. Opening it reads one row; everything else is read when asked for. */
import {type ChannelStore, type ObjectRecord, type Placed, type Query} from '../core/store.ts';
import {type Annotation} from '../protocol/annotations.ts';
import {type Message} from '../protocol/messages.ts';
import {type MapEntry} from '../protocol/objects.ts';
import {type PresenceMessage} from '../protocol/presence.ts';
import {type Journal} from './journal.ts';
import {entryFromText, entryText, fromText, toText} from './rows.ts';
import {type Row, type Statements} from './statements.ts';

/** Serials are ASCII, so these are before and after all of them. */
const first = '';
const last = '~';

export class SqliteChannel implements ChannelStore {
  readonly #statements: Statements;
  readonly #journal: Journal;
  readonly #appId: string;
  readonly #name: string;
  #id: number | undefined;
  #trimmedTo = '';

  constructor(statements: Statements, journal: Journal, appId: string, name: string) {
    this.#statements = statements;
    this.#journal = journal;
    this.#appId = appId;
    this.#name = name;
    const row = statements.get('SELECT id, trimmed_to FROM channels WHERE app = ? AND name = ?', appId, name);
    if (!row) return;
    this.#id = Number(row.id);
    this.#trimmedTo = String(row.trimmed_to);
  }

  get trimmedTo(): string {
    return this.#trimmedTo;
  }

  /** The channel's number, or one that no row has as long as nothing was written. */
  get #channel(): number {
    return this.#id ?? -1;
  }

  /** The channel's number for writing: gives it one at its first write. */
  #ownChannel(): number {
    if (this.#id === undefined) {
      this.#statements.write('INSERT INTO channels (app, name) VALUES (?, ?) ON CONFLICT DO NOTHING', this.#appId, this.#name);
      this.#id = Number(this.#statements.get('SELECT id FROM channels WHERE app = ? AND name = ?', this.#appId, this.#name)?.id);
    }
    return this.#id;
  }

  insert(message: Message, idempotent: boolean): void {
    const {serial, version, timestamp, id} = message;
    this.#statements.write(
      'INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?)',
      this.#ownChannel(), serial, version.serial, timestamp, idempotent ? id : null, toText(message),
    );
  }

  revise(message: Message): void {
    const before = this.get(message.serial);
    if (before) this.#statements.write('INSERT INTO versions VALUES (?, ?, ?, ?)', this.#channel, before.serial, before.version.serial, toText(before));
    this.rewrite(message);
  }

  append(whole: Message, delta: Message): void {
    if (whole.serial > this.#trimmedTo) this.#journal.add(this.#ownChannel(), whole, delta);
  }

  rewrite(message: Message): void {
    const {serial, version} = message;
    this.#journal.forget(this.#channel, serial);
    this.#statements.write(
      'UPDATE messages SET version = ?, body = ? WHERE channel = ? AND serial = ?',
      version.serial, toText(message), this.#channel, serial,
    );
  }

  get(serial: string): Message | undefined {
    const pending = this.#journal.get(this.#channel, serial);
    if (pending) return pending;
    const row = this.#statements.get('SELECT body FROM messages WHERE channel = ? AND serial = ?', this.#channel, serial);
    return row && fromText<Message>(row.body);
  }

  serialOfId(id: string): string | undefined {
    const row = this.#statements.get('SELECT serial FROM messages WHERE channel = ? AND publish_id = ?', this.#channel, id);
    return row && String(row.serial);
  }

  history(query: Query): Message[] {
    const rows = this.#select('SELECT serial, body FROM messages WHERE channel = ?', query, this.#channel);
    return rows.map((row) => this.#journal.get(this.#channel, String(row.serial)) ?? fromText<Message>(row.body));
  }

  versions(serial: string): Message[] {
    const latest = this.get(serial);
    if (!latest) return [];
    const rows = this.#statements.all('SELECT body FROM versions WHERE channel = ? AND serial = ? ORDER BY version', this.#channel, serial);
    return [...rows.map((row) => fromText<Message>(row.body)), latest];
  }

  changedAfter(serial: string, limit: number): Message[] {
    const rows = this.#statements.all('SELECT serial FROM messages WHERE channel = ? AND version > ? ORDER BY version LIMIT ?', this.#channel, serial, limit);
    const serials = new Set([...rows.map((row) => String(row.serial)), ...this.#journal.changedAfter(this.#channel, serial)]);
    const messages = [...serials].map((changed) => this.get(changed)).filter((message) => message !== undefined);
    return messages.sort((left, right) => (left.version.serial < right.version.serial ? -1 : 1)).slice(0, limit);
  }

  trim(keep: number): void {
    const row = this.#statements.get('SELECT serial FROM messages WHERE channel = ? ORDER BY serial DESC LIMIT 1 OFFSET ?', this.#channel, keep);
    if (!row) return;
    this.#trimmedTo = String(row.serial);
    this.#journal.forgetAll(this.#channel, this.#trimmedTo);
    for (const table of ['messages', 'versions']) {
      this.#statements.write(`DELETE FROM ${table} WHERE channel = ? AND serial <= ?`, this.#channel, this.#trimmedTo);
    }
    this.#statements.write('DELETE FROM annotations WHERE channel = ? AND message <= ?', this.#channel, this.#trimmedTo);
    this.#statements.write('UPDATE channels SET trimmed_to = ? WHERE id = ?', this.#trimmedTo, this.#channel);
  }

  /** Adds to a query whose rows have `serial` and `timestamp` what all histories take. */
  #select(sql: string, query: Query, ...values: (string | number)[]): Row[] {
    const {direction, limit, start = -1, end = Number.MAX_SAFE_INTEGER, before = last, cursor} = query;
    const isForwards = direction === 'forwards';
    const from = isForwards ? (cursor ?? first) : first;
    const to = !isForwards && cursor !== undefined && cursor < before ? cursor : before;
    return this.#statements.all(
      `${sql} AND serial > ? AND serial < ? AND timestamp BETWEEN ? AND ? ORDER BY serial ${isForwards ? 'ASC' : 'DESC'} LIMIT ?`,
      ...values, from, to, Math.trunc(start), Math.trunc(end), limit,
    );
  }

  insertPresence(serial: string, event: PresenceMessage): void {
    this.#statements.write('INSERT INTO presence VALUES (?, ?, ?, ?)', this.#ownChannel(), serial, event.timestamp, toText(event));
  }

  presenceHistory(query: Query): Placed<PresenceMessage>[] {
    const rows = this.#select('SELECT serial, body FROM presence WHERE channel = ?', query, this.#channel);
    return rows.map((row) => ({serial: String(row.serial), item: fromText<PresenceMessage>(row.body)}));
  }

  insertAnnotation(annotation: Annotation): void {
    const {messageSerial, serial, timestamp} = annotation;
    this.#statements.write('INSERT INTO annotations VALUES (?, ?, ?, ?, ?)', this.#ownChannel(), messageSerial, serial, timestamp, toText(annotation));
  }

  annotations(messageSerial: string, query: Query): Annotation[] {
    const rows = this.#select('SELECT serial, body FROM annotations WHERE channel = ? AND message = ?', query, this.#channel, messageSerial);
    return rows.map((row) => fromText<Annotation>(row.body));
  }

  loadObjects(): ObjectRecord[] {
    const entries = Map.groupBy(this.#statements.all('SELECT object, key, body FROM object_entries WHERE channel = ?', this.#channel), (row) => row.object);
    return this.#statements.all('SELECT id, body FROM objects WHERE channel = ?', this.#channel).map((row) => {
      const object = JSON.parse(String(row.body)) as ObjectRecord; // written by saveObject
      if (!object.map) return object;
      const own = (entries.get(row.id ?? null) ?? []).map((entry): [string, MapEntry] => [String(entry.key), entryFromText(entry.body)]);
      return {...object, map: {...object.map, entries: Object.fromEntries(own)}};
    });
  }

  saveObject(object: ObjectRecord): void {
    const body = JSON.stringify(object.map ? {...object, map: {...object.map, entries: {}}} : object);
    this.#statements.write('INSERT INTO objects VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET body = excluded.body', this.#ownChannel(), object.objectId, body);
  }

  saveEntry(objectId: string, key: string, entry: MapEntry): void {
    this.#statements.write(
      'INSERT INTO object_entries VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET body = excluded.body',
      this.#ownChannel(), objectId, key, entryText(entry),
    );
  }

  deleteEntry(objectId: string, key: string): void {
    this.#statements.write('DELETE FROM object_entries WHERE channel = ? AND object = ? AND key = ?', this.#channel, objectId, key);
  }

  deleteObject(objectId: string): void {
    this.#statements.write('DELETE FROM object_entries WHERE channel = ? AND object = ?', this.#channel, objectId);
    this.#statements.write('DELETE FROM objects WHERE channel = ? AND id = ?', this.#channel, objectId);
  }

  saveObjectPublish(id: string, objectIds: readonly string[]): void {
    this.#statements.write('INSERT INTO object_publishes VALUES (?, ?, ?) ON CONFLICT DO NOTHING', this.#ownChannel(), id, JSON.stringify(objectIds));
  }

  objectPublish(id: string): string[] | undefined {
    const row = this.#statements.get('SELECT objects FROM object_publishes WHERE channel = ? AND id = ?', this.#channel, id);
    return row && (JSON.parse(String(row.objects)) as string[]); // written by saveObjectPublish
  }
}
