import { Schema } from 'mongoose';
import type { ReadModel } from '../../../application/ports/read-store.js';
import type { StoredDocument } from './stored-document.js';

/** The one declaration of a read model as a mongoose schema with its indexes. */
export const documentSchema = (model: ReadModel<never>): Schema<StoredDocument> => {
  const names = Object.keys(model.indexes);
  const schema = new Schema<StoredDocument>(
    {
      _id: { type: String, required: true },
      position: { type: String, required: true },
      body: String,
      places: Object.fromEntries(names.map((name) => [name, String])),
    },
    { versionKey: false, autoIndex: false, autoCreate: false },
  );
  // Sparse: documents without the index's fields, and removed ones, take no room in it.
  for (const name of names) schema.index({ [placeField(name)]: 1 }, { name, sparse: true });
  return schema;
};

export const placeField = (index: string): string => `places.${index}`;

export const collectionName = (
  { name, version }: Pick<ReadModel<never>, 'name' | 'version'>,
  generation: number,
): string => `${name}_v${version}_g${generation}`;

/** The number of a generation of that read model, in whatever version; null: it is another's collection. */
export const generationOf = (model: ReadModel<never>, collection: string): number | null => {
  const rest = collection.startsWith(`${model.name}_v`) ? collection.slice(model.name.length) : '';
  const match = /^_v\d+_g(\d+)$/.exec(rest);
  return match ? Number(match[1]) : null;
};

/** Tells two declarations of one version apart, so that a forgotten raise of the version does no harm. */
export const shapeOf = (model: ReadModel<never>): string =>
  JSON.stringify(Object.entries(model.indexes).sort(([a], [b]) => (a < b ? -1 : 1)));
