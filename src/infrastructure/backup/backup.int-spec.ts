import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'libsql';
import type { RecordedEvent } from '../../domain/events.js';
import { collect, commented, many } from '../../../test/contract/event-store/samples.js';
import { AppendingProcess } from '../../../test/crash/appending-processes.js';
import { SqliteEventStore } from '../event-store/sqlite/sqlite-event-store.js';
import { SystemClock } from '../system-clock.js';
import { createBackup } from './create-backup.js';
import { restoreBackup } from './restore-backup.js';

const clock = new SystemClock();

let folder: string;
let dataDir: string;
let restored: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sla-backup-'));
  dataDir = join(folder, 'data');
  restored = join(folder, 'restored');
  file = join(folder, 'backup.db');
});
afterEach(() => rm(folder, { recursive: true }));

const opened = async <T>(dir: string, work: (store: SqliteEventStore) => Promise<T>): Promise<T> => {
  const store = new SqliteEventStore({ file: join(dir, 'events.db'), clock });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
};

const eventsIn = (dir: string, upTo?: bigint): Promise<RecordedEvent[]> =>
  opened(dir, (store) => collect(store.readAll(upTo === undefined ? {} : { upTo })));

const writeLog = (dir: string): Promise<unknown> =>
  opened(dir, async (store) => {
    await store.append({ stream: 'a', expected: 'NO_STREAM', events: many(3) });
    await store.append({ stream: 'b', expected: 'NO_STREAM', events: many(2) });
    await store.append({ stream: 'a', expected: 2n, events: many(2) });
  });

const changed = (path: string, sql: string): void => {
  const db = new Database(path);
  db.exec(sql);
  db.close();
};

describe('a backup', () => {
  it('made under load is the log up to one position, and everybody goes on writing', async () => {
    const processes = [0, 1].map(() => new AppendingProcess(join(dataDir, 'events.db')));
    try {
      for (const each of processes) await each.until(100);
      const { position, events } = await createBackup(dataDir, file, clock);
      for (const each of processes) await each.until(each.lines.length + 20);
      const report = await restoreBackup(file, restored);
      expect(report).toMatchObject({ position, events });
      expect(position).toBeGreaterThanOrEqual(200n);
      expect(await eventsIn(restored)).toEqual(await eventsIn(dataDir, position));
    } finally {
      for (const each of processes) await each.kill();
    }
    expect(await opened(dataDir, (store) => store.head())).toBeGreaterThan(
      await opened(restored, (store) => store.head()),
    );
  }, 60_000);

  it('holds the keys and the sheets, whatever their size, and nothing else', async () => {
    await writeLog(dataDir);
    const sheet = Buffer.from(Array.from({ length: 2_500_000 }, (_, i) => i % 251));
    for (const sub of ['keys', 'sheets', 'mail']) await mkdir(join(dataDir, sub));
    await writeFile(join(dataDir, 'keys/token-signing.jwk'), '{"kty":"OKP"}');
    await writeFile(join(dataDir, 'sheets/acme_1.csv'), sheet);
    await writeFile(join(dataDir, 'sheets/acme_2.csv'), '');
    for (const other of ['sheets/upload.part', 'mail/1.eml', 'read-models.db'])
      await writeFile(join(dataDir, other), 'not this');
    const { files } = await createBackup(dataDir, file, clock);
    expect(files).toEqual(['keys/token-signing.jwk', 'sheets/acme_1.csv', 'sheets/acme_2.csv']);
    expect((await stat(file)).mode & 0o777).toBe(0o600);

    expect((await restoreBackup(file, restored)).files).toEqual(files);
    expect(await readFile(join(restored, 'keys/token-signing.jwk'), 'utf8')).toBe('{"kty":"OKP"}');
    expect((await readFile(join(restored, 'sheets/acme_1.csv'))).equals(sheet)).toBe(true);
    expect(await readFile(join(restored, 'sheets/acme_2.csv'), 'utf8')).toBe('');
    expect((await stat(join(restored, 'keys'))).mode & 0o777).toBe(0o700);
    expect((await stat(join(restored, 'keys/token-signing.jwk'))).mode & 0o777).toBe(0o600);
    expect((await readdir(restored)).sort()).toEqual(['events.db', 'keys', 'sheets']);
  });

  it('can be made of what was restored, again and again', async () => {
    await writeLog(dataDir);
    await createBackup(dataDir, file, clock);
    await restoreBackup(file, restored);
    await opened(restored, (store) =>
      store.append({ stream: 'c', expected: 'NO_STREAM', events: [commented()] }),
    );
    const second = join(folder, 'second.db');
    expect(await createBackup(restored, second, clock)).toMatchObject({ events: 8, position: 8n });
    expect(await restoreBackup(second, join(folder, 'again'))).toMatchObject({ events: 8 });
  });

  it('replaces no file, needs a log, and leaves no half of itself', async () => {
    await expect(createBackup(dataDir, file, clock)).rejects.toMatchObject({ code: 'NO_LOG' });
    await writeLog(dataDir);
    await writeFile(file, 'precious');
    await expect(createBackup(dataDir, file, clock)).rejects.toMatchObject({ code: 'EXISTS' });
    expect(await readFile(file, 'utf8')).toBe('precious');
    await expect(createBackup(dataDir, join(folder, 'no', 'such.db'), clock)).rejects.toMatchObject({
      code: 'ENOENT',
    });
    changed(join(dataDir, 'events.db'), 'DELETE FROM events WHERE position = 2');
    await expect(createBackup(dataDir, join(folder, 'new.db'), clock)).rejects.toMatchObject({
      code: 'DAMAGED',
    });
    expect((await readdir(folder)).sort()).toEqual(['backup.db', 'data']);
  });
});

