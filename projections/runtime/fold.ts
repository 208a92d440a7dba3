import type { RecordedEvent } from '../../src/domain/events.js';
import type { Write } from '../../src/application/ports/read-store.js';
import type { Projection } from './projection.js';

/** Keys of all documents that the events touch, once each. */
export const touchedKeys = <D extends object>(
  projection: Projection<D>,
  events: readonly RecordedEvent[],
): string[] => [...new Set(events.flatMap((event) => projection.keys(event)))];

/**
 * What the events make of the documents: one net write per document that changed, with the position of the
 * last event that changed it. `documents` holds what is stored of {@link touchedKeys} and is left alone.
 */
export const fold = <D extends object>(
  projection: Projection<D>,
  events: readonly RecordedEvent[],
  documents: ReadonlyMap<string, D>,
): Write<D>[] => {
  const writes = new Map<string, Write<D>>();
  const current = (key: string): D | null => {
    const written = writes.get(key);
    return written ? written.document : (documents.get(key) ?? null);
  };
  for (const event of events) {
    const { position } = event;
    for (const key of new Set(projection.keys(event))) {
      const before = current(key);
      const after = projection.evolve(before, event, key);
      if (after !== before) writes.set(key, { key, document: after, position });
      // What is stored of these was not loaded, so they are written whatever they are.
      for (const derived of projection.derive?.(before, after, event) ?? [])
        writes.set(derived.key, { ...derived, position });
    }
  }
  return [...writes.values()];
};
