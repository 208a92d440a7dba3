import type { RecordedEvent } from '../../src/domain/events.js';
import { type EventStore, EventStoreError } from '../../src/application/ports/event-store.js';
import { type ReadStore, ReadStoreError } from '../../src/application/ports/read-store.js';
import { UnreadableEventError } from '../../src/application/ports/unreadable-event-error.js';
import { backoffMs, pause } from './backoff.js';
import { BatchWriter } from './batch-writer.js';
import { PoisonEventError } from './poison-event-error.js';
import type { Projection } from './projection.js';

export interface ReplayOptions<D extends object> {
  readonly events: EventStore;
  readonly store: ReadStore;
  readonly projection: Projection<D>;
  readonly skipped: ReadonlySet<bigint>;
  /** Told after every commit how far the replay is. */
  readonly onProgress?: (position: bigint) => void;
  readonly signal?: AbortSignal;
}

/** Longest time to hold the process up, in milliseconds; more than a live projector takes, for fewer commits. */
const BUDGET_MS = 40;

/** Most events in memory at a time; one may hold a mebibyte. */
const PAGE = 500;

/** How often in a row a store or log that is away is tried again. */
const PATIENCE = 6;

/** Folds the log into the rebuild generation of a read model, as far as asked, as often as asked. */
export class Replay<D extends object> {
  readonly #writer: BatchWriter<D>;

  constructor(private readonly options: ReplayOptions<D>) {
    this.#writer = new BatchWriter({ ...options, generation: 'rebuild', budgetMs: BUDGET_MS });
  }

  /** Starts the generation empty. A rebuild that another process has begun of the same read model is fenced off. */
  async begin(): Promise<void> {
    await this.options.store.beginRebuild(this.options.projection.model);
    await this.#writer.reload();
  }

  get position(): bigint {
    return this.#writer.checkpoint ?? 0n;
  }

  /**
   * Goes on up to `position` (inclusive).
   *
   * @throws PoisonEventError at an event that cannot be handled; ReadStoreError, EventStoreError; the reason of
   * the signal once it aborts
   */
  async upTo(position: bigint): Promise<void> {
    let failures = 0;
    let uncertain = false;
    for (let after = this.position; after < position; after = this.position) {
      try {
        // A commit whose answer was lost may have gone through.
        if (uncertain) await this.#writer.reload();
        uncertain = false;
        await this.#read(this.position, position);
        await this.#writer.advance(position);
      } catch (error) {
        failures = this.position > after ? 0 : failures + 1;
        await this.#pass(error, failures);
        uncertain = true;
      }
    }
  }

  /** Lets pass what a replay may go on after; throws everything else. */
  async #pass(error: unknown, failures: number): Promise<void> {
    const { projection, skipped, signal = new AbortController().signal } = this.options;
    if (error instanceof UnreadableEventError) {
      if (!skipped.has(error.position))
        throw new PoisonEventError(projection.model.name, error.position, error);
      await this.#writer.advance(error.position);
    } else if (isUnavailable(error) && failures < PATIENCE) await pause(backoffMs(failures), signal);
    else throw error;
  }

  async #read(after: bigint, upTo: bigint): Promise<void> {
    const { events, projection } = this.options;
    let page: RecordedEvent[] = [];
    try {
      for await (const event of events.readAll({ after, upTo, types: projection.types })) {
        page.push(event);
        if (page.length < PAGE) continue;
        const full = page;
        page = [];
        await this.#write(full);
      }
    } finally {
      // What came before an event that cannot be read is good.
      await this.#write(page);
    }
  }

  async #write(page: readonly RecordedEvent[]): Promise<void> {
    this.options.signal?.throwIfAborted();
    await this.#writer.write(page, (checkpoint) => this.options.onProgress?.(checkpoint));
  }
}

const isUnavailable = (error: unknown): boolean =>
  (error instanceof EventStoreError || error instanceof ReadStoreError) && error.kind === 'UNAVAILABLE';
