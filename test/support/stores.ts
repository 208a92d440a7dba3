import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import type { Clock } from '../../src/application/ports/clock.js';
import { epochOf } from '../../src/domain/shared/instant.js';
import { EventStoreDbServer } from '../servers/eventstoredb/server.js';

/** Settings that name stores; without a name the embedded one is meant. */
export interface StoreUrls {
  readonly EVENTSTORE_URL?: string;
  readonly MONGODB_URL?: string;
}

/** The log and the read models of one app, whatever they are. */
export interface Stores {
  readonly urls: StoreUrls;
  /** The log's server, where it is one that takes faults. */
  readonly log: EventStoreDbServer | null;
  close(): Promise<void>;
}

/** Stores that belong to somebody else. */
export const borrowed = (urls: StoreUrls): Stores => ({ urls, log: null, close: async () => undefined });

/**
 * Stores that nobody else has: embedded ones, or, where MONGODB_URL names a server, a database of its own there and a log
 * of its own over EventStoreDB's protocol. A log that EVENTSTORE_URL names is shared with whoever else is on it.
 */
export const openStores = async (clock?: Clock): Promise<Stores> => {
  const { MONGODB_URL, EVENTSTORE_URL } = process.env;
  if (!MONGODB_URL) return borrowed(EVENTSTORE_URL ? { EVENTSTORE_URL } : {});
  const log = EVENTSTORE_URL
    ? null
    : await EventStoreDbServer.start(clock ? { now: () => epochOf(clock.now()) } : {});
  const database = ownDatabase(MONGODB_URL);
  return {
    urls: { EVENTSTORE_URL: log?.url ?? EVENTSTORE_URL!, MONGODB_URL: database },
    log,
    close: async () => {
      await Promise.all([log?.stop(), dropDatabase(database)]);
    },
  };
};

/** URL of a database of which nobody knows, on the server of `url`. */
export const ownDatabase = (url: string): string => {
  const own = new URL(url);
  own.pathname = `/e2e-${randomUUID()}`;
  return own.href;
};

export const dropDatabase = async (url: string): Promise<void> => {
  const connection = await mongoose.createConnection(url).asPromise();
  await connection.dropDatabase();
  await connection.close();
};
