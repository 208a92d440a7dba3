import { setTimeout } from 'node:timers/promises';
import {
  type Commit,
  type Committed,
  type Find,
  type Found,
  type Generation,
  type ReadModel,
  ReadStore,
  type Snapshot,
} from '../../../application/ports/read-store.js';
import { CommitNews } from './commit-news.js';
import type { DocumentCollection, Scan } from './document-collection.js';
import { Generations } from './generations.js';
import { LiveGeneration } from './live-generation.js';
import { MongoDbConnection, type MongoDbOptions } from './mongodb-connection.js';
import { toStored } from './stored-document.js';

export interface MongoDbReadStoreOptions extends MongoDbOptions {
  /** How often other processes' commits and switches are looked for, in milliseconds. Default 100. */
  readonly pollMs?: number;
  /** How long another process's commit may stay half done before this one finishes it, in milliseconds. Default 250. */
  readonly patienceMs?: number;
}

/** How often a commit that another process has under way is looked at, in milliseconds. */
const LOOK_AGAIN_MS = 10;

/**
 * The read models in MongoDB, or in a server compatible with it, shared by any number of processes. A collection per generation of a
 * read model; no transactions, so that it runs on sharded clusters too.
 */
export class MongoDbReadStore extends ReadStore {
  readonly #connection: MongoDbConnection;
  readonly #pollMs: number;
  readonly #patienceMs: number;
  readonly #models = new Map<string, LiveGeneration>();
  readonly #news: CommitNews;

  /** Connects when first used. @throws WeakWriteConcernError, UnusableUrlError */
  constructor({ pollMs = 100, patienceMs = 250, ...options }: MongoDbReadStoreOptions) {
    super();
    this.#connection = new MongoDbConnection(options);
    this.#pollMs = pollMs;
    this.#patienceMs = patienceMs;
    this.#news = new CommitNews(pollMs, () => this.#models.values());
  }

  /** @throws ReadStoreError */
  async prepare(models: readonly ReadModel<never>[]): Promise<void> {
    for (const model of models) {
      await this.#of(model).generations.prepare();
      this.#of(model).forget();
    }
  }

  async get<D extends object>(model: ReadModel<D>, key: string): Promise<D | null> {
    return this.#read(
      model,
      (documents) => documents.get(key),
      (document) => document === null,
    );
  }

  async getMany<D extends object>(model: ReadModel<D>, keys: readonly string[]): Promise<Map<string, D>> {
    return this.#read(
      model,
      (documents) => documents.load(keys),
      ({ size }) => size === 0,
    );
  }

  async find<D extends object>(model: ReadModel<D>, find: Find): Promise<Found<D>[]> {
    return this.#read(model, (documents) => documents.find(find), isEmpty);
  }

  async count<D extends object>(
    model: ReadModel<D>,
    where: Pick<Find, 'index' | 'equals' | 'range'>,
  ): Promise<number> {
    return this.#read(
      model,
      (documents) => documents.count(where),
      (count) => count === 0,
    );
  }

  async scan<D extends object>(
    model: ReadModel<D>,
    options: Scan,
    generation: Generation = 'live',
  ): Promise<Found<D>[]> {
    if (generation === 'live') return this.#read(model, (documents) => documents.scan(options), isEmpty);
    return (await this.#written(model, generation)).scan(options);
  }

  override async snapshot<D extends object>(
    model: ReadModel<D>,
    keys: readonly string[],
  ): Promise<Snapshot<D>> {
    const { generations } = this.#of(model);
    const { row, read } = await generations.commits.live.still(({ number }) =>
      generations.collection<D>(number).load(keys),
    );
    return { checkpoint: row.checkpoint, documents: read };
  }

  async load<D extends object>(
    model: ReadModel<D>,
    keys: readonly string[],
    generation: Generation = 'live',
  ): Promise<Map<string, D>> {
    // Documents that a dead process has brought ahead of the checkpoint must not be folded upon.
    await this.#of(model).generations.commits[generation].settle();
    return (await this.#written(model, generation)).load(keys);
  }

  async checkpoint(model: ReadModel<never>, generation: Generation = 'live'): Promise<bigint | null> {
    const { generations } = this.#of(model);
    // Whoever begins to fold begins by asking how far the read model is.
    generations.commits[generation].doubt();
    const row = await generations.row(generation);
    // Whoever goes by this checkpoint has been told of all that led to it.
    if (generation === 'live') this.#news.seen(model.name, row);
    return row.checkpoint;
  }

  async commit<D extends object>(
    model: ReadModel<D>,
    { writes, checkpoint, expectedCheckpoint }: Commit<D>,
    generation: Generation = 'live',
  ): Promise<void> {
    const { commits } = this.#of(model).generations;
    const row = await commits[generation].commit(expectedCheckpoint, checkpoint, toStored(model, writes));
    if (generation === 'rebuild') return;
    this.#news.committed(
      model.name,
      row,
      expectedCheckpoint,
      writes.map(({ key }) => key),
    );
  }

  async beginRebuild(model: ReadModel<never>): Promise<void> {
    await this.#of(model).generations.beginRebuild();
  }

  async switchRebuild(model: ReadModel<never>): Promise<void> {
    const live = this.#of(model);
    const row = await live.generations.switchRebuild();
    live.forget();
    this.#news.seen(model.name, row);
  }

  onCommitted(listener: (committed: Committed) => void): () => void {
    return this.#news.listen(listener);
  }

  async ping(): Promise<void> {
    await this.#connection.run(({ db }) => db.command({ ping: 1 }));
  }

  async close(): Promise<void> {
    this.#news.close();
    await this.#connection.close();
  }

  async #read<D extends object, T>(
    model: ReadModel<D>,
    ask: (documents: DocumentCollection<D>) => Promise<T>,
    empty: (answer: T) => boolean,
  ): Promise<T> {
    return this.#of(model).read<D, T>(ask, empty);
  }

  async #written<D extends object>(
    model: ReadModel<D>,
    generation: Generation,
  ): Promise<DocumentCollection<D>> {
    const { generations } = this.#of(model);
    return generations.collection((await generations.row(generation)).number);
  }

  #of(model: ReadModel<never>): LiveGeneration {
    // One declaration per version: an older and a newer one of the same name are different models here.
    const place = `${model.name}@${model.version}`;
    const known = this.#models.get(place);
    if (known) return known;
    const live = new LiveGeneration(model, this.#generations(model), this.#pollMs);
    this.#models.set(place, live);
    return live;
  }

  #generations(model: ReadModel<never>): Generations {
    return new Generations(this.#connection, model, async (waited) => {
      if (waited * LOOK_AGAIN_MS >= this.#patienceMs) return false;
      await setTimeout(LOOK_AGAIN_MS);
      return true;
    });
  }
}

const isEmpty = (found: readonly unknown[]): boolean => found.length === 0;
