/** What an index may hold, and so what may be asked for. */
export type IndexValue = string | number | boolean | null;

/** The fields of a document, or of any member of a union of documents. */
export type FieldOf<D> = D extends unknown ? keyof D & string : never;

/**
 * One declaration per read model gives tables, schema and indexes in every adapter. A document is plain JSON;
 * fields named in an index are top-level and hold an {@link IndexValue}; a document without the field is not in the index.
 */
export interface ReadModel<D extends object> {
  readonly name: string;
  /** Raised when documents or indexes change shape: the new version is built beside the old one and switched. */
  readonly version: number;
  /** Index name → its fields, in order. Ties are broken by the document's key. */
  readonly indexes: Readonly<Record<string, readonly FieldOf<D>[]>>;
}

/** The place of a document in an index: the values of the fields after the equal ones, then its key. */
export interface IndexPlace {
  readonly values: readonly IndexValue[];
  readonly key: string;
}

/** An equality prefix, one range on the next field, an order, a limit. On a declared index only. */
export interface Find {
  readonly index: string;
  /** Values of the index's first fields, in order. */
  readonly equals: readonly IndexValue[];
  /** Bounds of the field after the equal ones. null comes before every value, and is in no range. */
  readonly range?: {
    readonly gt?: IndexValue;
    readonly gte?: IndexValue;
    readonly lt?: IndexValue;
    readonly lte?: IndexValue;
  };
  readonly order?: 'asc' | 'desc';
  readonly limit: number;
  /** Go on after this place, in the same order. */
  readonly after?: IndexPlace;
}

export interface Found<D> {
  readonly key: string;
  readonly document: D;
}

export interface Write<D> {
  readonly key: string;
  /** null: the document goes. */
  readonly document: D | null;
  /** The last event this document reflects; an older write never replaces a newer document. */
  readonly position: bigint;
}

export class ReadStoreError extends Error {
  constructor(
    /** FENCED: somebody else has moved the checkpoint; read it again. */
    readonly kind: 'UNAVAILABLE' | 'FENCED' | 'NEWER_VERSION',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'ReadStoreError';
  }

  /** Whether waiting may help. */
  get passes(): boolean {
    return this.kind === 'UNAVAILABLE';
  }
}

/** Which generation of a read model is asked: the live one, or the one being rebuilt beside it. */
export type Generation = 'live' | 'rebuild';

export interface Commit<D extends object> {
  readonly writes: readonly Write<D>[];
  /** The log is reflected up to here afterwards. */
  readonly checkpoint: bigint;
  /** The checkpoint this batch was folded on; null: there was none. Rejects with FENCED when it has moved. */
  readonly expectedCheckpoint: bigint | null;
}

/** Documents by key, exactly as they are at a checkpoint. */
export interface Snapshot<D> {
  readonly checkpoint: bigint | null;
  readonly documents: ReadonlyMap<string, D>;
}

/** Told after every commit of this process: what changed, for caches and for waiting readers. */
export interface Committed {
  readonly model: string;
  readonly keys: readonly string[];
  readonly checkpoint: bigint;
}

/**
 * The read models' store. Every read is on the live generation. All methods reject with {@link ReadStoreError}.
 * Documents given out are shared and must not be changed.
 */
export abstract class ReadStore {
  /** Makes what the declarations need: tables, collections, indexes. Called once before anything else. */
  abstract prepare(models: readonly ReadModel<never>[]): Promise<void>;

  abstract get<D extends object>(model: ReadModel<D>, key: string): Promise<D | null>;
  abstract getMany<D extends object>(model: ReadModel<D>, keys: readonly string[]): Promise<Map<string, D>>;
  /** As `getMany`, past every cache: who reads much once must not push out of it what lookups ask for. */
  peek<D extends object>(model: ReadModel<D>, keys: readonly string[]): Promise<Map<string, D>> {
    return this.getMany(model, keys);
  }
  abstract find<D extends object>(model: ReadModel<D>, find: Find): Promise<Found<D>[]>;
  abstract count<D extends object>(
    model: ReadModel<D>,
    where: Pick<Find, 'index' | 'equals' | 'range'>,
  ): Promise<number>;
  /** Every document in key order, a page at a time; for comparing and exporting. */
  abstract scan<D extends object>(
    model: ReadModel<D>,
    options: { readonly after?: string; readonly prefix?: string; readonly limit: number },
    generation?: Generation,
  ): Promise<Found<D>[]>;

  /** Past every cache, for comparing. Waits for a commit that is under way; never FENCED. */
  async snapshot<D extends object>(model: ReadModel<D>, keys: readonly string[]): Promise<Snapshot<D>> {
    for (;;) {
      const checkpoint = await this.checkpoint(model);
      const documents = await this.peek(model, keys);
      if ((await this.checkpoint(model)) === checkpoint) return { checkpoint, documents };
    }
  }

  /**
   * How far the read model reflects the log; null: nothing yet. Listeners have been told of everything up to it,
   * also of what other processes wrote, so that no cache answers with less than the checkpoint says.
   */
  abstract checkpoint(model: ReadModel<never>, generation?: Generation): Promise<bigint | null>;
  abstract commit<D extends object>(
    model: ReadModel<D>,
    commit: Commit<D>,
    generation?: Generation,
  ): Promise<void>;
  /**
   * Reads for the fold and nothing else: past every cache, from the generation that is being written, with what a dead
   * writer left half done finished first. Rejects with FENCED when that moved the checkpoint.
   */
  abstract load<D extends object>(
    model: ReadModel<D>,
    keys: readonly string[],
    generation?: Generation,
  ): Promise<Map<string, D>>;

  /** Starts an empty generation beside the live one; a half-built earlier one is dropped. */
  abstract beginRebuild(model: ReadModel<never>): Promise<void>;
  /** Makes the rebuilt generation the live one, at once for every reader, and drops the old one. */
  abstract switchRebuild(model: ReadModel<never>): Promise<void>;

  /** Calls `listener` after every commit and switch by this process, and with `keys: ['*']` when another process has written. */
  abstract onCommitted(listener: (committed: Committed) => void): () => void;

  abstract ping(): Promise<void>;
  abstract close(): Promise<void>;
}
