/**
 * Keeps everything in one SQLite file. Writes are staged in a transaction that `commit()` ends. With the write-ahead
 * log a committed transaction outlives the process at any moment, however it ends.
 */
import {DatabaseSync} from 'node:sqlite';
import {type AppRecord, type ChannelStore, type Store} from '../core/store.ts';
import {Journal} from './journal.ts';
import {channelTables, schema, schemaVersion} from './schema.ts';
import {SqliteChannel} from './sqlite-channel.ts';
import {Statements} from './statements.ts';

/** Serials of the next seconds count as given out, so that not every commit has to write how far they are. Milliseconds. */
const reserveMs = 5_000;

const pragmas = [
  'journal_mode = WAL',
  // A commit outlives the process, not a power cut; that would cost an fsync each.
  'synchronous = NORMAL',
  'busy_timeout = 5000',
  // The pages of a stream are written again and again: the rarer the checkpoint, the more of it is written once. 32 MiB.
  'wal_autocheckpoint = 8192',
  'cache_size = -32768',
];

export class SqliteStore implements Store {
  readonly series: string;
  readonly lastSerial: string | undefined;
  #reserved: string;
  readonly #database: DatabaseSync;
  readonly #statements: Statements;
  readonly #journal: Journal;

  /**
   * Opens the file, or makes it. Nothing is read that grows with history.
   * @param newSeries names the data when the file is new
   */
  constructor(file: string, newSeries: string) {
    this.#database = new DatabaseSync(file);
    for (const pragma of pragmas) this.#database.exec(`PRAGMA ${pragma}`);
    this.#statements = new Statements(this.#database);
    const version = Number(this.#statements.get('PRAGMA user_version')?.user_version ?? 0);
    if (version === 0) this.#create(newSeries);
    else if (version !== schemaVersion) {
      throw new Error(`${file} was written by another version of the broker (${version}, not ${schemaVersion}). Move or delete it, and begin with no conversations, or run the version that wrote it.`);
    }
    this.series = this.#meta('series') ?? newSeries;
    this.lastSerial = this.#meta('last_serial');
    this.#reserved = this.lastSerial ?? '';
    this.#journal = new Journal(this.#statements);
  }

  #create(series: string): void {
    this.#database.exec(`BEGIN; ${schema} PRAGMA user_version = ${schemaVersion};`);
    this.#statements.run("INSERT INTO meta VALUES ('series', ?)", series);
    this.#database.exec('COMMIT');
  }

  #meta(name: string): string | undefined {
    const value = this.#statements.get('SELECT value FROM meta WHERE name = ?', name)?.value;
    return typeof value === 'string' ? value : undefined;
  }

  channel(appId: string, name: string): ChannelStore {
    return new SqliteChannel(this.#statements, this.#journal, appId, name);
  }

  apps(): AppRecord[] {
    return this.#statements.all('SELECT body FROM apps').map(({body}) => JSON.parse(String(body)) as AppRecord); // written by saveApp
  }

  saveApp(app: AppRecord): void {
    this.#statements.write('INSERT INTO apps VALUES (?, ?) ON CONFLICT DO UPDATE SET body = excluded.body', app.appId, JSON.stringify(app));
  }

  deleteApp(appId: string): void {
    this.#statements.write('DELETE FROM apps WHERE id = ?', appId);
    for (const {id} of this.#statements.all('SELECT id FROM channels WHERE app = ?', appId)) this.#journal.forgetAll(Number(id));
    for (const table of channelTables) {
      this.#statements.write(`DELETE FROM ${table} WHERE channel IN (SELECT id FROM channels WHERE app = ?)`, appId);
    }
    this.#statements.write('DELETE FROM channels WHERE app = ?', appId);
  }

  get isDirty(): boolean {
    return this.#statements.isWriting || this.#journal.isDirty;
  }

  commit(lastSerial: string): void {
    this.#journal.stage();
    if (!this.#statements.isWriting) return;
    if (lastSerial > this.#reserved) {
      this.#reserved = `${String(Number(lastSerial.slice(0, 14)) + reserveMs).padStart(14, '0')}-000@${this.series}`;
      this.#statements.write("INSERT INTO meta VALUES ('last_serial', ?) ON CONFLICT DO UPDATE SET value = excluded.value", this.#reserved);
    }
    this.#statements.commit();
  }

  close(): void {
    this.#journal.stage();
    this.#statements.commit();
    this.#database.close();
  }
}
