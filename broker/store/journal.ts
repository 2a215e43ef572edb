/**
 * Appends that are not yet part of their message's row. They are written one row a commit, at the end of a table: a turn
 * in which two hundred streams grew by a word writes as little as one in which a single one did. The messages they are
 * part of stay in memory until they are written whole. What a restart has to read stays below a limit, whatever the
 * length of history.
 */
import {type Message} from '../protocol/messages.ts';
import {appendText, fold, fromText, readPayloadOf, toText} from './rows.ts';
import {type Statements} from './statements.ts';

/** A message whose row lacks appends. */
interface Pending {
  readonly channel: number;
  /** All of it. */
  message: Message;
  /** How many appends its row lacks, and the row of the journal that holds the oldest. */
  appends: number;
  readonly row: number;
}

/** Characters: above this the messages whose appends have waited longest are written whole. */
const maxSize = 4 * 1024 * 1024;
/** Messages written in one commit to make room, so that none takes long. */
const foldsPerCommit = 4;
/** Rows that have to be done with before they are deleted. */
const rowsPerDelete = 64;
/** Appends after which a message is written whole in any case. */
const appendsPerFold = 256;

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
      for (const [channel, serial, json] of JSON.parse(`[${text}]`) as [number, string, Message][]) {
        const append = readPayloadOf(json);
        const message = this.get(channel, serial) ?? this.#read(channel, serial);
        // An append can be in its message's row already, or the message be gone.
        if (message && append.version.serial > message.version.serial) this.#note(channel, fold(message, append));
      }
      this.#noteRow(text.length);
    }
  }

  #read(channel: number, serial: string): Message | undefined {
    const row = this.#statements.get('SELECT body FROM messages WHERE channel = ? AND serial = ?', channel, serial);
    return row && fromText<Message>(row.body);
  }

  /** Records an append; `whole` is the message after it. */
  add(channel: number, whole: Message, delta: Message): void {
    this.#staged.push(`[${channel},"${whole.serial}",${appendText(delta, this.get(channel, whole.serial))}]`);
    const pending = this.#note(channel, whole);
    if (pending.appends >= appendsPerFold) this.#fold(pending);
  }

  #note(channel: number, message: Message): Pending {
    let messages = this.#channels.get(channel);
    if (!messages) this.#channels.set(channel, (messages = new Map<string, Pending>()));
    let pending = messages.get(message.serial);
    if (!pending) {
      pending = {channel, message, appends: 0, row: this.#nextRow};
      messages.set(message.serial, pending);
      this.#byAge.add(pending);
    }
    pending.message = message;
    pending.appends++;
    return pending;
  }

  /** The message if its row lacks appends. */
  get(channel: number, serial: string): Message | undefined {
    return this.#channels.get(channel)?.get(serial)?.message;
  }

  /** Messages of a channel that were appended to after a version. */
  changedAfter(channel: number, version: string): string[] {
    const messages = [...(this.#channels.get(channel)?.values() ?? [])].map(({message}) => message);
    return messages.filter((message) => message.version.serial > version).map(({serial}) => serial);
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

  #fold({channel, message}: Pending): void {
    this.forget(channel, message.serial);
    this.#statements.write(
      'UPDATE messages SET version = ?, body = ? WHERE channel = ? AND serial = ?',
      message.version.serial, toText(message), channel, message.serial,
    );
  }
}
