import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'libsql';
import { UnreadableEventError } from '../../../application/ports/unreadable-event-error.js';
import type { Instant } from '../../../domain/shared/instant.js';
import {
  collect,
  commented,
  ids,
  many,
  metadata,
  outcome,
  revoked,
} from '../../../../test/contract/event-store/samples.js';
import { SqliteEventStore } from './sqlite-event-store.js';

let folder: string;
let file: string;
let now: Instant;
let store: SqliteEventStore;

const clock = { now: () => now };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sla-sqlite-'));
  file = join(folder, 'deep', 'events.db');
  now = '2026-03-01T09:00:00.000Z';
  store = new SqliteEventStore({ file, clock });
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

/** Another connection, as any other program has one. */
const raw = <T>(work: (db: Database.Database) => T): T => {
  const db = new Database(file);
  try {
    return work(db);
  } finally {
    db.close();
  }
};

const append = (events = many(1), stream = 'a') => store.append({ stream, expected: 'ANY', events });

describe('time', () => {
  it('is the clock’s, and never goes back with it', async () => {
    await append();
    now = '2026-03-01T08:00:00.000Z';
    await append();
    now = '2026-03-01T10:00:00.000Z';
    await append();
    const times = (await collect(store.readAll())).map(({ recordedAt }) => recordedAt.slice(11, 13));
    expect(times).toEqual(['09', '09', '10']);
  });
});

describe('positions', () => {
  it('are dense, from 1, and 0 while the log is empty', async () => {
    expect(await store.head()).toBe(0n);
    await Promise.all([append(many(2)), append(many(3), 'b')]);
    expect((await collect(store.readAll())).map(({ position }) => position)).toEqual([1n, 2n, 3n, 4n, 5n]);
    expect(await store.head()).toBe(5n);
  });
});

describe('ids', () => {
  it('of another stream are a conflict that holds up nobody else of the group', async () => {
    const events = [commented()];
    await append(events, 'a');
    const outcomes = await Promise.all([
      outcome(append(many(1), 'before')),
      outcome(store.append({ stream: 'b', expected: 'NO_STREAM', events: [commented(), ...events] })),
      outcome(append(many(1), 'after')),
    ]);
    expect(outcomes).toEqual([0n, 'CONFLICT', 0n]);
    expect(await store.readLast('b')).toBeNull();
  });

  it('answer as the first time also where a newer exact revision would let them through', async () => {
    const events = many(2);
    const first = await append(events);
    await append();
    expect(await store.append({ stream: 'a', expected: 2n, events })).toEqual(first);
  });

  it('twice in one append are a conflict', async () => {
    const event = commented();
    expect(await outcome(append([event, event]))).toBe('CONFLICT');
    expect(await store.head()).toBe(0n);
  });
});

describe('group commit', () => {
  it('puts what is asked for at the same time into one transaction', async () => {
    const watching = new Database(file);
    const version = watching.prepare('PRAGMA data_version').raw();
    const seen = new Set([JSON.stringify(version.get())]);
    const appends = Array.from({ length: 32 }, (_, i) =>
      append(many(1), `stream-${i}`).then(() => seen.add(JSON.stringify(version.get()))),
    );
    await Promise.all(appends);
    watching.close();
    expect(seen.size).toBe(2);
  });
});

describe('another process that writes for long', () => {
  it('is waited for without blocking', async () => {
    const other = new Database(file);
    other.exec('BEGIN IMMEDIATE');
    const appended = append();
    // Runs only because the wait leaves the event loop free.
    setTimeout(() => other.exec('COMMIT'), 120);
    await expect(appended).resolves.toMatchObject({ revision: 0n });
    other.close();
  });
});

describe('a full disk', () => {
  const pagesAllowed = (pages: number) =>
    // The limit belongs to a connection, and this is the only way to the store's own.
    (store as unknown as { db: Database.Database }).db.exec(`PRAGMA max_page_count = ${pages}`);

  it('refuses appends, leaves reads alone, and is over when there is space again', async () => {
    await append(many(2));
    pagesAllowed(1);
    const big = () => append([commented('x'.repeat(100_000))]);
    await expect(big()).rejects.toMatchObject({
      kind: 'UNAVAILABLE',
      message: expect.stringContaining('full'),
    });
    expect(await collect(store.readStream('a'))).toHaveLength(2);
    pagesAllowed(1_000_000);
    await expect(store.ping()).resolves.toBeUndefined();
    expect(await outcome(big())).toBe(2n);
  });
});

describe('an event that nobody understands', () => {
  const plant = (type: string, data: string) =>
    raw((db) =>
      db
        .prepare(
          `INSERT INTO events SELECT max(position) + 1, 'planted', max(position), 'id-' || max(position), ?, max(recorded_at), ?, ? FROM events`,
        )
        .run([type, JSON.stringify(metadata), data]),
    );

  beforeEach(async () => {
    await append([revoked(), commented()]);
    plant('ChangeCommented', '{"changeId":"c"}');
    plant('TicketTeleported', '{}');
    await append([revoked(), commented()]);
  });

  const follow = async (types: Parameters<SqliteEventStore['subscribe']>[0]['types'], after = 0n) => {
    const abortion = new AbortController();
    const seen = { ids: [] as string[], position: after, error: undefined as unknown };
    try {
      for await (const batch of store.subscribe({ types, after, signal: abortion.signal })) {
        seen.ids.push(...ids(batch.events));
        seen.position = batch.position;
        if (batch.caughtUp) abortion.abort();
      }
    } catch (error) {
      seen.error = error;
    }
    return seen;
  };

  it('does not disturb those who do not ask for its type', async () => {
    expect(await follow(['ApiKeyRevoked'])).toMatchObject({ position: 6n, error: undefined });
    expect(await collect(store.readAll({ types: ['ApiKeyRevoked'] }))).toHaveLength(2);
  });

  it('stops those who do, right before it, and lets them go on after it', async () => {
    const stopped = await follow(['ChangeCommented']);
    expect(stopped.error).toBeInstanceOf(UnreadableEventError);
    expect(stopped.error).toMatchObject({ type: 'ChangeCommented', stream: 'planted', position: 3n });
    expect(stopped).toMatchObject({ position: 2n });
    expect(stopped.ids).toHaveLength(1);
    const { position } = stopped.error as UnreadableEventError;
    expect(await follow(['ChangeCommented'], position)).toMatchObject({ position: 6n, error: undefined });
  });

  it('of an unknown type stops those who read everything', async () => {
    expect((await follow(undefined, 3n)).error).toMatchObject({ type: 'TicketTeleported', position: 4n });
    await expect(collect(store.readAll())).rejects.toMatchObject({ position: 3n });
  });
});

describe('opening', () => {
  it('refuses a file of a newer layout, and says what to do', () => {
    raw((db) => db.exec('PRAGMA user_version = 99'));
    expect(() => new SqliteEventStore({ file, clock })).toThrow(/newer version/);
  });

  it('refuses what is not a database', async () => {
    const other = join(folder, 'deep');
    expect(() => new SqliteEventStore({ file: other, clock })).toThrow(
      expect.objectContaining({ name: 'EventStoreError' }),
    );
  });
});
