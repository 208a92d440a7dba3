import type { Find, Found, IndexValue, ReadModel, Write } from '../../../src/application/ports/read-store.js';

/** The port in its plainest form: everything in a map, every question a filter and a sort. */
export const naiveFind = <D extends object>(
  model: ReadModel<D>,
  documents: ReadonlyMap<string, D>,
  find: Find,
): Found<D>[] => {
  const rest = fieldsOf(model, find.index).slice(find.equals.length);
  const direction = find.order === 'desc' ? -1 : 1;
  const place = ({ key, document }: Found<D>): IndexValue[] => [
    ...rest.map((field) => valueOf(document, field) ?? null),
    key,
  ];
  const after = find.after && [...find.after.values, find.after.key];
  return matching(model, documents, find)
    .sort((a, b) => direction * comparePlaces(place(a), place(b)))
    .filter((found) => !after || direction * comparePlaces(place(found), after) > 0)
    .slice(0, find.limit);
};

export const matching = <D extends object>(
  model: ReadModel<D>,
  documents: ReadonlyMap<string, D>,
  { index, equals, range = {} }: Pick<Find, 'index' | 'equals' | 'range'>,
): Found<D>[] => {
  const fields = fieldsOf(model, index);
  return [...documents]
    .map(([key, document]) => ({ key, document }))
    .filter(({ document }) => {
      const value = (at: number): IndexValue => valueOf(document, fields[at]!) ?? null;
      return (
        fields.every((field) => valueOf(document, field) !== undefined) &&
        equals.every((wanted, at) => compare(value(at), wanted) === 0) &&
        (Object.keys(range).length === 0 || inRange(value(equals.length), range))
      );
    });
};

/** Null is in no range, and below every bound. */
const inRange = (value: IndexValue, { gt, gte, lt, lte }: NonNullable<Find['range']>): boolean =>
  value !== null &&
  (gt === undefined || compare(value, gt) > 0) &&
  (gte === undefined || compare(value, gte) >= 0) &&
  (lt === undefined || compare(value, lt) < 0) &&
  (lte === undefined || compare(value, lte) <= 0);

export const naiveWrite = <D extends object>(
  documents: Map<string, D>,
  positions: Map<string, bigint>,
  { key, document, position }: Write<D>,
): void => {
  if (documents.has(key) && (positions.get(key) ?? 0n) > position) return;
  if (document) documents.set(key, document);
  else documents.delete(key);
  positions.set(key, position);
};

const fieldsOf = <D extends object>(model: ReadModel<D>, index: string): readonly string[] => {
  const fields = model.indexes[index];
  if (!fields) throw new TypeError(`${model.name} declares no index ${index}.`);
  return fields;
};

/** Fields named in an index hold index values, by the port's own word. */
const valueOf = (document: object, field: string): IndexValue | undefined =>
  (document as Readonly<Record<string, IndexValue | undefined>>)[field];

const comparePlaces = (a: readonly IndexValue[], b: readonly IndexValue[]): number => {
  for (const [at, value] of a.entries()) {
    const order = compare(value, b[at] ?? null);
    if (order !== 0) return order;
  }
  return 0;
};

/** null, then values; texts by code point, as UTF-8 sorts. */
export const compare = (a: IndexValue, b: IndexValue): number => {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return Number(a) - Number(b);
};
