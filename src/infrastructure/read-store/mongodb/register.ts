import type { mongo } from 'mongoose';
import type { Generation, ReadModel } from '../../../application/ports/read-store.js';
import { shapeOf } from './document-schema.js';
import type { MongoDbConnection } from './mongodb-connection.js';
import { inserted, newerVersion } from './mongodb-errors.js';
import type { Entry, GenerationRow } from './staged-commit.js';
import { positionText } from './stored-document.js';

interface RegisterDocument {
  readonly _id: string;
  readonly number: number;
  readonly version: number;
  readonly shape: string;
  /** Twenty digits. */
  readonly checkpoint: string | null;
}

export interface RegisterRow extends GenerationRow {
  readonly version: number;
  readonly shape: string;
}

/** The collection of all registers. */
export const CHECKPOINTS = 'checkpoints';

/** Which generation of one read model is live, which is being built, and how far each reflects the log. */
export class Register {
  constructor(
    private readonly connection: MongoDbConnection,
    private readonly model: ReadModel<never>,
  ) {}

  /** Null for a rebuild that nobody has begun, or that has been switched. @throws ReadStoreError NEWER_VERSION */
  async row(generation: Generation): Promise<RegisterRow | null> {
    const { live, rebuild } = await this.rows();
    if (live && live.version > this.model.version) throw newerVersion(this.model, live.version);
    if (generation === 'live') return live;
    return rebuild && rebuild.number > (live?.number ?? 0) ? rebuild : null;
  }

  /** As they are stored. */
  async rows(): Promise<Record<Generation, RegisterRow | null>> {
    const ids = [this.#id('live'), this.#id('rebuild')];
    const stored = await this.#run((register) => register.find({ _id: { $in: ids } }).toArray());
    const of = (generation: Generation) => stored.find(({ _id }) => _id === this.#id(generation));
    return { live: toRow(of('live')), rebuild: toRow(of('rebuild')) };
  }

  /** Puts an empty generation in the place of `before`. False when another process was first. */
  async start(generation: Generation, number: number, before: RegisterRow | null): Promise<boolean> {
    return this.#replace(generation, before, {
      number,
      version: this.model.version,
      shape: shapeOf(this.model),
      checkpoint: null,
    });
  }

  /** Makes the rebuilt generation the live one in one step. False when another process was first. */
  async switch(rebuilt: RegisterRow, before: RegisterRow | null): Promise<boolean> {
    const switched = await this.#replace('live', before, {
      ...rebuilt,
      checkpoint: checkpointText(rebuilt.checkpoint),
    });
    // Should this not come about: a rebuild whose number is the live one's is none.
    if (switched)
      await this.#run((register) => register.deleteOne({ _id: this.#id('rebuild'), number: rebuilt.number }));
    return switched;
  }

  async advance(generation: Generation, { number, from, to }: Entry): Promise<boolean> {
    const { matchedCount } = await this.#run((register) =>
      register.updateOne(
        { _id: this.#id(generation), number, checkpoint: checkpointText(from) },
        { $set: { checkpoint: positionText(to) } },
      ),
    );
    return matchedCount === 1;
  }

  async #replace(
    generation: Generation,
    before: RegisterRow | null,
    after: Omit<RegisterDocument, '_id'>,
  ): Promise<boolean> {
    const _id = this.#id(generation);
    if (!before) return this.#run((register) => inserted(register.insertOne({ _id, ...after })));
    const { matchedCount } = await this.#run((register) =>
      register.updateOne({ _id, number: before.number }, { $set: after }),
    );
    return matchedCount === 1;
  }

  #id(generation: Generation): string {
    return `${this.model.name} ${generation}`;
  }

  #run<T>(work: (register: mongo.Collection<RegisterDocument>) => Promise<T>): Promise<T> {
    return this.connection.run(({ db }) => work(db.collection<RegisterDocument>(CHECKPOINTS)));
  }
}

const checkpointText = (checkpoint: bigint | null): string | null =>
  checkpoint === null ? null : positionText(checkpoint);

const toRow = (stored: RegisterDocument | undefined): RegisterRow | null =>
  stored
    ? {
        number: stored.number,
        version: stored.version,
        shape: stored.shape,
        checkpoint: stored.checkpoint === null ? null : BigInt(stored.checkpoint),
      }
    : null;
