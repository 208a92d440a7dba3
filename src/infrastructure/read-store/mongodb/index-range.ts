import type { Find, IndexValue, ReadModel } from '../../../application/ports/read-store.js';
import { indexText, LAST, NOT_NULL } from './index-text.js';

type Where = Pick<Find, 'index' | 'equals' | 'range'>;

/** Everything from `from` (inclusive) to `to` (exclusive), by code point. */
export interface TextRange {
  readonly from: string;
  readonly to: string;
}

/** @throws TypeError when the index is not declared or the question does not fit it */
export const rangeOf = (model: ReadModel<never>, { index, equals, range = {} }: Where): TextRange => {
  const fields = fieldsOf(model, index);
  const bounded = Object.values(range).some((bound) => bound !== undefined);
  const asked = equals.length + (bounded ? 1 : 0);
  if (asked > fields.length)
    throw new TypeError(`Index ${index} of ${model.name} has ${fields.length} fields, not ${asked}.`);
  const prefix = indexText(equals);
  const whole = { from: prefix, to: prefix + LAST };
  if (!bounded) return whole;
  const at = (value: IndexValue): string => prefix + indexText([value]);
  const { gt, gte, lt, lte } = range;
  // A bound speaks of values: what has none is in no range.
  const from = [prefix + NOT_NULL, ...given(gt, (value) => at(value) + LAST), ...given(gte, at)];
  const to = [whole.to, ...given(lt, at), ...given(lte, (value) => at(value) + LAST)];
  return { from: from.reduce(later), to: to.reduce(earlier) };
};

/** The part of a find's range that comes after its place. @throws TypeError as {@link rangeOf} */
export const pageOf = (model: ReadModel<never>, find: Find): TextRange => {
  const range = rangeOf(model, find);
  if (!find.after) return range;
  const { values, key } = find.after;
  const expected = fieldsOf(model, find.index).length - find.equals.length;
  if (values.length !== expected)
    throw new TypeError(`A place in this index has ${expected} values and a key, not ${values.length}.`);
  const place = placeText([...find.equals, ...values], key);
  return find.order === 'desc'
    ? { ...range, to: earlier(range.to, place) }
    : { ...range, from: later(range.from, next(place)) };
};

/** Where a document stands in an index. */
export const placeText = (values: readonly IndexValue[], key: string): string => indexText(values) + key;

/** The first text that sorts after `text`. */
export const next = (text: string): string => `${text}\0`;

// Not `<`, which compares UTF-16 units: the server compares bytes of UTF-8.
const compare = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
export const later = (a: string, b: string): string => (compare(a, b) < 0 ? b : a);
const earlier = (a: string, b: string): string => (compare(a, b) < 0 ? a : b);

const given = (bound: IndexValue | undefined, text: (value: IndexValue) => string): string[] =>
  bound === undefined ? [] : [text(bound)];

const fieldsOf = (model: ReadModel<never>, index: string): readonly string[] => {
  const fields: readonly string[] | undefined = model.indexes[index];
  if (!fields) throw new TypeError(`Read model ${model.name} declares no index ${index}.`);
  return fields;
};
