import { EventStoreDBClient, START } from '@eventstore/db-client';
import mongoose from 'mongoose';
import type { RecordedEvent } from '../../src/domain/events.js';
import { parameters } from '../servers/report.js';
import { foldRaw } from '../support/raw-fold.js';
import { answerWith } from '../support/worked.js';

const BATCH = 500;

const { EVENTSTORE_URL, MONGODB_URL } = parameters<{
  readonly EVENTSTORE_URL: string;
  readonly MONGODB_URL: string;
}>();
const client = EventStoreDBClient.connectionString(EVENTSTORE_URL);
const connection = await mongoose
  .createConnection(MONGODB_URL, { writeConcern: { w: 'majority' } })
  .asPromise();
const db = connection.getClient().db();
const collectionOf = (model: string) => db.collection<{ _id: string; doc: string }>(`raw-${model}`);

const documents: Parameters<typeof foldRaw>[1] = {
  load: async (model, keys) => {
    const found = await Promise.all(keys.map((_id) => collectionOf(model).findOne({ _id })));
    return new Map(found.flatMap((row) => (row ? [[row._id, JSON.parse(row.doc) as object] as const] : [])));
  },
  write: async (model, writes) => {
    if (writes.length === 0) return;
    await collectionOf(model).bulkWrite(
      // Not replaceOne: FerretDB 1 runs out of connections over a hundred of them in one command.
      writes.map(({ key, document }) =>
        document
          ? {
              updateMany: {
                filter: { _id: key },
                update: { $set: { doc: JSON.stringify(document) } },
                upsert: true,
              },
            }
          : { deleteOne: { filter: { _id: key } } },
      ),
      { ordered: false },
    );
  },
};

/** The least that a rebuild over the same servers can cost: the clients as they come, one pass, nothing guarded. */
await answerWith(async () => {
  let batch: RecordedEvent[] = [];
  for await (const { event } of client.readAll({ fromPosition: START })) {
    if (!event || event.type.startsWith('$')) continue;
    batch.push({
      id: event.id,
      type: event.type,
      stream: event.streamId,
      revision: event.revision,
      position: event.position?.commit,
      recordedAt: event.created.toISOString(),
      metadata: event.metadata,
      data: event.data,
    } as unknown as RecordedEvent);
    if (batch.length < BATCH) continue;
    await foldRaw(batch, documents);
    batch = [];
  }
  await foldRaw(batch, documents);
});
