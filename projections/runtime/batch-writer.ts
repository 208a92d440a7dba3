import { setImmediate } from 'node:timers/promises';
import type { RecordedEvent } from '../../src/domain/events.js';
import { type Generation, type ReadStore, ReadStoreError } from '../../src/application/ports/read-store.js';
import { fold, touchedKeys } from './fold.js';
import { Pace } from './pace.js';
import { PoisonEventError } from './poison-event-error.js';
import type { Projection } from './projection.js';

export interface BatchWriterOptions<D extends object> {
  readonly store: ReadStore;
  readonly projection: Projection<D>;
  readonly generation: Generation;
  /** Positions of events to leave out; may grow while this runs. */
  readonly skipped: ReadonlySet<bigint>;
  /** Longest time to hold the process up, in milliseconds. */
  readonly budgetMs: number;
}

/**
 * Brings events into one generation of a read model: loads what they touch, folds, commits documents and
 * checkpoint. What it throws: {@link ReadStoreError}, and {@link PoisonEventError} with everything in front of
 * the poison committed.
 */
export class BatchWriter<D extends object> {
  readonly #pace: Pace;
  #checkpoint: bigint | null = null;

  constructor(private readonly options: BatchWriterOptions<D>) {
    this.#pace = new Pace(options.budgetMs);
  }

  /** What the store holds, as of the last {@link reload} or commit. */
  get checkpoint(): bigint | null {
    return this.#checkpoint;
  }

  async reload(): Promise<bigint | null> {
    const { store, projection, generation } = this.options;
    this.#checkpoint = await store.checkpoint(projection.model, generation);
    return this.#checkpoint;
  }

  /** @param committed called after every commit with the new checkpoint */
  async write(events: readonly RecordedEvent[], committed: (checkpoint: bigint) => void): Promise<void> {
    for (let done = 0; done < events.length;) {
      const batch = events.slice(done, done + this.#pace.size);
      await this.#pace.measured(batch.length, () => this.#commit(batch));
      committed(batch.at(-1)!.position);
      done += batch.length;
      await setImmediate();
    }
  }

  /** Moves the checkpoint alone: nothing up to `position` concerns this read model. */
  async advance(position: bigint): Promise<void> {
    if (position > (this.#checkpoint ?? -1n)) await this.#store([], position);
  }

  async #commit(events: readonly RecordedEvent[]): Promise<void> {
    try {
      await this.#store(events, events.at(-1)!.position);
    } catch (error) {
      if (error instanceof ReadStoreError) throw error;
      if (events.length === 1) {
        await this.#assertNotMoved();
        throw new PoisonEventError(this.options.projection.model.name, events[0]!.position, error);
      }
      // One of them is poison. Alone, each shows which, and those in front of it go through.
      for (const event of events) {
        await this.#commit([event]);
        await setImmediate();
      }
    }
  }

  /** Documents that another projector has gone on with make no sense of an event from before. @throws ReadStoreError FENCED */
  async #assertNotMoved(): Promise<void> {
    const { store, projection, generation } = this.options;
    const checkpoint = await store.checkpoint(projection.model, generation);
    if (checkpoint !== this.#checkpoint)
      throw new ReadStoreError('FENCED', `Another projector has moved read model ${projection.model.name}.`);
  }

  async #store(events: readonly RecordedEvent[], checkpoint: bigint): Promise<void> {
    const { store, projection, generation, skipped } = this.options;
    const wanted = skipped.size === 0 ? events : events.filter(({ position }) => !skipped.has(position));
    const keys = touchedKeys(projection, wanted);
    const documents = keys.length === 0 ? new Map() : await store.load(projection.model, keys, generation);
    const writes = fold(projection, wanted, documents);
    const expectedCheckpoint = this.#checkpoint;
    await store.commit(projection.model, { writes, checkpoint, expectedCheckpoint }, generation);
    this.#checkpoint = checkpoint;
  }
}
