import { mongo } from 'mongoose';
import type { ReadModel } from '../../../application/ports/read-store.js';
import { collectionName } from './document-schema.js';
import type { MongoDbConnection } from './mongodb-connection.js';
import { inserted } from './mongodb-errors.js';
import type { Entry, GenerationRow, Proposal } from './staged-commit.js';
import { positionText, sizeOf, type StoredDocument } from './stored-document.js';

/** The head of an entry under its own key, or one of the further parts that it takes when it is large. */
interface JournalDocument {
  readonly _id: string;
  readonly entry: string;
  readonly to: string;
  readonly parts: number;
  readonly written: readonly StoredDocument[];
}

/** Bytes of one part; with the largest document on top still less than a server takes. */
const PART_BYTES = 2 * 1024 * 1024;

/** Proposed commits of one read model, keyed by the checkpoint they follow. */
export class Journal {
  constructor(
    private readonly connection: MongoDbConnection,
    private readonly model: ReadModel<never>,
  ) {}

  /** Inserting a key that must be new is the one decision that every compatible server takes atomically. */
  async propose(proposal: Proposal): Promise<Entry | null> {
    const id = new mongo.ObjectId().toHexString();
    const key = this.#key(proposal);
    const [first = [], ...rest] = inParts(proposal.written);
    const common = { entry: id, to: positionText(proposal.to), parts: rest.length };
    // The head comes last: with it the whole entry is there.
    for (const [at, written] of rest.entries())
      await this.#run((journal) =>
        journal.insertOne({ _id: `${key} ${id} ${String(at).padStart(6, '0')}`, ...common, written }),
      );
    if (await this.#run((journal) => inserted(journal.insertOne({ _id: key, ...common, written: first }))))
      return { ...proposal, id };
    if (rest.length > 0) await this.forget({ ...proposal, id });
    return null;
  }

  async following(row: GenerationRow): Promise<Entry | null> {
    const place = { number: row.number, from: row.checkpoint };
    const key = this.#key(place);
    const head = await this.#run((journal) => journal.findOne({ _id: key }));
    if (!head) return null;
    const parts = head.parts === 0 ? [] : await this.#partsOf(`${key} ${head.entry} `);
    const written = [head, ...parts].flatMap((part) => part.written);
    return { ...place, id: head.entry, to: BigInt(head.to), written };
  }

  async forget(entry: Entry): Promise<void> {
    const key = this.#key(entry);
    await this.#run((journal) => journal.deleteMany({ _id: { $gte: key, $lt: `${key}!` }, entry: entry.id }));
  }

  /** Removes what a process that died has left: everything that follows a checkpoint before the row's. */
  async purge({ number, checkpoint }: GenerationRow): Promise<void> {
    const generation = collectionName(this.model, number);
    const present = this.#key({ number, from: checkpoint });
    await this.#run((journal) => journal.deleteMany({ _id: { $gte: `${generation} `, $lt: present } }));
  }

  async #partsOf(prefix: string): Promise<JournalDocument[]> {
    return this.#run((journal) =>
      journal
        .find({ _id: { $gt: prefix, $lt: `${prefix}~` } })
        .sort({ _id: 1 })
        .toArray(),
    );
  }

  // The beginning sorts before every position.
  #key({ number, from }: Pick<Proposal, 'number' | 'from'>): string {
    return `${collectionName(this.model, number)} ${from === null ? '-' : positionText(from)}`;
  }

  #run<T>(work: (journal: mongo.Collection<JournalDocument>) => Promise<T>): Promise<T> {
    return this.connection.run(({ db }) => work(db.collection<JournalDocument>('journal')));
  }
}

const inParts = (written: readonly StoredDocument[]): StoredDocument[][] => {
  const parts: StoredDocument[][] = [];
  let size = Infinity;
  for (const document of written) {
    if (size > PART_BYTES) {
      parts.push([]);
      size = 0;
    }
    parts.at(-1)!.push(document);
    size += sizeOf(document);
  }
  return parts;
};
