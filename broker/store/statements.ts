/** Prepared statements by their text, and the transaction that writes share. */
import {type DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync} from 'node:sqlite';

export type Row = Record<string, SQLOutputValue>;

export class Statements {
  readonly #database: DatabaseSync;
  readonly #prepared = new Map<string, StatementSync>();
  #isWriting = false;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Whether writes wait for a commit. */
  get isWriting(): boolean {
    return this.#isWriting;
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#prepared.get(sql);
    if (!statement) this.#prepared.set(sql, (statement = this.#database.prepare(sql)));
    return statement;
  }

  get(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#prepare(sql).get(...values);
  }

  all(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#prepare(sql).all(...values);
  }

  /** Runs outside of the shared transaction. */
  run(sql: string, ...values: SQLInputValue[]): void {
    this.#prepare(sql).run(...values);
  }

  /** Writes in the shared transaction, opening it if need be. */
  write(sql: string, ...values: SQLInputValue[]): void {
    if (!this.#isWriting) {
      this.#prepare('BEGIN IMMEDIATE').run();
      this.#isWriting = true;
    }
    this.#prepare(sql).run(...values);
  }

  commit(): void {
    if (!this.#isWriting) return;
    this.#prepare('COMMIT').run();
    this.#isWriting = false;
  }
}
