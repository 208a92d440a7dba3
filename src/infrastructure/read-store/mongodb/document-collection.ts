import type { mongo } from 'mongoose';
import type { Find, Found, ReadModel } from '../../../application/ports/read-store.js';
import { collectionName, documentSchema, placeField } from './document-schema.js';
import { later, next, pageOf, rangeOf } from './index-range.js';
import { LAST } from './index-text.js';
import type { MongoDbConnection, Session } from './mongodb-connection.js';
import { areDuplicateKeys } from './mongodb-errors.js';
import { fromBody, type StoredDocument } from './stored-document.js';

export interface Scan {
  readonly after?: string;
  readonly prefix?: string;
  readonly limit: number;
}

type Documents = mongo.Collection<StoredDocument>;
type Operation = mongo.AnyBulkWriteOperation<StoredDocument>;

/** Keys of one question: small enough for one message whatever their length. */
const KEYS_AT_ONCE = 1_000;

/** Finds by key that cost less than evaluating one filter on every document, on a server that does so. */
const FINDS_PER_SCAN = 16;

/**
 * The documents of one generation of a read model. Mongoose declares the collection and its indexes; reads and writes go to the
 * driver underneath, because casting and hydrating JSON text would only cost.
 */
export class DocumentCollection<D extends object> {
  readonly name: string;

  constructor(
    private readonly connection: MongoDbConnection,
    private readonly model: ReadModel<D>,
    readonly number: number,
  ) {
    this.name = collectionName(model, number);
  }

  async create(): Promise<void> {
    await this.connection.run(async ({ connection }) => {
      const declared =
        connection.models[this.name] ?? connection.model(this.name, documentSchema(this.model), this.name);
      await declared.createCollection();
      await declared.createIndexes();
    });
  }

  async get(key: string): Promise<D | null> {
    const stored = await this.#run((documents) =>
      documents.findOne({ _id: key }, { projection: { _id: 0, body: 1 }, ...this.#bounded }),
    );
    return stored?.body === undefined ? null : fromBody(stored.body);
  }

  async load(keys: readonly string[]): Promise<Map<string, D>> {
    const stored = await this.#byKeys(keys, { body: 1 });
    return new Map(toFound<D>(stored).map(({ key, document }) => [key, document]));
  }

  async find(find: Find): Promise<Found<D>[]> {
    const { from, to } = pageOf(this.model, find);
    const field = placeField(find.index);
    const stored = await this.#run((documents) =>
      documents
        .find(
          { [field]: { $gte: from, $lt: to } },
          { projection: { body: 1 }, ...this.#bounded, hint: find.index },
        )
        .sort({ [field]: find.order === 'desc' ? -1 : 1 })
        .limit(find.limit)
        .batchSize(find.limit + 1)
        .toArray(),
    );
    return toFound(stored);
  }

  async count(where: Pick<Find, 'index' | 'equals' | 'range'>): Promise<number> {
    const { from, to } = rangeOf(this.model, where);
    return this.#run((documents) =>
      documents.countDocuments(
        { [placeField(where.index)]: { $gte: from, $lt: to } },
        { ...this.#bounded, hint: where.index },
      ),
    );
  }

  async scan({ after, prefix = '', limit }: Scan): Promise<Found<D>[]> {
    const from = after === undefined ? prefix : later(next(after), prefix);
    const stored = await this.#run((documents) =>
      documents
        .find(
          { _id: { $gte: from, $lt: prefix + LAST }, body: { $exists: true } },
          { projection: { body: 1 }, ...this.#bounded },
        )
        .sort({ _id: 1 })
        .limit(limit)
        .batchSize(limit + 1)
        .toArray(),
    );
    return toFound(stored);
  }

  /** Writes what is not older than what is stored; doing it again changes nothing. */
  async apply(written: readonly StoredDocument[]): Promise<void> {
    if (written.length === 0) return;
    await this.connection.run(async (session) => {
      const operations = session.findsByIdOnly ? await this.#withoutOlder(written) : written.map(upsert);
      if (operations.length === 0) return;
      await collectionOf(session, this.name).bulkWrite(operations, { ordered: false }).catch(acceptNewer);
    });
  }

  get #bounded(): { readonly maxTimeMS: number } {
    return { maxTimeMS: this.connection.maxTimeMS };
  }

  // Such a server would evaluate the guard of every upsert on all documents; here it is asked first, once.
  async #withoutOlder(written: readonly StoredDocument[]): Promise<Operation[]> {
    const keys = written.map(({ _id }) => _id);
    const stored = await this.#byKeys(keys, { position: 1 });
    const positions = new Map(stored.map(({ _id, position }) => [_id, position]));
    return written
      .filter(({ _id, position }) => (positions.get(_id) ?? '') <= position)
      .map((document) => (positions.has(document._id) ? update(document) : { insertOne: { document } }));
  }

  async #byKeys(keys: readonly string[], projection: mongo.Document): Promise<StoredDocument[]> {
    const wanted = [...new Set(keys)];
    return this.connection.run(async (session) => {
      const documents = collectionOf(session, this.name);
      if (session.findsByIdOnly && wanted.length <= FINDS_PER_SCAN) {
        const found = wanted.map((_id) => documents.findOne({ _id }, { projection, ...this.#bounded }));
        return (await Promise.all(found)).filter((document) => document !== null);
      }
      const stored: StoredDocument[] = [];
      for (let at = 0; at < wanted.length; at += KEYS_AT_ONCE) {
        const some = wanted.slice(at, at + KEYS_AT_ONCE);
        stored.push(
          ...(await documents.find({ _id: { $in: some } }, { projection, ...this.#bounded }).toArray()),
        );
      }
      return stored;
    });
  }

  #run<T>(work: (documents: Documents) => Promise<T>): Promise<T> {
    return this.connection.run((session) => work(collectionOf(session, this.name)));
  }
}

const collectionOf = ({ db }: Session, name: string): Documents => db.collection<StoredDocument>(name);

// Where the stored document is newer the filter does not match, and the insert that follows meets its key.
const upsert = ({ _id, ...rest }: StoredDocument): Operation => ({
  replaceOne: { filter: { _id, position: { $lte: rest.position } }, replacement: rest, upsert: true },
});

// FerretDB 1 keeps one of its hundred connections for every one-document update until the whole command is done.
const update = ({ _id, ...rest }: StoredDocument): Operation => ({
  updateMany: {
    filter: { _id },
    update: { $set: rest, ...(rest.body === undefined ? { $unset: { body: true, places: true } } : {}) },
  },
});

const acceptNewer = (error: unknown): void => {
  if (!areDuplicateKeys(error)) throw error;
};

const toFound = <D>(stored: readonly StoredDocument[]): Found<D>[] =>
  stored.flatMap(({ _id, body }) => (body === undefined ? [] : [{ key: _id, document: fromBody<D>(body) }]));
