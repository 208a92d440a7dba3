import type Database from 'libsql';
import type { Instant } from '../../domain/shared/instant.js';
import { BackupError } from './backup-error.js';

/** Raised when the tables below change. */
const BACKUP_VERSION = 1;

/**
 * A backup is the log's own file with two tables more: so it is one file, SQLite checks it, and whoever has lost this
 * program can still read it. Files go in parts, so that none has to fit in memory.
 */
const TABLES = `
  CREATE TABLE backup (version INTEGER NOT NULL, created_at TEXT NOT NULL) STRICT;
  CREATE TABLE backup_files (
    path TEXT NOT NULL, part INTEGER NOT NULL, content BLOB NOT NULL, PRIMARY KEY (path, part)
  ) STRICT;
`;

export interface FilePart {
  /** Below the data folder, with forward slashes. */
  readonly path: string;
  /** From 0. */
  readonly part: number;
  readonly content: Uint8Array;
}

/** What is kept beside the log: everything that is not derived from it. */
export const KEPT_FOLDERS = ['keys', 'sheets'] as const;
export const KEPT_FILES = ['demo-sign-ins.txt'] as const;

/** A backup comes from outside: it may name nothing but what a backup holds. */
export const isKeptPath = (path: string): boolean =>
  KEPT_FILES.some((file) => file === path) ||
  KEPT_FOLDERS.some((folder) => path.startsWith(`${folder}/`) && isFileName(path.slice(folder.length + 1)));

const isFileName = (name: string): boolean => /^[\w-][\w.-]*$/.test(name);

/** Turns a copy of the log into a backup. */
export const markAsBackup = (db: Database.Database, createdAt: Instant): void => {
  db.exec(TABLES);
  db.prepare('INSERT INTO backup (version, created_at) VALUES (?, ?)').run([BACKUP_VERSION, createdAt]);
};

/** And back. */
export const unmarkBackup = (db: Database.Database): void => {
  db.exec('DROP TABLE backup; DROP TABLE backup_files');
};

export const addFilePart = (db: Database.Database, { path, part, content }: FilePart): void => {
  db.prepare('INSERT INTO backup_files (path, part, content) VALUES (?, ?, ?)').run([
    path,
    part,
    Buffer.from(content),
  ]);
};

/** Parts in the order of their files, one in memory at a time. */
export function* fileParts(db: Database.Database): Generator<FilePart> {
  const next = db
    .prepare('SELECT rowid, path, part, content FROM backup_files WHERE rowid > ? ORDER BY rowid LIMIT 1')
    .raw();
  for (let after = 0; ;) {
    const row = next.get([after]) as [number, string, number, Uint8Array] | undefined;
    if (!row) return;
    const [rowid, path, part, content] = row;
    yield { path, part, content };
    after = rowid;
  }
}

/** @throws BackupError NOT_A_BACKUP, NEWER_VERSION */
export const createdAtOf = (db: Database.Database, file: string): Instant => {
  const known = db.prepare("SELECT count(*) FROM sqlite_schema WHERE name IN ('events', 'backup')").raw();
  if ((known.get([]) as [number])[0] !== 2) throw notABackup(file);
  const row = db.prepare('SELECT version, created_at FROM backup').raw().get([]) as
    [number, Instant] | undefined;
  if (!row) throw notABackup(file);
  const [version, createdAt] = row;
  if (version > BACKUP_VERSION)
    throw new BackupError(
      'NEWER_VERSION',
      `${file} was made by a newer version of the product. Restore it with that one.`,
    );
  return createdAt;
};

export const notABackup = (file: string, cause?: unknown): BackupError =>
  new BackupError('NOT_A_BACKUP', `${file} is not a backup that \`sla backup\` made.`, { cause });
