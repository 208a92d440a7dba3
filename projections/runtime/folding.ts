import type { RecordedEvent } from '../../src/domain/events.js';
import type { ReadStore } from '../../src/application/ports/read-store.js';
import { BatchWriter } from './batch-writer.js';
import type { Projection } from './projection.js';

/** Most events in memory at a time. */
const PAGE = 500;

/**
 * Brings events into a store of nobody else's that is prepared for the projections' read models; may be called for more.
 *
 * @param budgetMs longest time to hold the process up, in milliseconds
 * @throws PoisonEventError, ReadStoreError, and what reading the events throws
 */
export const foldingInto = (
  store: ReadStore,
  projections: readonly Projection<object>[],
  budgetMs: number,
): ((events: AsyncIterable<RecordedEvent>) => Promise<void>) => {
  const writers = projections.map((projection) => ({
    types: new Set<string>(projection.types),
    writer: new BatchWriter({ store, projection, generation: 'live', skipped: new Set<bigint>(), budgetMs }),
  }));
  const write = async (page: readonly RecordedEvent[]): Promise<void> => {
    for (const { types, writer } of writers) {
      const concerned = page.filter(({ type }) => types.has(type));
      await writer.write(concerned, () => undefined);
    }
  };
  return async (events) => {
    let page: RecordedEvent[] = [];
    for await (const event of events) {
      page.push(event);
      if (page.length < PAGE) continue;
      await write(page);
      page = [];
    }
    await write(page);
  };
};
