import { join } from 'node:path';
import Database from 'libsql';
import { ALL_PROJECTIONS } from '../../projections/all.js';
import type { RecordedEvent } from '../../src/domain/events.js';
import { parameters } from '../servers/report.js';
import { foldRaw } from '../support/raw-fold.js';
import { answerWith } from '../support/worked.js';

const BATCH = 500;

type Row = readonly [number, string, number, string, string, string, string, string];

const { log, folder } = parameters<{ readonly log: string; readonly folder: string }>();
const source = new Database(join(log, 'events.db'), { readonly: true });
const target = new Database(join(folder, 'raw.db'));
target.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
const tables = new Map(
  ALL_PROJECTIONS.map(({ model: { name } }) => {
    const table = `"${name}"`;
    target.exec(`CREATE TABLE ${table} (key TEXT PRIMARY KEY NOT NULL, doc TEXT NOT NULL)`);
    const statements = {
      get: target.prepare(`SELECT doc FROM ${table} WHERE key = ?`),
      put: target.prepare(`INSERT OR REPLACE INTO ${table} (key, doc) VALUES (?, ?)`),
      remove: target.prepare(`DELETE FROM ${table} WHERE key = ?`),
    };
    return [name, statements] as const;
  }),
);

const eventOf = ([position, stream, revision, id, type, recordedAt, metadata, data]: Row): RecordedEvent =>
  ({
    id,
    type,
    stream,
    revision: BigInt(revision),
    position: BigInt(position),
    recordedAt,
    metadata: JSON.parse(metadata) as unknown,
    data: JSON.parse(data) as unknown,
  }) as unknown as RecordedEvent;

/** The least that a rebuild from the same rows can cost: one pass, no indexes, no checkpoints, nothing served meanwhile. */
await answerWith(async () => {
  const select = source
    .prepare(
      `SELECT position, stream, revision, id, type, recorded_at, metadata, data FROM events
       WHERE position > ? ORDER BY position LIMIT ${BATCH}`,
    )
    .raw();
  for (let after = 0; ;) {
    const rows = select.all([after]) as Row[];
    if (rows.length === 0) break;
    after = rows.at(-1)![0];
    target.exec('BEGIN');
    await foldRaw(rows.map(eventOf), {
      load: (model, keys) => {
        const found = new Map<string, object>();
        for (const key of keys) {
          const row = tables.get(model)!.get.get([key]) as { readonly doc: string } | undefined;
          if (row) found.set(key, JSON.parse(row.doc) as object);
        }
        return found;
      },
      write: (model, writes) => {
        const { put, remove } = tables.get(model)!;
        for (const { key, document } of writes)
          if (document) put.run([key, JSON.stringify(document)]);
          else remove.run([key]);
      },
    });
    target.exec('COMMIT');
  }
});
