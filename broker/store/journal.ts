/**
 * Appends that are not yet part of their message's row. They are kept in memory for reading, and written one row a commit, at
 * the end of a table: a turn in which two hundred streams grew by a word writes as little as one in which a single one
 * did. What a restart has to read stays below a limit, whatever the length of history.
 */
import {type Message} from '../protocol/messages.ts';
import {fold, fromText, toText} from './rows.ts';
import {type Statements} from './statements.ts';

/** The appends of one message, oldest first. */
interface Pending {
  readonly channel: number;
  readonly serial: string;
  readonly appends: string[];
  /** Version of the newest. */
  version: string;
  /** The row that holds the oldest. */
  readonly row: number;
}

/** Bytes, about: above this the messages whose appends have waited longest are folded. */
const maxSize = 4 * 1024 * 1024;
/** Messages folded in one commit, so that none takes long. */
const foldsPerCommit = 4;
/** Rows that have to be done with before they are deleted. */
const rowsPerDelete = 64;

export class Journal {
  readonly #statements: Statements;
  readonly #channels = new Map<number, Map<string, Pending>>();
  /** By the age of their oldest append. */
  readonly #byAge = new Set<Pending>();
  /** Rows in the table that are still needed, and their size. */
  #rows: {id: number; size: number}[] = [];
  #size = 0;
  #nextRow = 1;
  #staged: string[] = [];

  /** Reads what an earlier process left behind. */
  constructor(statements: Statements) {
    this.#statements = statements;
    for (const {id, body} of statements.all('SELECT id, body FROM journal ORDER BY id')) {
      const text = String(body);
      this.#nextRow = Number(id);
      for (const [channel, serial, append] of JSON.parse(`[${text}]`) as [number, string, Message][]) {
        this.#add(channel, serial, append.version.serial, JSON.stringify(append));
      }
      this.#noteRow(text.length);
    }
    for (const pending of [...this.#byAge]) this.#dropFolded(pending);
  }

  /** Forgets appends that are in their message's row already, or whose message is gone. */
  #dropFolded(pending: Pending): void {
    const {channel, serial, appends} = pending;
    const row = this.#statements.get('SELECT version FROM messages WHERE channel = ? AND serial = ?', channel, serial);
    const open = row ? appends.filter((text) => fromText<Message>(text).version.serial > String(row.version)) : [];
    if (open.length === 0) this.forget(channel, serial);
    else appends.splice(0, appends.length - open.length);
  }

  /** Adds an append and returns how many its message has now. */
  add(channel: number, serial: string, version: string, text: string): number {
    this.#staged.push(`[${channel},${JSON.stringify(serial)},${text}]`);
    return this.#add(channel, serial, version, text);
  }

  #add(channel: number, serial: string, version: string, text: string): number {
    let messages = this.#channels.get(channel);
    if (!messages) this.#channels.set(channel, (messages = new Map<string, Pending>()));
    let pending = messages.get(serial);
    if (!pending) {
      pending = {channel, serial, appends: [], version, row: this.#nextRow};
      messages.set(serial, pending);
      this.#byAge.add(pending);
    }
    pending.version = version;
    return pending.appends.push(text);
  }

  /** The appends of a message, oldest first. */
  of(channel: number, serial: string): readonly string[] {
    return this.#channels.get(channel)?.get(serial)?.appends ?? [];
  }

  /** Messages of a channel that were appended to after a version. */
  changedAfter(channel: number, version: string): string[] {
    return [...(this.#channels.get(channel)?.values() ?? [])].filter((pending) => pending.version > version).map(({serial}) => serial);
  }

  /** The message's row holds all of it, or is gone. */
  forget(channel: number, serial: string): void {
    const messages = this.#channels.get(channel);
    const pending = messages?.get(serial);
    if (!messages || !pending) return;
    this.#byAge.delete(pending);
    messages.delete(serial);
    if (messages.size === 0) this.#channels.delete(channel);
  }

  /** Forgets the messages of a channel, all or up to a serial. */
  forgetAll(channel: number, last?: string): void {
    for (const serial of [...(this.#channels.get(channel)?.keys() ?? [])]) if (last === undefined || serial <= last) this.forget(channel, serial);
  }

  /** Writes what was added since the last commit, and makes room. */
  stage(): void {
    if (this.#staged.length > 0) {
      const text = this.#staged.join(',');
      this.#staged = [];
      this.#statements.write('INSERT INTO journal VALUES (?, ?)', this.#nextRow, text);
      this.#noteRow(text.length);
    }
    if (this.#size > maxSize) this.#makeRoom();
  }

  #noteRow(size: number): void {
    this.#rows.push({id: this.#nextRow++, size});
    this.#size += size;
  }

  #makeRoom(): void {
    let left = foldsPerCommit;
    for (const pending of this.#byAge) {
      if (left-- === 0) break;
      this.#fold(pending);
    }
    const [oldest] = this.#byAge;
    const needed = oldest?.row ?? this.#nextRow;
    const done = this.#rows.findIndex(({id}) => id >= needed);
    const count = done < 0 ? this.#rows.length : done;
    if (count < rowsPerDelete) return;
    for (const {size} of this.#rows.splice(0, count)) this.#size -= size;
    this.#statements.write('DELETE FROM journal WHERE id < ?', needed);
  }

  #fold({channel, serial, appends}: Pending): void {
    const row = this.#statements.get('SELECT body FROM messages WHERE channel = ? AND serial = ?', channel, serial);
    this.forget(channel, serial);
    if (!row) return;
    const message = fold(fromText<Message>(row.body), appends);
    this.#statements.write('UPDATE messages SET version = ?, body = ? WHERE channel = ? AND serial = ?', message.version.serial, toText(message), channel, serial);
  }
}
