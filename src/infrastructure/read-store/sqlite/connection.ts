import Database from 'libsql';
import { ReadStoreError } from '../../../application/ports/read-store.js';
import { toReadStoreError } from './errors.js';

/** What can be bound to a statement; libsql aborts the process on booleans. */
export type Bindable = string | number | bigint | null;

/**
 * One connection with its prepared statements; the same SQL text is prepared once. All methods throw
 * ReadStoreError UNAVAILABLE when the database refuses.
 */
export class Connection {
  readonly #database: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();

  constructor(file: string, busyTimeoutMs: number) {
    try {
      this.#database = new Database(file);
    } catch (error) {
      throw new ReadStoreError(
        'UNAVAILABLE',
        `The read store ${file} cannot be opened. Check who owns it; what it holds is built from the log and may be removed.`,
        { cause: error },
      );
    }
    this.execute(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
    this.execute('PRAGMA journal_mode = WAL');
    // Documents and checkpoint are one transaction and follow from the log: a lost tail is folded again.
    this.execute('PRAGMA synchronous = NORMAL');
    this.execute('PRAGMA cache_size = -65536');
    // A page that many batches write is copied into the database once, not after each of them.
    this.execute('PRAGMA wal_autocheckpoint = 8000');
    this.execute('PRAGMA journal_size_limit = 67108864');
  }

  execute(sql: string): void {
    this.#assertOpen();
    try {
      this.#database.exec(sql);
    } catch (error) {
      throw toReadStoreError(error);
    }
  }

  /** All rows as arrays of columns. */
  rows<Row extends unknown[]>(sql: string, parameters: readonly Bindable[] = []): Row[] {
    try {
      return this.#statement(sql).all(parameters) as Row[];
    } catch (error) {
      throw toReadStoreError(error);
    }
  }

  /** The first row of a statement that gives at most one. */
  row<Row extends unknown[]>(sql: string, parameters: readonly Bindable[] = []): Row | undefined {
    try {
      return this.#statement(sql).get(parameters) as Row | undefined;
    } catch (error) {
      throw toReadStoreError(error);
    }
  }

  run(sql: string, parameters: readonly Bindable[] = []): void {
    this.runner(sql)(parameters);
  }

  /** A statement for many rows: obtained once, run for each. */
  runner(sql: string): (parameters: readonly Bindable[]) => void {
    try {
      const statement = this.#statement(sql);
      return (parameters) => void statement.run(parameters);
    } catch (error) {
      throw toReadStoreError(error);
    }
  }

  /** Runs `work` with the write lock from the start, so that what it reads cannot change under it. */
  transaction<T>(work: () => T): T {
    this.execute('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#database.exec('COMMIT');
      return result;
    } catch (error) {
      // Out of space or an I/O error has rolled back already.
      if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
      throw toReadStoreError(error);
    }
  }

  /** Statements of a generation that is gone are of no use and would pile up. */
  forget(table: string): void {
    for (const sql of this.#statements.keys()) if (sql.includes(table)) this.#statements.delete(sql);
  }

  close(): void {
    this.#statements.clear();
    if (this.#database.open) this.#database.close();
  }

  #assertOpen(): void {
    if (!this.#database.open) throw new ReadStoreError('UNAVAILABLE', 'The read store is closed.');
  }

  #statement(sql: string): Database.Statement {
    const known = this.#statements.get(sql);
    if (known) return known;
    this.#assertOpen();
    const prepared = this.#database.prepare(sql);
    if (prepared.reader) prepared.raw();
    this.#statements.set(sql, prepared);
    return prepared;
  }
}
