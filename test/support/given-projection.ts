import { expect } from '@jest/globals';
import type { Projection } from '../../projections/runtime/projection.js';
import { fold, type Folded } from './fold-in-memory.js';
import type { RecordedEvent } from '../../src/domain/events.js';

/** Given a read model as events left it, when more events come, then its documents are these. */
export const projected = <D extends object>(
  projection: Projection<D>,
  ...events: readonly RecordedEvent[]
) => {
  const documents: Folded<D> = fold(projection, events);
  return {
    documents,
    thenDocument: (key: string, expected: object) => expect(documents.get(key)).toMatchObject(expected),
    thenNoDocument: (key: string) => expect(documents.has(key)).toBe(false),
    thenKeys: (...keys: readonly string[]) => expect([...documents.keys()].sort()).toEqual([...keys].sort()),
  };
};
