import type Database from 'libsql';
import { SCHEMA_VERSION } from '../event-store/sqlite/schema.js';
import { BackupError } from './backup-error.js';

export interface VerifiedLog {
  readonly events: number;
  /** Position of the last event; 0: there is none. */
  readonly position: bigint;
}

/**
 * Reads the whole file: its pages and indexes, and that neither the log nor any stream has a gap.
 *
 * @throws BackupError DAMAGED, NEWER_VERSION
 */
export const verifyLog = (db: Database.Database, file: string): VerifiedLog => {
  const [version] = first<[number]>(db, 'PRAGMA user_version');
  if (version > SCHEMA_VERSION)
    throw new BackupError(
      'NEWER_VERSION',
      `${file} holds a log of a newer version of the product (layout ${version}).`,
    );
  const [verdict] = first<[string]>(db, 'PRAGMA integrity_check(1)');
  if (verdict !== 'ok') throw damaged(file, verdict);
  const [events, lowest, highest] = first<[number, number, number]>(
    db,
    'SELECT count(*), coalesce(min(position), 1), coalesce(max(position), 0) FROM events',
  );
  if (lowest !== 1 || highest !== events)
    throw damaged(file, `${events} events lie at positions ${lowest} to ${highest}`);
  const torn = db
    .prepare(
      'SELECT stream FROM events GROUP BY stream HAVING min(revision) <> 0 OR max(revision) <> count(*) - 1 LIMIT 1',
    )
    .raw()
    .get([]) as [string] | undefined;
  if (torn) throw damaged(file, `events are missing in stream ${torn[0]}`);
  return { events, position: BigInt(highest) };
};

const first = <Row>(db: Database.Database, sql: string): Row => db.prepare(sql).raw().get([]) as Row;

export const damaged = (file: string, reason: string, cause?: unknown): BackupError =>
  new BackupError('DAMAGED', `${file} is damaged: ${reason}. Use another backup.`, { cause });
