import { describe, expect, it } from '@jest/globals';
import type { Committed, ReadStore } from '../ports/read-store.js';
import { DocumentChanges } from './document-changes.js';

const watched = () => {
  let tell: (committed: Committed) => void = () => undefined;
  const store = { onCommitted: (listener: typeof tell) => ((tell = listener), () => undefined) };
  const changes = new DocumentChanges(store as unknown as ReadStore, {
    customers: (key) => `customer ${key}`,
    matrix: (key) => `matrix ${key.slice(0, 1)}`,
  });
  const commit = (model: string, ...keys: string[]): void => tell({ model, keys, checkpoint: 0n });
  return { changes, commit };
};

describe('what was made of documents', () => {
  it('holds until one of them changes', () => {
    const { changes, commit } = watched();
    const { mark } = changes;
    commit('customers', 'b');
    commit('matrix', 'bx');
    commit('exceptions', 'a');
    expect(changes.unchangedSince(mark, ['customer a', 'matrix a'])).toBe(true);
    commit('matrix', 'ax');
    expect(changes.unchangedSince(mark, ['customer a', 'matrix a'])).toBe(false);
    expect(changes.unchangedSince(changes.mark, ['customer a', 'matrix a'])).toBe(true);
  });

  it('does not hold when one changed while it was made', () => {
    const { changes, commit } = watched();
    commit('customers', 'a');
    const { mark } = changes;
    commit('customers', 'a');
    expect(changes.unchangedSince(mark, ['customer a'])).toBe(false);
  });

  it.each([['*'], ['customers']])('does not hold when anything may have changed: %s', (model) => {
    const { changes, commit } = watched();
    const { mark } = changes;
    commit(model, '*');
    expect(changes.unchangedSince(mark, ['customer a'])).toBe(false);
    expect(changes.unchangedSince(changes.mark, ['customer a'])).toBe(true);
  });

  it('does not hold when there were too many changes to tell', () => {
    const { changes, commit } = watched();
    const { mark } = changes;
    commit('customers', ...Array.from({ length: 50_001 }, (_, i) => `b${i}`));
    expect(changes.unchangedSince(mark, ['customer a'])).toBe(false);
  });
});
