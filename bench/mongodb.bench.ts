import { randomUUID } from 'node:crypto';
import mongoose, { type mongo } from 'mongoose';
import type { ReadModel, Write } from '../src/application/ports/read-store.js';
import { MongoDbReadStore } from '../src/infrastructure/read-store/mongodb/mongodb-read-store.js';
import type { BenchRow } from './bench-row.js';

const ROUNDS = 7;
const DOCUMENTS = 200;
const BATCH = 100;
const GETS = 200;
const READERS = 16;

/** About a kilobyte of JSON, like a customer with some history. */
interface Sample {
  readonly orgId: string;
  readonly key: string;
  readonly nameKey: string;
  readonly mappings: readonly object[];
}

const SAMPLES: ReadModel<Sample> = {
  name: 'samples',
  version: 1,
  indexes: { byKey: ['orgId', 'key'], byName: ['orgId', 'nameKey'] },
};

interface Side {
  write(documents: readonly (readonly [key: string, document: Sample])[], position: bigint): Promise<void>;
  get(key: string): Promise<unknown>;
  close(): Promise<void>;
}

const openOurs = async (url: string): Promise<Side> => {
  const store = new MongoDbReadStore({ url });
  await store.prepare([SAMPLES]);
  return {
    write: async (documents, position) => {
      const expectedCheckpoint = await store.checkpoint(SAMPLES);
      const writes = documents.map(([key, document]): Write<Sample> => ({ key, document, position }));
      await store.commit(SAMPLES, { writes, checkpoint: position, expectedCheckpoint });
    },
    get: (key) => store.get(SAMPLES, key),
    close: () => store.close(),
  };
};

/** The driver alone: BSON documents by key and a checkpoint after them, guarded against nothing. */
const openDriver = async (url: string): Promise<Side> => {
  const connection = await mongoose.createConnection(url, { writeConcern: { w: 'majority' } }).asPromise();
  const documents = connection.getClient().db().collection<Sample & { _id: string }>('bare');
  const checkpoints: mongo.Collection<{ _id: string; position: string }> = connection
    .getClient()
    .db()
    .collection('bare_checkpoints');
  await documents.createIndex({ orgId: 1, key: 1 });
  await documents.createIndex({ orgId: 1, nameKey: 1 });
  return {
    write: async (batch, position) => {
      await documents.bulkWrite(
        // Not replaceOne: FerretDB 1 runs out of connections over a hundred of them in one command.
        batch.map(([_id, document]) => ({
          updateMany: { filter: { _id }, update: { $set: document }, upsert: true },
        })),
        { ordered: false },
      );
      await checkpoints.updateOne(
        { _id: 'bare' },
        { $set: { position: String(position) } },
        { upsert: true },
      );
    },
    get: (_id) => documents.findOne({ _id }),
    close: async () => {
      await connection.dropDatabase();
      await connection.close();
    },
  };
};

const keyOf = (at: number): string => `bench|customer-${at}`;

const sample = (at: number, round: number): Sample => ({
  orgId: 'bench',
  key: `customer-${at}`,
  nameKey: `customer ${round} ${at}`,
  mappings: Array.from({ length: 5 }, (_, version) => ({
    version,
    tier: 'gold',
    from: '2026-03-01T00:00:00Z',
    to: null,
    recordedAt: '2026-02-27T09:30:00Z',
    approvedBy: ['mia@bench.example'],
    changeId: randomUUID(),
  })),
});

const upserts = async (side: Side, round: number): Promise<number> => {
  const batches = Array.from({ length: DOCUMENTS / BATCH }, (_, batch) =>
    Array.from({ length: BATCH }, (_, at) => {
      const number = batch * BATCH + at;
      return [keyOf(number), sample(number, round)] as const;
    }),
  );
  const start = performance.now();
  for (const [batch, documents] of batches.entries())
    await side.write(documents, BigInt(round * batches.length + batch + 1));
  return DOCUMENTS / ((performance.now() - start) / 1_000);
};

const gets = async (side: Side): Promise<number> => {
  const start = performance.now();
  await Promise.all(
    Array.from({ length: READERS }, async (_, reader) => {
      for (let at = reader; at < GETS; at += READERS) await side.get(keyOf((at * 7) % DOCUMENTS));
    }),
  );
  return GETS / ((performance.now() - start) / 1_000);
};

/** Read models in MongoDB beside the bare driver, on the server of MONGODB_URL; nothing without one. */
export const benchmark = async (): Promise<BenchRow[]> => {
  const server = process.env['MONGODB_URL'];
  if (!server) return [];
  const url = new URL(`bench-${randomUUID()}`, server).href;
  const sides = [await openOurs(url), await openDriver(url)] as const;
  const figures = { upserts: [[], []] as [number[], number[]], gets: [[], []] as [number[], number[]] };
  for (const side of sides) await upserts(side, 0);
  for (let round = 1; round <= ROUNDS; round++)
    for (const at of round % 2 ? ([1, 0] as const) : ([0, 1] as const)) {
      figures.upserts[at].push(await upserts(sides[at], round));
      figures.gets[at].push(await gets(sides[at]));
    }
  for (const side of sides) await side.close();
  const row = (name: string, unit: string, [ours, peer]: [number[], number[]]): BenchRow => ({
    name: `MongoDB: ${name}, beside the bare driver`,
    unit,
    goal: '≥ 0.5 ×',
    ours,
    peer,
  });
  return [
    row(`upserts in batches of ${BATCH}, with journal and fence`, 'documents/s', figures.upserts),
    row(`${READERS} readers by key`, 'gets/s', figures.gets),
  ];
};
