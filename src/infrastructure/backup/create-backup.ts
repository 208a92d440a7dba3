import { existsSync } from 'node:fs';
import { open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import Database from 'libsql';
import type { Clock } from '../../application/ports/clock.js';
import { guarded } from '../event-store/sqlite/sqlite-errors.js';
import { addFilePart, isKeptPath, KEPT_FILES, KEPT_FOLDERS, markAsBackup } from './backup-file.js';
import { BackupError } from './backup-error.js';
import { verifyLog, type VerifiedLog } from './verify-log.js';

export interface BackupReport extends VerifiedLog {
  readonly bytes: number;
  /** Keys and sheets, below the data folder. */
  readonly files: readonly string[];
}

const PART_BYTES = 1024 * 1024;

/**
 * Copies the embedded log as it is at one instant, and the keys and sheets beside it, into one file that only its owner
 * may read. Others may go on writing to the log. The file appears under its name when it is whole, verified and on the disk.
 *
 * @throws BackupError NO_LOG, EXISTS, DAMAGED; EventStoreError; what the file system refuses with
 */
export const createBackup = async (dataDir: string, file: string, clock: Clock): Promise<BackupReport> => {
  const log = join(dataDir, 'events.db');
  if (!existsSync(log))
    throw new BackupError('NO_LOG', `There is no event log in ${dataDir}. Set DATA_DIR to the data folder.`);
  if (existsSync(file))
    throw new BackupError('EXISTS', `${file} is there already. Name a new file, or remove it.`);
  const draft = `${file}.part`;
  await rm(draft, { force: true });
  // Made beforehand, for SQLite would let everybody read it: there are keys in it.
  await (await open(draft, 'wx', 0o600)).close();
  const handles = new Map<string, FileHandle>();
  try {
    // A sheet is removed as soon as the log has its rows. Opened before the log is copied, it can still be read after.
    await openKept(dataDir, handles);
    copyLog(log, draft);
    await openKept(dataDir, handles);
    const verified = await complete(draft, file, handles, clock);
    await sync(draft);
    await rename(draft, file);
    await sync(dirname(file));
    return { ...verified, bytes: (await stat(file)).size, files: [...handles.keys()].sort() };
  } finally {
    for (const handle of handles.values()) await handle.close();
    await rm(draft, { force: true });
  }
};

/** One read transaction: what is appended meanwhile is not in it, and nobody waits. */
const copyLog = (log: string, draft: string): void =>
  guarded(() => {
    const db = new Database(log, { readonly: true });
    try {
      db.prepare('VACUUM INTO ?').run([draft]);
    } finally {
      db.close();
    }
  });

const complete = async (
  draft: string,
  file: string,
  handles: ReadonlyMap<string, FileHandle>,
  clock: Clock,
): Promise<VerifiedLog> => {
  const db = new Database(draft);
  try {
    const verified = verifyLog(db, file);
    guarded(() => markAsBackup(db, clock.now()));
    for (const [path, handle] of handles) await addFile(db, path, handle);
    return verified;
  } finally {
    db.close();
  }
};

const addFile = async (db: Database.Database, path: string, handle: FileHandle): Promise<void> => {
  for (let part = 0; ; part++) {
    const { bytesRead, buffer } = await handle.read(
      Buffer.alloc(PART_BYTES),
      0,
      PART_BYTES,
      part * PART_BYTES,
    );
    // An empty file has one empty part.
    if (bytesRead > 0 || part === 0)
      guarded(() => addFilePart(db, { path, part, content: buffer.subarray(0, bytesRead) }));
    if (bytesRead < PART_BYTES) return;
  }
};

const openKept = async (dataDir: string, handles: Map<string, FileHandle>): Promise<void> => {
  for (const path of await keptPaths(dataDir)) {
    if (handles.has(path)) continue;
    const handle = await open(join(dataDir, path)).catch(ifGone);
    if (handle) handles.set(path, handle);
  }
};

const keptPaths = async (dataDir: string): Promise<string[]> => {
  const inFolders = await Promise.all(
    KEPT_FOLDERS.map(async (folder) => {
      const names = (await readdir(join(dataDir, folder)).catch(ifGone)) ?? [];
      return names.map((name) => `${folder}/${name}`);
    }),
  );
  // Unfinished uploads are nobody's yet.
  return [...inFolders.flat(), ...KEPT_FILES].filter((path) => isKeptPath(path) && !path.endsWith('.part'));
};

const ifGone = (error: unknown): null => {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
  throw error;
};

export const sync = async (path: string): Promise<void> => {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};
