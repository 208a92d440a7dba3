import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventStoreDbEventStore } from '../../src/infrastructure/event-store/eventstoredb/eventstoredb-event-store.js';
import { SqliteReadStore } from '../../src/infrastructure/read-store/sqlite/sqlite-read-store.js';
import { EventStoreDbServer } from '../../test/servers/eventstoredb/server.js';
import { InMemoryEventStore } from '../../test/support/in-memory-event-store.js';
import { personAdded, TALLY, tallyProjection } from '../../test/support/tally.projection.js';
import { assertNotAhead } from './assert-not-ahead.js';
import { ProjectionRuntime } from './projection-runtime.js';

let folder: string;
let store: SqliteReadStore;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ahead-'));
  store = new SqliteReadStore(join(folder, 'read.db'));
  await store.prepare([TALLY]);
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

const logOf = async (...people: string[]): Promise<InMemoryEventStore> => {
  const events = new InMemoryEventStore();
  for (const person of people) await events.append(personAdded(person));
  return events;
};

const fold = async (events: InMemoryEventStore): Promise<void> => {
  const runtime = new ProjectionRuntime(events, store, [tallyProjection]);
  runtime.start();
  await runtime.atLeast('tally', await events.head());
  await runtime.stop();
};

describe('read models beside their log', () => {
  it('may be served when they are new, behind, or at its end', async () => {
    const events = await logOf('ada', 'bob');
    await assertNotAhead(events, store, [TALLY]);
    await fold(events);
    await assertNotAhead(events, store, [TALLY]);
    await events.append(personAdded('eve'));
    await assertNotAhead(events, store, [TALLY]);
  });

  it('are refused with the remedy when the log was restored from a backup', async () => {
    await fold(await logOf('ada', 'bob', 'eve'));
    await expect(assertNotAhead(await logOf('ada'), store, [TALLY])).rejects.toThrow(
      /^Read model tally reflects the log up to position 3, but the log ends at 1: .*sla projections rebuild/,
    );
  });

  it('are those of the restored log after the remedy, and follow it again', async () => {
    await fold(await logOf('ada', 'bob', 'eve'));
    const restored = await logOf('ada');
    await new ProjectionRuntime(restored, store, [tallyProjection]).rebuild('tally');
    await assertNotAhead(restored, store, [TALLY]);
    expect(await store.get(TALLY, 'eve')).toBeNull();
    // Where the lost log had an event already: it must not be passed over.
    await restored.append(personAdded('zoe'));
    await fold(restored);
    expect(await store.get(TALLY, 'zoe')).toMatchObject({ count: 1 });
  });

  it('may have looked further than the last event where the store keeps entries of its own', async () => {
    const server = await EventStoreDbServer.start();
    const events = new EventStoreDbEventStore({ url: server.url });
    try {
      const { position } = await events.append(personAdded('ada'));
      server.writeSystemEvents(2);
      expect(await events.head()).toBe(position);
      const end = await events.end();
      expect(end).toBeGreaterThan(position);
      await store.commit(TALLY, { writes: [], checkpoint: end, expectedCheckpoint: null });
      await assertNotAhead(events, store, [TALLY]);
    } finally {
      await events.close();
      await server.stop();
    }
  });
});
