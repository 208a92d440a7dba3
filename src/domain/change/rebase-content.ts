import { nameOf } from './field-deltas.js';

/**
 * What `mine` changed about `base`, done to `theirs` instead: so that a proposal takes over what was approved since it was
 * made, and undoes nothing of it unseen. Where both changed the same leaf, mine stands. Lists of things with names are
 * merged by name; every other list is one leaf.
 *
 * @param base undefined: there was nothing
 */
export const rebaseContent = <Content extends object>(
  base: unknown,
  mine: Content,
  theirs: unknown,
): Content => merge(base, mine, theirs) as Content;

const merge = (base: unknown, mine: unknown, theirs: unknown): unknown => {
  if (isSame(mine, base)) return theirs;
  if (isSame(theirs, base)) return mine;
  const [itemsOfMine, itemsOfTheirs] = [itemsByName(mine), itemsByName(theirs)];
  if (itemsOfMine && itemsOfTheirs) {
    const merged = mergeEntries(itemsByName(base) ?? new Map(), itemsOfMine, itemsOfTheirs);
    return merged.map(([, item]) => item);
  }
  if (isFields(mine) && isFields(theirs))
    return Object.fromEntries(mergeEntries(fieldsOf(base), fieldsOf(mine), fieldsOf(theirs)));
  return mine;
};

type Entries = ReadonlyMap<string, unknown>;

const mergeEntries = (
  base: Entries,
  mine: Entries,
  theirs: Entries,
): readonly (readonly [string, unknown])[] =>
  [...new Set([...theirs.keys(), ...mine.keys()])]
    .map((name) => [name, merge(base.get(name), mine.get(name), theirs.get(name))] as const)
    .filter(([, value]) => value !== undefined);

/** Null where items have no names, or share them. */
const itemsByName = (value: unknown): Entries | null => {
  if (!Array.isArray(value)) return null;
  const items = new Map(value.map((item: unknown) => [nameOf(item) ?? '', item] as const));
  return items.size === value.length && !items.has('') ? items : null;
};

const isFields = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const fieldsOf = (value: unknown): Entries => new Map(isFields(value) ? Object.entries(value) : []);

/** Null and absent both say "not given". */
const isSame = (one: unknown, other: unknown): boolean => {
  if (one === other || (one ?? null) === (other ?? null)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [was, is] = [new Map(Object.entries(one)), new Map(Object.entries(other))];
  if (Array.isArray(one) && was.size !== is.size) return false;
  return [...new Set([...was.keys(), ...is.keys()])].every((key) => isSame(was.get(key), is.get(key)));
};
