import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'libsql';
import { EventStoreError } from '../../../application/ports/event-store.js';
import { isBusy, toEventStoreError } from './sqlite-errors.js';

/** Raised when the tables change; older files are migrated here, newer ones refused. */
export const SCHEMA_VERSION = 1;

/** How long to wait for another process while opening, in milliseconds: it may be recovering the file. */
const OPEN_TIMEOUT_MS = 5_000;
const OPEN_PAUSE_MS = 10;

/**
 * How long one statement may wait for another process's commit, in milliseconds. Short, because it blocks the event
 * loop; the append queue goes on trying without blocking.
 */
const BUSY_TIMEOUT_MS = 50;

/**
 * One table holds the log. Streams have no table of their own: most hold a few events, and a second table would cost
 * each of them two more trees to write. `type` stands before the long columns, so that a filter does not read those.
 */
const TABLES = `
  CREATE TABLE events (
    position    INTEGER PRIMARY KEY,
    stream      TEXT NOT NULL,
    revision    INTEGER NOT NULL,
    id          TEXT NOT NULL,
    type        TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    metadata    TEXT NOT NULL,
    data        TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX events_by_stream ON events (stream, revision);
  CREATE UNIQUE INDEX events_by_id ON events (id);
  PRAGMA user_version = ${SCHEMA_VERSION};
`;

/**
 * Opens the log's file, making it and its folder where they are missing.
 *
 * @throws EventStoreError
 */
export const openLog = (file: string): Database.Database => {
  const deadline = performance.now() + OPEN_TIMEOUT_MS;
  for (;;) {
    try {
      return prepared(file);
    } catch (error) {
      // SQLite does not wait by itself for another process that is just turning the same new file to WAL.
      if (!isBusy(error) || performance.now() > deadline) throw refusal(file, error);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, OPEN_PAUSE_MS);
    }
  }
};

const refusal = (file: string, error: unknown): EventStoreError => {
  const mapped = toEventStoreError(error);
  if (mapped instanceof EventStoreError && mapped.kind !== 'DENIED') return mapped;
  const kind = mapped instanceof EventStoreError ? mapped.kind : 'UNAVAILABLE';
  const reason = (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
  return new EventStoreError(
    kind,
    `The event log ${file} cannot be opened: ${reason}. DATA_DIR has to be a folder that this account may read and write.`,
    { cause: error },
  );
};

const prepared = (file: string): Database.Database => {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const db = new Database(file);
  try {
    db.exec(`PRAGMA busy_timeout = ${OPEN_TIMEOUT_MS}`);
    db.exec('PRAGMA journal_mode = WAL');
    // FULL: an acknowledged event survives a power cut, not only a crash of the process.
    db.exec('PRAGMA synchronous = FULL');
    db.exec('PRAGMA journal_size_limit = 67108864');
    db.exec('PRAGMA cache_size = -16000');
    if (versionOf(db) !== SCHEMA_VERSION) createTables(db, file);
    db.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
};

const createTables = (db: Database.Database, file: string): void => {
  db.exec('BEGIN IMMEDIATE');
  try {
    // Asked again inside the transaction: another process may have been first.
    const version = versionOf(db);
    if (version > SCHEMA_VERSION)
      throw new EventStoreError(
        'UNAVAILABLE',
        `${file} was written by a newer version of the product (layout ${version}). Start that version.`,
      );
    if (version === 0) db.exec(TABLES);
    db.exec('COMMIT');
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK');
    throw error;
  }
};

const versionOf = (db: Database.Database): number =>
  (db.prepare('PRAGMA user_version').raw().get() as [number])[0];
