import type { Generation, ReadModel } from '../../../application/ports/read-store.js';
import { DocumentCollection } from './document-collection.js';
import { collectionName, generationOf, shapeOf } from './document-schema.js';
import { Journal } from './journal.js';
import type { MongoDbConnection } from './mongodb-connection.js';
import { isMissingCollection, newerVersion, noRebuild } from './mongodb-errors.js';
import { Register, type RegisterRow } from './register.js';
import { type Entry, type Patience, StagedCommit } from './staged-commit.js';

/** Documents written by one command, which has to be answered in time. */
const WRITES_AT_ONCE = 500;

/** The collections of one read model: the live one, and the one being built beside it. */
export class Generations {
  readonly commits: Readonly<Record<Generation, StagedCommit>>;
  readonly #register: Register;
  readonly #journal: Journal;
  readonly #collections = new Map<number, DocumentCollection<never>>();

  constructor(
    private readonly connection: MongoDbConnection,
    private readonly model: ReadModel<never>,
    patience: Patience,
  ) {
    this.#register = new Register(connection, model);
    this.#journal = new Journal(connection, model);
    const commits = (generation: Generation): StagedCommit =>
      new StagedCommit(model, this.#steps(generation), patience);
    this.commits = { live: commits('live'), rebuild: commits('rebuild') };
  }

  /** @throws ReadStoreError FENCED for a rebuild that nobody has begun, NEWER_VERSION */
  async row(generation: Generation): Promise<RegisterRow> {
    const row = await this.#register.row(generation);
    if (!row) throw noRebuild(this.model);
    return row;
  }

  collection<D extends object>(number: number): DocumentCollection<D> {
    const known = this.#collections.get(number);
    const collection = known ?? new DocumentCollection(this.connection, this.model, number);
    this.#collections.set(number, collection);
    return collection;
  }

  /** The live generation as declared: made, or made anew and empty where an older shape is stored. */
  async prepare(): Promise<void> {
    for (;;) {
      const { live, rebuild } = await this.#register.rows();
      if (live && live.version > this.model.version) throw newerVersion(this.model, live.version);
      const fits = live?.version === this.model.version && live.shape === shapeOf(this.model);
      const number = fits ? live.number : numberAfter(live, rebuild);
      await this.collection(number).create();
      if (!fits && !(await this.#register.start('live', number, live))) continue;
      await this.#journal.purge({ number, checkpoint: fits ? live.checkpoint : null });
      return this.#dropOlder(number);
    }
  }

  async beginRebuild(): Promise<void> {
    for (;;) {
      const { live, rebuild } = await this.#register.rows();
      const number = numberAfter(live, rebuild);
      await this.collection(number).create();
      if (!(await this.#register.start('rebuild', number, rebuild))) continue;
      if (rebuild && rebuild.number > (live?.number ?? 0)) await this.#drop(rebuild);
      return;
    }
  }

  /** @returns what is live now. @throws ReadStoreError FENCED when no rebuild is under way */
  async switchRebuild(): Promise<RegisterRow> {
    const rebuilt = await this.row('rebuild');
    const { live } = await this.#register.rows();
    if (!(await this.#register.switch(rebuilt, live))) throw noRebuild(this.model);
    if (live) await this.#drop(live);
    return rebuilt;
  }

  #steps(generation: Generation) {
    return {
      row: () => this.#register.row(generation),
      propose: this.#journal.propose.bind(this.#journal),
      following: this.#journal.following.bind(this.#journal),
      forget: this.#journal.forget.bind(this.#journal),
      advance: (entry: Entry) => this.#register.advance(generation, entry),
      apply: async ({ number, written }: Entry) => {
        for (let at = 0; at < written.length; at += WRITES_AT_ONCE)
          await this.collection(number).apply(written.slice(at, at + WRITES_AT_ONCE));
      },
    };
  }

  /** Younger ones are being made by somebody who has not said so yet. */
  async #dropOlder(live: number): Promise<void> {
    const names = await this.connection.run(({ db }) => db.listCollections({}, { nameOnly: true }).toArray());
    for (const { name } of names) {
      const number = generationOf(this.model, name);
      // By its name: it may be of an older version.
      if (number !== null && number < live) await this.#dropNamed(name);
    }
  }

  #drop({ number, version }: RegisterRow): Promise<void> {
    this.#collections.delete(number);
    return this.#dropNamed(collectionName({ name: this.model.name, version }, number));
  }

  async #dropNamed(name: string): Promise<void> {
    await this.connection.run(async ({ connection, db }) => {
      if (connection.models[name]) connection.deleteModel(name);
      await db.dropCollection(name).catch(acceptMissing);
    });
  }
}

const acceptMissing = (error: unknown): void => {
  if (!isMissingCollection(error)) throw error;
};

const numberAfter = (live: RegisterRow | null, rebuild: RegisterRow | null): number =>
  Math.max(live?.number ?? 0, rebuild?.number ?? 0) + 1;
