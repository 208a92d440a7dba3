import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { EventStoreError, type Append, type EventStore } from '../src/application/ports/event-store.js';
import { EventStoreDbEventStore } from '../src/infrastructure/event-store/eventstoredb/eventstoredb-event-store.js';
import { SqliteEventStore } from '../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { SystemClock } from '../src/infrastructure/system-clock.js';
import { EventStoreDbServer } from '../test/servers/eventstoredb/server.js';
import type { BenchRow } from './bench-row.js';
import { contractVersion, mappingVersion, tierVersion } from './support/events.js';
import { inTurns } from './support/rounds.js';
import { worked, type Worked } from './support/worked.js';

/** Events in the embedded log, and rounds: a million take minutes a round. */
const EVENTS = Number(process.env['REBUILD_EVENTS'] ?? 100_000);
const ROUNDS = Number(process.env['REBUILD_ROUNDS'] ?? 3);
/** A compatible server may look through whole collections at every write. */
const EVENTS_ON_SERVERS = Number(process.env['REBUILD_EVENTS_ON_SERVERS'] ?? 1_000);
const MOST_MEGABYTES = 400;
const APPENDS_AT_ONCE = 2_000;
const TIERS = ['startup', 'growth', 'enterprise'] as const;

/** Customers with a mapping and a contract each, until there are so many events. */
const appendsOf = function* (events: number): Generator<Append> {
  for (const [rank, tier] of TIERS.entries()) yield tierVersion(tier, rank + 1);
  for (let number = 0; TIERS.length + 2 * number < events; number++) {
    const tier = TIERS[number % TIERS.length]!;
    yield mappingVersion(`CUST-${number}`, tier);
    yield contractVersion(`CUST-${number}`, tier);
  }
};

/** @returns how many there are */
const fill = async (store: EventStore, events: number): Promise<number> => {
  let batch: Append[] = [];
  let count = 0;
  const flush = async (): Promise<void> => {
    for (const answer of await store.appendMany(batch)) if (answer instanceof EventStoreError) throw answer;
    count += batch.length;
    batch = [];
  };
  for (const append of appendsOf(events)) {
    batch.push(append);
    if (batch.length === APPENDS_AT_ONCE) await flush();
  }
  await flush();
  await store.close();
  return count;
};

const compared = async (
  name: string,
  events: number,
  rounds: number,
  ours: () => Promise<Worked>,
  peer: () => Promise<Worked>,
): Promise<BenchRow[]> => {
  const megabytes: number[] = [];
  const rate =
    (work: () => Promise<Worked>, note: (worked: Worked) => void = () => undefined) =>
    async (): Promise<number> => {
      const answer = await work();
      note(answer);
      return events / answer.seconds;
    };
  const figures = await inTurns(
    rate(ours, (worked) => megabytes.push(worked.megabytes)),
    rate(peer),
    rounds,
  );
  const most = megabytes.slice(1);
  const title = `rebuild of all read models, ${events.toLocaleString('en-US')} events, ${name}`;
  return [
    { name: title, unit: 'events/s', goal: '≥ 0.6 ×', ...figures },
    {
      name: `… most memory resident; beside ${MOST_MEGABYTES} MB`,
      unit: 'MB',
      goal: '≤ 1 ×',
      ours: most,
      peer: most.map(() => MOST_MEGABYTES),
    },
  ];
};

const embedded = async (): Promise<BenchRow[]> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'sla-bench-rebuild-'));
  const events = await fill(
    new SqliteEventStore({ file: join(dataDir, 'events.db'), clock: new SystemClock() }),
    EVENTS,
  );
  const rows = await compared(
    'embedded; beside a raw fold and upsert loop over the same rows',
    events,
    ROUNDS,
    () => worked<Worked>('rebuild', { DATA_DIR: dataDir }),
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'sla-bench-rebuild-raw-'));
      const answer = await worked<Worked>('rebuild-raw', { log: dataDir, folder });
      await rm(folder, { recursive: true });
      return answer;
    },
  );
  await rm(dataDir, { recursive: true });
  return rows;
};

/** On the tests' own log server and the server of MONGODB_URL; nothing without one. */
const onServers = async (mongodb: string): Promise<BenchRow[]> => {
  const log = await EventStoreDbServer.start();
  const dataDir = await mkdtemp(join(tmpdir(), 'sla-bench-rebuild-'));
  const url = new URL(`bench-${randomUUID()}`, mongodb).href;
  const urls = { EVENTSTORE_URL: log.url, MONGODB_URL: url };
  const events = await fill(new EventStoreDbEventStore({ url: log.url }), EVENTS_ON_SERVERS);
  const rows = await compared(
    "EventStoreDB's protocol and MongoDB; beside the same loop over the bare clients",
    events,
    ROUNDS,
    () => worked<Worked>('rebuild', { DATA_DIR: dataDir, ...urls }),
    async () => {
      const answer = await worked<Worked>('rebuild-raw-servers', urls);
      await withoutRaw(url);
      return answer;
    },
  );
  const connection = await mongoose.createConnection(url).asPromise();
  await connection.dropDatabase();
  await connection.close();
  await log.stop();
  await rm(dataDir, { recursive: true });
  return rows;
};

const withoutRaw = async (url: string): Promise<void> => {
  const connection = await mongoose.createConnection(url).asPromise();
  for (const { name } of await connection.listCollections())
    if (name.startsWith('raw-')) await connection.dropCollection(name);
  await connection.close();
};

/** Every read model from the log beside the live ones, each side in processes of its own. */
export const benchmark = async (): Promise<BenchRow[]> => {
  const { MONGODB_URL } = process.env;
  return [...(await embedded()), ...(MONGODB_URL ? await onServers(MONGODB_URL) : [])];
};
