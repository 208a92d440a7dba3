import type { Projection } from '../../projections/runtime/projection.js';
import type { RecordedEvent } from '../../src/domain/events.js';

export type Folded<D> = Map<string, D>;

/** What a projection makes of events, without stores and batches: the plainest reading of its contract. */
export const fold = <D extends object>(
  projection: Projection<D>,
  events: readonly RecordedEvent[],
): Folded<D> => {
  const documents = new Map<string, D>();
  const put = (key: string, document: D | null): void => {
    if (document) documents.set(key, document);
    else documents.delete(key);
  };
  for (const event of events) {
    if (!projection.types.includes(event.type)) continue;
    for (const key of projection.keys(event)) {
      const before = documents.get(key) ?? null;
      const after = projection.evolve(before, event, key);
      put(key, after);
      for (const derived of projection.derive?.(before, after, event) ?? [])
        put(derived.key, derived.document);
    }
  }
  return documents;
};
