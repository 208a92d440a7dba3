import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it, jest } from '@jest/globals';
import { collect, commented } from '../../../test/contract/event-store/samples.js';
import { EventStoreDbServer } from '../../../test/servers/eventstoredb/server.js';
import { startApp } from '../../../test/support/app.js';
import { DyingEventStore, Killed } from '../../../test/support/dying-event-store.js';
import { newOrganization } from '../../../test/support/new-organization.js';
import { withCustomer, withTiers } from '../../../test/support/samples.js';
import { copyLog, CopyRefusedError } from '../../application/operations/copy-log.js';
import type { EventStore } from '../../application/ports/event-store.js';
import type { RecordedEvent } from '../../domain/events.js';
import { EventStoreDbEventStore } from '../../infrastructure/event-store/eventstoredb/eventstoredb-event-store.js';
import { SqliteEventStore } from '../../infrastructure/event-store/sqlite/sqlite-event-store.js';
import { SystemClock } from '../../infrastructure/system-clock.js';
import { migrate } from './migrate.js';

jest.setTimeout(60_000);

let dataDir: string;
let source: SqliteEventStore;
let total: number;
let server: EventStoreDbServer;
let target: EventStoreDbEventStore;
/** What was promised, as asked before the migration. */
let promised: { readonly org: string; readonly answer: unknown };

const lookUp = async (org: string, stores: { readonly EVENTSTORE_URL?: string }): Promise<unknown> => {
  const app = await startApp({ dataDir, stores });
  try {
    await app.caughtUp();
    const token = await app.token(org, 'vera', ['viewer']);
    const path = '/v1/lookup?customerId=C-1&priority=P0&at=2036-01-01';
    const { text } = await app.http.rest(token, path);
    // Every store numbers in its own way, and the question is asked at another time.
    return JSON.parse(text, (name, value: unknown) =>
      name === 'position' || name === 'knownAt' ? undefined : value,
    );
  } finally {
    await app.close();
  }
};

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sla-migrate-'));
  const app = await startApp({ dataDir, stores: {} });
  const acme = await withTiers(await newOrganization(app));
  await withCustomer(acme, 'C-1', 'gold');
  await withCustomer(await withTiers(await newOrganization(app)), 'C-1', 'silver');
  await app.close();
  promised = { org: acme.id, answer: await lookUp(acme.id, {}) };
  source = new SqliteEventStore({ file: join(dataDir, 'events.db'), clock: new SystemClock() });
  total = Number(await source.head());
});
afterAll(async () => {
  await source.close();
  await rm(dataDir, { recursive: true });
});
beforeEach(async () => {
  server = await EventStoreDbServer.start();
  target = new EventStoreDbEventStore({ url: server.url });
});
afterEach(async () => {
  await target.close();
  await server.stop();
});

const withoutPosition = ({ position: _, ...event }: RecordedEvent) => event;
const eventsOf = async (log: EventStore) => (await collect(log.readAll())).map(withoutPosition);

describe('an embedded log in EventStoreDB', () => {
  it('is the same log, leads to the same state and says where it came from', async () => {
    expect(total).toBeGreaterThan(20);
    const migrated = await migrate(source, target);
    expect(migrated).toMatchObject({ events: total, appended: total, behind: 0 });
    expect(migrated.stateHash).toMatch(/^[0-9a-f]{64}$/);
    expect(await eventsOf(target)).toEqual(await eventsOf(source));
    const origins = server.log.events
      .filter(({ stream }) => !stream.startsWith('$'))
      .map(
        ({ metadata }) => (JSON.parse(Buffer.from(metadata).toString()) as { $migrated: object }).$migrated,
      );
    expect(origins).toEqual(
      (await collect(source.readAll())).map(({ recordedAt, position }) => ({
        recordedAt,
        position: position.toString(),
      })),
    );
  });

  it('answers as the embedded one did', async () => {
    await migrate(source, target);
    expect(promised.answer).toMatchObject({ type: 'BindingSla', tier: 'gold' });
    expect(await lookUp(promised.org, { EVENTSTORE_URL: server.url })).toEqual(promised.answer);
  });

  it('a second time changes nothing', async () => {
    const first = await migrate(source, target);
    expect(await migrate(source, target)).toEqual({ ...first, appended: 0 });
  });

  it('goes on where it was cut off, whether or not the last append arrived', async () => {
    let appends = 0;
    const dying = new DyingEventStore(target, () => ++appends % 5 === 0, Math.random);
    let copied: Awaited<ReturnType<typeof copyLog>> | undefined;
    while (!copied)
      try {
        copied = await copyLog(source, dying);
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
      }
    expect(dying.deaths).toBeGreaterThan(2);
    expect(await migrate(source, target)).toMatchObject({ events: total, appended: 0 });
    expect(await eventsOf(target)).toEqual(await eventsOf(source));
  });

  it('survives answers that are lost on the way', async () => {
    server.faults.killAfterStoring(3);
    server.faults.unavailable(2);
    expect(await migrate(source, target)).toMatchObject({ events: total });
    expect(server.faults.struck.killedAfterStoring).toBe(3);
  });

  it('brings what came after the first run', async () => {
    const early = await collect(source.readAll({ upTo: 10n }));
    const half = new EventStoreDbEventStore({ url: server.url });
    for (const { id, type, data, metadata, stream, recordedAt, position, revision } of early)
      await half.append({
        stream,
        expected: revision === 0n ? 'NO_STREAM' : revision - 1n,
        events: [{ id, type, data, metadata, migrated: { recordedAt, position } }],
      });
    await half.close();
    expect(await migrate(source, target)).toMatchObject({ events: total, appended: total - 10 });
  });
});

describe('a target that holds something else', () => {
  it('is left alone', async () => {
    await target.append({ stream: 'another', expected: 'NO_STREAM', events: [commented()] });
    const before = await target.head();
    await expect(migrate(source, target)).rejects.toBeInstanceOf(CopyRefusedError);
    expect(await target.head()).toBe(before);
  });

  it('is noticed when it came later, and nobody is told that all is well', async () => {
    await migrate(source, target);
    await target.append({ stream: 'another', expected: 'NO_STREAM', events: [commented()] });
    await expect(migrate(source, target)).rejects.toMatchObject({ code: 'NOT_THE_SAME' });
  });

  it('is noticed when an event says something else', async () => {
    const [first] = await collect(source.readAll({ upTo: 1n }));
    const { id, type, data, metadata, stream } = first!;
    const forged = { ...metadata, actor: 'mallory' };
    await target.append({
      stream,
      expected: 'NO_STREAM',
      events: [
        { id, type, data, metadata: forged, migrated: { recordedAt: first!.recordedAt, position: 1n } },
      ],
    });
    await expect(migrate(source, target)).rejects.toMatchObject({
      code: 'NOT_THE_SAME',
      message: expect.stringMatching(/^Event 1 is not the same/),
    });
  });
});
