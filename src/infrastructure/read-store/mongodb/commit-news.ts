import type { Committed, ReadModel } from '../../../application/ports/read-store.js';
import { ChangeWatch } from './change-watch.js';
import type { GenerationRow } from './staged-commit.js';

/** What is looked at for commits of other processes. */
export interface Watched {
  readonly model: ReadModel<never>;
  readonly generations: { row(generation: 'live'): Promise<GenerationRow> };
}

/** Tells listeners of every commit once, whoever made it and however this process came to know. */
export class CommitNews {
  readonly #listeners = new Set<(committed: Committed) => void>();
  /** What listeners have been told of. */
  readonly #told = new Map<string, GenerationRow>();
  readonly #watch: ChangeWatch;

  constructor(
    pollMs: number,
    private readonly watched: () => Iterable<Watched>,
  ) {
    this.#watch = new ChangeWatch(pollMs, () => this.#look());
  }

  /** Other processes' commits are looked for while anybody listens. */
  listen(listener: (committed: Committed) => void): () => void {
    // Wrapped, so that one function may listen twice and each ending ends its own.
    const own = (committed: Committed): void => listener(committed);
    this.#listeners.add(own);
    this.#watch.watch();
    return () => {
      this.#listeners.delete(own);
      if (this.#listeners.size === 0) this.#watch.rest();
    };
  }

  /** The live generation as somebody has just read it. */
  seen(model: string, row: GenerationRow): void {
    const told = this.#told.get(model);
    if (told && !isLater(row, told)) return;
    this.#told.set(model, row);
    this.#tell({ model, keys: ['*'], checkpoint: row.checkpoint ?? 0n });
  }

  /** A commit of this process on what was at `before`. */
  committed(model: string, row: GenerationRow, before: bigint | null, keys: readonly string[]): void {
    this.seen(model, { number: row.number, checkpoint: before });
    if (isLater(row, this.#told.get(model) ?? row)) this.#told.set(model, row);
    this.#tell({ model, keys, checkpoint: row.checkpoint ?? 0n });
  }

  close(): void {
    this.#watch.rest();
    this.#listeners.clear();
  }

  async #look(): Promise<void> {
    for (const { model, generations } of this.watched()) this.seen(model.name, await generations.row('live'));
  }

  #tell(committed: Committed): void {
    for (const listener of [...this.#listeners]) listener(committed);
  }
}

/** Rows read at the same time may arrive in any order. */
const isLater = (row: GenerationRow, told: GenerationRow): boolean =>
  row.number === told.number ? (row.checkpoint ?? -1n) > (told.checkpoint ?? -1n) : row.number > told.number;
