import { invalid } from '../shared/domain-error.js';
import { HEADINGS, type SheetKind } from './fields.js';

/**
 * What the caller says about columns: place → field, null: ignore the column. Entries may be written
 * `{heading: field}` or `{field: heading}`.
 *
 * @throws DomainError INVALID_INPUT at `columns` for an entry that names no heading or no field
 */
export const readOverrides = (
  overrides: Readonly<Record<string, string | null>>,
  headings: readonly string[],
  sheet: SheetKind,
): ReadonlyMap<number, string | null> => {
  const given = new Map<number, string | null>();
  const ofSheet = new Set(Object.keys(HEADINGS[sheet]));
  const placeOf = (heading: string): number => headings.findIndex((known) => same(known, heading));
  for (const [left, right] of Object.entries(overrides)) {
    const [place, field] =
      right !== null && !isField(right) && isField(left) && placeOf(right) >= 0
        ? [placeOf(right), left]
        : [placeOf(left), right];
    if (place < 0)
      throw invalid(
        ['columns', left],
        `There is no heading ${JSON.stringify(left.slice(0, 60))} in this sheet.`,
      );
    if (field !== null && field.trim() !== '' && !isField(field))
      throw invalid(
        ['columns', left],
        `${JSON.stringify(field.slice(0, 60))} is not a field. Fields are ${[...ofSheet].join(', ')}.`,
      );
    const wanted = field === null || field.trim() === '' ? null : field;
    if (wanted !== null && [...given.values()].includes(wanted))
      throw invalid(['columns', left], `Two columns are mapped to ${wanted}. Keep one.`);
    // A field of the other kind of sheet is tried against that kind.
    if (wanted === null || ofSheet.has(wanted)) given.set(place, wanted);
  }
  return given;
};

const FIELDS = new Set(Object.values(HEADINGS).flatMap((fields) => Object.keys(fields)));

const isField = (name: string): boolean => FIELDS.has(name);

const same = (a: string, b: string): boolean =>
  a.normalize('NFKC').trim().toLowerCase() === b.normalize('NFKC').trim().toLowerCase();