describe('restoring', () => {
  beforeEach(async () => {
    await writeLog(dataDir);
    await mkdir(join(dataDir, 'keys'));
    await writeFile(join(dataDir, 'keys/token-signing.jwk'), '{}');
    await createBackup(dataDir, file, clock);
  });

  it('replaces nothing', async () => {
    await expect(restoreBackup(file, dataDir)).rejects.toMatchObject({ code: 'NOT_EMPTY' });
    expect(await eventsIn(dataDir)).toHaveLength(7);
  });

  it.each([
    ['an event is missing', 'DELETE FROM events WHERE position = 3', /7.*Use another backup/],
    [
      'the last events of a stream are missing',
      'UPDATE events SET revision = 9 WHERE position = 7',
      /stream a/,
    ],
    ['the log does not begin', 'UPDATE events SET position = 100 WHERE position = 1', /positions 2 to 100/],
  ])('refuses a backup in which %s', async (_case, sql, message) => {
    changed(file, sql);
    const restoring = restoreBackup(file, restored);
    await expect(restoring).rejects.toMatchObject({ code: 'DAMAGED' });
    await expect(restoring).rejects.toThrow(message);
    expect(await readdir(restored)).toEqual([]);
  });

  it('refuses a backup with a broken page', async () => {
    const bytes = await readFile(file);
    bytes.fill(0xff, 4096 + 8, 4096 + 600);
    await writeFile(file, bytes);
    await expect(restoreBackup(file, restored)).rejects.toMatchObject({ code: 'DAMAGED' });
    expect(await readdir(restored)).toEqual([]);
  });

  it.each([
    ['of a later layout', 'UPDATE backup SET version = 2', 'NEWER_VERSION'],
    ['of a later log', 'PRAGMA user_version = 99', 'NEWER_VERSION'],
    ['that would write elsewhere', "UPDATE backup_files SET path = 'keys/../../evil'", 'NOT_A_BACKUP'],
    ['that is a log and no backup', 'DROP TABLE backup', 'NOT_A_BACKUP'],
  ])('refuses a file %s', async (_case, sql, code) => {
    changed(file, sql);
    await expect(restoreBackup(file, restored)).rejects.toMatchObject({ code });
  });

  it('refuses what is no backup at all', async () => {
    await writeFile(file, 'customer_id;tier\n'.repeat(1_000));
    await expect(restoreBackup(file, restored)).rejects.toMatchObject({ code: 'NOT_A_BACKUP' });
    await expect(restoreBackup(join(folder, 'nowhere'), restored)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
