import { LRUCache } from 'lru-cache';
import {
  type Commit,
  type Committed,
  type Find,
  type Found,
  type Generation,
  type ReadModel,
  ReadStore,
  type Snapshot,
} from '../../application/ports/read-store.js';
import { approximateBytes } from './approximate-bytes.js';

export interface CacheLimits {
  /** Most memory for documents, in bytes, roughly. Default 128 MiB. */
  readonly bytes?: number;
}

/**
 * Keeps documents that were read by key decoded in memory, also that there is none. What this process commits
 * leaves the cache before the commit's promise resolves; everything leaves when another process has written.
 */
export class CachedReadStore extends ReadStore {
  /** Promises, so that a hit creates nothing. */
  readonly #documents: LRUCache<string, Promise<object | null>>;
  /** Reads under way. One that is no longer here was overtaken by a commit, and its result is not kept. */
  readonly #reading = new Map<string, symbol>();
  readonly #unsubscribe: () => void;

  constructor(
    private readonly inner: ReadStore,
    { bytes = 128 * 1024 * 1024 }: CacheLimits = {},
  ) {
    super();
    this.#documents = new LRUCache({ maxSize: bytes });
    this.#unsubscribe = inner.onCommitted((committed) => this.#invalidate(committed));
  }

  get<D extends object>(model: ReadModel<D>, key: string): Promise<D | null> {
    const known = this.#documents.get(`${model.name} ${key}`);
    return known ? (known as Promise<D | null>) : this.#read(model, key);
  }

  async getMany<D extends object>(model: ReadModel<D>, keys: readonly string[]): Promise<Map<string, D>> {
    const documents = new Map<string, D>();
    const missing: string[] = [];
    for (const key of new Set(keys)) {
      const known = this.#documents.get(`${model.name} ${key}`);
      const document = await (known as Promise<D | null> | undefined);
      if (document) documents.set(key, document);
      else if (!known) missing.push(key);
    }
    if (missing.length === 0) return documents;
    const read = await this.#remembering(model, missing, () => this.inner.getMany(model, missing));
    for (const [key, document] of read) documents.set(key, document);
    return documents;
  }

  override peek<D extends object>(model: ReadModel<D>, keys: readonly string[]): Promise<Map<string, D>> {
    return this.inner.peek(model, keys);
  }

  override snapshot<D extends object>(model: ReadModel<D>, keys: readonly string[]): Promise<Snapshot<D>> {
    return this.inner.snapshot(model, keys);
  }

  prepare(models: readonly ReadModel<never>[]): Promise<void> {
    return this.inner.prepare(models).finally(() => this.#clear());
  }

  find<D extends object>(model: ReadModel<D>, find: Find): Promise<Found<D>[]> {
    return this.inner.find(model, find);
  }

  count<D extends object>(
    model: ReadModel<D>,
    where: Pick<Find, 'index' | 'equals' | 'range'>,
  ): Promise<number> {
    return this.inner.count(model, where);
  }

  scan<D extends object>(
    model: ReadModel<D>,
    options: { readonly after?: string; readonly prefix?: string; readonly limit: number },
    generation?: Generation,
  ): Promise<Found<D>[]> {
    return this.inner.scan(model, options, generation);
  }

  checkpoint(model: ReadModel<never>, generation?: Generation): Promise<bigint | null> {
    return this.inner.checkpoint(model, generation);
  }

  commit<D extends object>(model: ReadModel<D>, commit: Commit<D>, generation?: Generation): Promise<void> {
    return this.inner.commit(model, commit, generation);
  }

  load<D extends object>(
    model: ReadModel<D>,
    keys: readonly string[],
    generation?: Generation,
  ): Promise<Map<string, D>> {
    return this.inner.load(model, keys, generation);
  }

  beginRebuild(model: ReadModel<never>): Promise<void> {
    return this.inner.beginRebuild(model);
  }

  switchRebuild(model: ReadModel<never>): Promise<void> {
    return this.inner.switchRebuild(model);
  }

  onCommitted(listener: (committed: Committed) => void): () => void {
    return this.inner.onCommitted(listener);
  }

  ping(): Promise<void> {
    return this.inner.ping();
  }

  async close(): Promise<void> {
    this.#unsubscribe();
    this.#clear();
    await this.inner.close();
  }

  async #read<D extends object>(model: ReadModel<D>, key: string): Promise<D | null> {
    const read = await this.#remembering(model, [key], async () => {
      const document = await this.inner.get(model, key);
      return new Map(document ? [[key, document]] : []);
    });
    return read.get(key) ?? null;
  }

  async #remembering<D extends object>(
    model: ReadModel<D>,
    keys: readonly string[],
    read: () => Promise<Map<string, D>>,
  ): Promise<Map<string, D>> {
    const own = Symbol();
    for (const key of keys) this.#reading.set(`${model.name} ${key}`, own);
    try {
      const documents = await read();
      for (const key of keys)
        if (this.#reading.get(`${model.name} ${key}`) === own)
          this.#remember(`${model.name} ${key}`, documents.get(key) ?? null);
      return documents;
    } finally {
      for (const key of keys)
        if (this.#reading.get(`${model.name} ${key}`) === own) this.#reading.delete(`${model.name} ${key}`);
    }
  }

  #remember(place: string, document: object | null): void {
    const size = 2 * place.length + approximateBytes(document);
    this.#documents.set(place, Promise.resolve(document), { size });
  }

  #invalidate({ model, keys }: Committed): void {
    if (keys.includes('*')) return this.#clear();
    for (const key of keys) {
      this.#documents.delete(`${model} ${key}`);
      this.#reading.delete(`${model} ${key}`);
    }
  }

  #clear(): void {
    this.#documents.clear();
    this.#reading.clear();
  }
}
