import { chmod, copyFile, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import Database from 'libsql';
import type { Instant } from '../../domain/shared/instant.js';
import { BackupError } from './backup-error.js';
import {
  createdAtOf,
  fileParts,
  isKeptPath,
  KEPT_FILES,
  KEPT_FOLDERS,
  notABackup,
  unmarkBackup,
} from './backup-file.js';
import { sync } from './create-backup.js';
import { damaged, verifyLog, type VerifiedLog } from './verify-log.js';

const DRAFT = 'events.db.restoring';

export interface RestoreReport extends VerifiedLog {
  readonly createdAt: Instant;
  /** Keys and sheets, below the data folder. */
  readonly files: readonly string[];
}

/**
 * Brings a backup into an empty data folder. The log appears last, whole and verified; what fails leaves the folder as
 * empty as it was. Read models are built by the next start.
 *
 * @throws BackupError NOT_A_BACKUP, NEWER_VERSION, NOT_EMPTY, DAMAGED; what the file system refuses with
 */
export const restoreBackup = async (file: string, dataDir: string): Promise<RestoreReport> => {
  // SQLite would say less clearly that there is no such file.
  await (await open(file)).close();
  const createdAt = inBackup(file, (db) => createdAtOf(db, file));
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  if ((await readdir(dataDir)).length > 0)
    throw new BackupError(
      'NOT_EMPTY',
      `${dataDir} is not empty, and a restore replaces nothing. Set DATA_DIR to an empty folder, or move this one away.`,
    );
  try {
    const files = await restoreFiles(file, dataDir);
    const verified = await restoreLog(file, dataDir);
    return { ...verified, createdAt, files };
  } catch (error) {
    for (const name of [DRAFT, ...KEPT_FOLDERS, ...KEPT_FILES])
      await rm(join(dataDir, name), { recursive: true, force: true });
    throw error;
  }
};

const restoreLog = async (file: string, dataDir: string): Promise<VerifiedLog> => {
  const draft = join(dataDir, DRAFT);
  await copyFile(file, draft);
  await chmod(draft, 0o600);
  const verified = inDatabase(file, new Database(draft), (db) => {
    unmarkBackup(db);
    return verifyLog(db, file);
  });
  await sync(draft);
  await rename(draft, join(dataDir, 'events.db'));
  await sync(dataDir);
  return verified;
};

const restoreFiles = async (file: string, dataDir: string): Promise<string[]> => {
  const db = new Database(file, { readonly: true });
  const restored = new Set<string>();
  try {
    for (const { path, content } of fileParts(db)) {
      if (!isKeptPath(path)) throw notABackup(file);
      const target = join(dataDir, path);
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      const handle = await open(target, 'a', 0o600);
      try {
        await handle.writeFile(content);
        await handle.sync();
      } finally {
        await handle.close();
      }
      restored.add(path);
    }
    return [...restored].sort();
  } catch (error) {
    throw inWords(file, error);
  } finally {
    db.close();
  }
};

const inBackup = <T>(file: string, work: (db: Database.Database) => T): T => {
  try {
    return inDatabase(file, new Database(file, { readonly: true }), work);
  } catch (error) {
    throw isNoDatabase(error) ? notABackup(file, error) : error;
  }
};

const inDatabase = <T>(file: string, db: Database.Database, work: (db: Database.Database) => T): T => {
  try {
    return work(db);
  } catch (error) {
    throw inWords(file, error);
  } finally {
    db.close();
  }
};

/** What SQLite says of a page that is not what it should be. */
const inWords = (file: string, error: unknown): unknown =>
  codeOf(error).startsWith('SQLITE_CORRUPT') ? damaged(file, (error as Error).message, error) : error;

const isNoDatabase = (error: unknown): boolean => codeOf(error).startsWith('SQLITE_NOTADB');

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
