import {
  type Commit,
  type Committed,
  type Find,
  type Found,
  type Generation,
  type ReadModel,
  ReadStore,
  ReadStoreError,
} from '../../../application/ports/read-store.js';
import { Connection } from './connection.js';
import { DocumentTable, type Scan } from './document-table.js';
import { isMissingTable } from './errors.js';
import { Generations, noRebuild } from './generations.js';
import { tableName } from './naming.js';
import { OtherWriters } from './other-writers.js';

export interface SqliteReadStoreOptions {
  /** Longest wait for another process's write, in milliseconds; it blocks this process. Default 200. */
  readonly busyTimeoutMs?: number;
  /** How often other processes' commits are looked for while anybody listens, in milliseconds. Default 100. */
  readonly pollMs?: number;
}

/**
 * The read models in one SQLite file, which several processes may share. A table per generation of a read
 * model with a column per indexed field; documents and checkpoint are written in one transaction.
 */
export class SqliteReadStore extends ReadStore {
  readonly #connection: Connection;
  readonly #generations: Generations;
  readonly #live = new Map<string, DocumentTable<never>>();
  readonly #listeners = new Set<(committed: Committed) => void>();
  readonly #others: OtherWriters;

  /** @throws ReadStoreError UNAVAILABLE when the file cannot be opened */
  constructor(file: string, { busyTimeoutMs = 200, pollMs = 100 }: SqliteReadStoreOptions = {}) {
    super();
    this.#connection = new Connection(file, busyTimeoutMs);
    this.#generations = new Generations(this.#connection);
    this.#others = new OtherWriters(this.#connection, pollMs, () => this.#othersCommitted());
  }

  async prepare(models: readonly ReadModel<never>[]): Promise<void> {
    this.#connection.transaction(() => {
      this.#generations.createRegister();
      for (const model of models) this.#generations.prepare(model);
    });
    this.#live.clear();
  }

  async get<D extends object>(model: ReadModel<D>, key: string): Promise<D | null> {
    return this.#read(model, 'live', (table) => table.get(key));
  }

  async getMany<D extends object>(model: ReadModel<D>, keys: readonly string[]): Promise<Map<string, D>> {
    return this.#read(model, 'live', (table) => table.load(keys));
  }

  async find<D extends object>(model: ReadModel<D>, find: Find): Promise<Found<D>[]> {
    return this.#read(model, 'live', (table) => table.find(find));
  }

  async count<D extends object>(
    model: ReadModel<D>,
    where: Pick<Find, 'index' | 'equals' | 'range'>,
  ): Promise<number> {
    return this.#read(model, 'live', (table) => table.count(where));
  }

  async scan<D extends object>(
    model: ReadModel<D>,
    options: Scan,
    generation: Generation = 'live',
  ): Promise<Found<D>[]> {
    return this.#read(model, generation, (table) => table.scan(options));
  }

  async load<D extends object>(
    model: ReadModel<D>,
    keys: readonly string[],
    generation: Generation = 'live',
  ): Promise<Map<string, D>> {
    return this.#read(model, generation, (table) => table.load(keys));
  }

  async checkpoint(model: ReadModel<never>, generation: Generation = 'live'): Promise<bigint | null> {
    const row = this.#generations.find(model, generation);
    // After the row was read: whoever goes by this checkpoint has been told of all that led to it.
    this.#others.look();
    return row?.checkpoint ?? null;
  }

  async commit<D extends object>(
    model: ReadModel<D>,
    { writes, checkpoint, expectedCheckpoint }: Commit<D>,
    generation: Generation = 'live',
  ): Promise<void> {
    this.#connection.transaction(() => {
      const row = this.#generations.find(model, generation);
      if (!row) throw noRebuild(model);
      if (row.checkpoint !== expectedCheckpoint) throw fenced(model, expectedCheckpoint, row.checkpoint);
      if (writes.length > 0) new DocumentTable(this.#connection, model, row.number).write(writes);
      this.#generations.moveCheckpoint(model, generation, checkpoint);
    });
    if (generation === 'live')
      this.#tell({ model: model.name, keys: writes.map(({ key }) => key), checkpoint });
  }

  async beginRebuild(model: ReadModel<never>): Promise<void> {
    this.#connection.transaction(() => this.#generations.beginRebuild(model));
  }

  async switchRebuild(model: ReadModel<never>): Promise<void> {
    const checkpoint = this.#connection.transaction(() => this.#generations.switchRebuild(model));
    this.#live.delete(model.name);
    this.#tell({ model: model.name, keys: ['*'], checkpoint: checkpoint ?? 0n });
  }

  onCommitted(listener: (committed: Committed) => void): () => void {
    // Wrapped, so that one function may listen twice and each ending ends its own.
    const own = (committed: Committed): void => listener(committed);
    this.#listeners.add(own);
    this.#others.watch();
    return () => {
      this.#listeners.delete(own);
      if (this.#listeners.size === 0) this.#others.rest();
    };
  }

  async ping(): Promise<void> {
    this.#connection.row('SELECT count(*) FROM sqlite_schema');
  }

  async close(): Promise<void> {
    this.#others.rest();
    this.#connection.close();
  }

  /** Asks the table of a generation; once more when another process has switched it meanwhile. */
  #read<D extends object, T>(
    model: ReadModel<D>,
    generation: Generation,
    ask: (table: DocumentTable<D>) => T,
  ): T {
    const table = this.#table(model, generation);
    try {
      return ask(table);
    } catch (error) {
      if (!isMissingTable(error)) throw error;
      this.#connection.forget(tableName(model.name, table.number));
      this.#live.delete(model.name);
      return ask(this.#table(model, generation));
    }
  }

  #table<D extends object>(model: ReadModel<D>, generation: Generation): DocumentTable<D> {
    const known = generation === 'live' ? this.#live.get(model.name) : undefined;
    if (known) return known;
    const row = this.#generations.find(model, generation);
    if (!row) throw noRebuild(model);
    const table = new DocumentTable(this.#connection, model, row.number);
    if (generation === 'live') this.#live.set(model.name, table as unknown as DocumentTable<never>);
    return table;
  }

  #othersCommitted(): void {
    this.#live.clear();
    this.#tell({ model: '*', keys: ['*'], checkpoint: this.#generations.lowestCheckpoint() });
  }

  #tell(committed: Committed): void {
    for (const listener of [...this.#listeners]) listener(committed);
  }
}

const fenced = (model: ReadModel<never>, expected: bigint | null, found: bigint | null): ReadStoreError =>
  new ReadStoreError(
    'FENCED',
    `Read model ${model.name} is at ${found ?? 'its beginning'}, not at ${expected ?? 'its beginning'}: another projector has moved it.`,
  );
