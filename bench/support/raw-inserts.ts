import Database from 'libsql';
import type { Append } from '../../src/application/ports/event-store.js';

/** The least that can be done for a durable event: one row, one flush to the disk, nothing checked. */
export const rawInserts = (file: string) => {
  const db = new Database(file);
  db.exec('PRAGMA journal_mode = WAL');
  db.exec('PRAGMA synchronous = FULL');
  db.exec(
    'CREATE TABLE rows (position INTEGER PRIMARY KEY, stream TEXT, id TEXT, type TEXT, data TEXT, metadata TEXT)',
  );
  const insert = db.prepare('INSERT INTO rows (stream, id, type, data, metadata) VALUES (?, ?, ?, ?, ?)');
  return {
    append: ({ stream, events }: Pick<Append, 'stream' | 'events'>): void => {
      for (const { id, type, data, metadata } of events)
        insert.run([stream, id, type, JSON.stringify(data), JSON.stringify(metadata)]);
    },
    close: (): void => void db.close(),
  };
};
