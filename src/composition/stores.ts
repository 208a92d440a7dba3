import { join } from 'node:path';
import type { Clock } from '../application/ports/clock.js';
import type { EventStore } from '../application/ports/event-store.js';
import type { Lease } from '../application/ports/lease.js';
import type { ReadStore } from '../application/ports/read-store.js';
import type { Config } from '../infrastructure/config/config.js';

/** The log that the configuration names. Adapters are loaded when they are needed: each brings its client along. */
export const openEventStore = async (config: Config, clock: Clock): Promise<EventStore> => {
  if (config.eventStoreUrl !== undefined) {
    const { EventStoreDbEventStore } =
      await import('../infrastructure/event-store/eventstoredb/eventstoredb-event-store.js');
    return new EventStoreDbEventStore({ url: config.eventStoreUrl });
  }
  const { SqliteEventStore } = await import('../infrastructure/event-store/sqlite/sqlite-event-store.js');
  return new SqliteEventStore({ file: join(config.dataDir, 'events.db'), clock });
};

/** The read store that the configuration names. */
export const openReadStore = async (config: Config): Promise<ReadStore> => {
  if (config.mongodbUrl !== undefined) {
    const { MongoDbReadStore } = await import('../infrastructure/read-store/mongodb/mongodb-read-store.js');
    return new MongoDbReadStore({ url: config.mongodbUrl });
  }
  const { SqliteReadStore } = await import('../infrastructure/read-store/sqlite/sqlite-read-store.js');
  // Positions mean nothing in another log: after a migration, read models of the old one must not be gone on with.
  const file = config.eventStoreUrl === undefined ? 'read-models.db' : 'read-models.eventstoredb.db';
  return new SqliteReadStore(join(config.dataDir, file));
};

/** What keeps several processes from projecting the same read model, or from delivering to the same webhook. */
export const openLease = async (config: Config): Promise<Lease> => {
  if (config.mongodbUrl !== undefined) {
    const { MongoDbLease } = await import('../infrastructure/lease/mongodb-lease.js');
    return new MongoDbLease({ url: config.mongodbUrl });
  }
  const { EmbeddedLease } = await import('../infrastructure/lease/embedded-lease.js');
  // Processes that share embedded read models are few, and the checkpoints fence them.
  return new EmbeddedLease(join(config.dataDir, 'leases'), new Set(['webhooks']));
};
