import type { ReadModel } from '../../../application/ports/read-store.js';

/** An SQL name, whatever characters it has. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

export const tableName = (model: string, generation: number): string => quoted(`${model}@${generation}`);

export const indexName = (model: string, generation: number, index: string): string =>
  quoted(`${model}@${generation} ${index}`);

/** Prefixed, so that a document may have a field named `key` or `doc`. */
export const columnName = (field: string): string => quoted(`f_${field}`);

/** Every field that some index names, once. */
export const indexedFields = (model: ReadModel<never>): string[] => [
  ...new Set(Object.values(model.indexes).flat()),
];

/** Tells two declarations of one version apart, so that a forgotten raise of the version does no harm. */
export const shapeOf = (model: ReadModel<never>): string =>
  JSON.stringify(Object.entries(model.indexes).sort(([a], [b]) => (a < b ? -1 : 1)));
