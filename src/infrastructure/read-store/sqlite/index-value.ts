import type { IndexValue } from '../../../application/ports/read-store.js';

/**
 * How an indexed field stands in its column. Booleans are 0 and 1. null is minus infinity, which JSON cannot
 * hold: it sorts before every value, and unlike SQL's NULL it can be compared, so that equality and row-value
 * comparison work on it as on anything else.
 */
export const toColumn = (value: IndexValue): string | number => {
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value === null) return NULL;
  throw new TypeError(
    `An indexed field holds ${typeof value}; only text, numbers, booleans and null can be.`,
  );
};

/** The column's stand-in for null. */
export const NULL = Number.NEGATIVE_INFINITY;

/** Columns of `fields` in `document`, in order; SQL's NULL for a field that the document does not have. */
export const toColumns = (document: object, fields: readonly string[]): (string | number | null)[] =>
  fields.map((field) => {
    const value = (document as Record<string, IndexValue | undefined>)[field];
    return value === undefined ? null : toColumn(value);
  });
