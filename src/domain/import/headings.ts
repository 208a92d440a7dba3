import { invalid } from '../shared/domain-error.js';
import { editDistance } from '../shared/nearest.js';
import { HEADINGS, REQUIRED, looksLikeMatrix, type SheetKind } from './fields.js';
import { readOverrides } from './heading-overrides.js';

/** How the columns of one sheet are read. */
export interface SheetColumns {
  readonly sheet: SheetKind;
  /** Heading as written → field; headings that mean nothing here are left out. */
  readonly columns: Readonly<Record<string, string>>;
  /** Field → its place in a record, from 0. */
  readonly places: ReadonlyMap<string, number>;
}

/** Lower case, one space between words, without accents and punctuation: `Kunde-Nr.` and `kunde nr` are one. */
export const normalHeading = (heading: string): string =>
  heading
    .normalize('NFKD')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/ß/g, 'ss')
    .replace(/%/g, ' percent ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

interface Match {
  readonly field: string;
  readonly place: number;
  /** 0: the product's own heading, 1: another name for it, 2: nearly one. */
  readonly doubt: number;
}

/**
 * Finds out what each column holds, from the headings and from what the caller says about some of them.
 *
 * @param overrides `{heading: field}` or `{field: heading}`; an empty field: ignore that column
 * @throws DomainError INVALID_INPUT at `columns`, naming the headings found and how to map them
 */
export const detectColumns = (
  headings: readonly string[],
  overrides: Readonly<Record<string, string | null>> = {},
): SheetColumns => {
  refuseRepeatedHeadings(headings);
  const matrix = matchesOf('MATRIX', headings, overrides);
  const isMatrix = looksLikeMatrix(new Set(matrix.map(({ field }) => field)));
  const sheet: SheetKind = isMatrix ? 'MATRIX' : 'REFERENCE';
  const matches = isMatrix ? matrix : matchesOf('REFERENCE', headings, overrides);
  const places = placesOf(matches, headings);
  const missing = REQUIRED[sheet].filter((group) => !group.some((field) => places.has(field)));
  if (missing.length > 0)
    throw invalid(
      ['columns'],
      `No column was recognised as ${missing.map((group) => group.join(' or ')).join(', nor as ')}. ${howToMap(headings)}`,
    );
  const columns = Object.fromEntries([...places].map(([field, place]) => [headings[place]!, field]));
  return { sheet, columns, places };
};

const matchesOf = (
  sheet: SheetKind,
  headings: readonly string[],
  overrides: Readonly<Record<string, string | null>>,
): readonly Match[] => {
  const given = readOverrides(overrides, headings, sheet);
  const settled = new Set(given.values());
  const matches: Match[] = [];
  headings.forEach((heading, place) => {
    const field = given.get(place);
    if (field !== undefined && field !== null) matches.push({ field, place, doubt: 0 });
    if (field === undefined)
      matches.push(...guess(sheet, heading, place).filter((match) => !settled.has(match.field)));
  });
  return matches;
};

/** Every field that the heading may mean. */
const guess = (sheet: SheetKind, heading: string, place: number): readonly Match[] => {
  const normal = normalHeading(heading);
  if (normal === '') return [];
  const names = Object.entries(HEADINGS[sheet]);
  const exact = names.find(([, synonyms]) => synonyms.includes(normal));
  if (exact) return [{ field: exact[0], place, doubt: exact[1][0] === normal ? 0 : 1 }];
  return names
    .filter(([, synonyms]) => synonyms.some((synonym) => isNearly(normal, synonym)))
    .map(([field]) => ({ field, place, doubt: 2 }));
};

/** A slip of the pen: one letter in words of five or more, two in ten or more. Spaces do not count. */
const isNearly = (heading: string, synonym: string): boolean => {
  const [a, b] = [heading.replaceAll(' ', ''), synonym.replaceAll(' ', '')];
  const allowed = b.length >= 10 ? 2 : b.length >= 5 ? 1 : 0;
  return a === b || (Math.abs(a.length - b.length) <= allowed && editDistance(a, b) <= allowed);
};

const placesOf = (matches: readonly Match[], headings: readonly string[]): ReadonlyMap<string, number> => {
  const places = new Map<string, number>();
  const taken = new Set<number>();
  for (const doubt of [0, 1, 2]) {
    const open = matches.filter(
      (match) => match.doubt === doubt && !places.has(match.field) && !taken.has(match.place),
    );
    for (const { field, place } of open) {
      const rivals = open.filter((other) => other.field === field);
      if (rivals.length > 1)
        throw invalid(
          ['columns'],
          `${rivals.map((rival) => quote(headings[rival.place]!)).join(' and ')} could both be ${field}. ${howToMap(headings)}`,
        );
      // A heading that nearly means two fields means neither.
      if (open.filter((other) => other.place === place).length > 1) continue;
      places.set(field, place);
      taken.add(place);
    }
  }
  return places;
};

const refuseRepeatedHeadings = (headings: readonly string[]): void => {
  const seen = new Set<string>();
  for (const heading of headings) {
    const key = heading.trim();
    if (key !== '' && seen.has(key))
      throw invalid(
        ['csv'],
        `The heading ${quote(key)} stands over two columns. Rename or remove one of them.`,
      );
    seen.add(key);
  }
};

const MAX_SHOWN = 40;

const howToMap = (headings: readonly string[]): string => {
  const shown = headings.slice(0, MAX_SHOWN).map(quote).join(', ');
  const more = headings.length > MAX_SHOWN ? ', …' : '';
  return `The headings are ${shown}${more}. Say which is which: columns {"${headings[0]?.slice(0, 30) ?? 'heading'}": "customerId", …}.`;
};

const quote = (heading: string): string =>
  JSON.stringify(heading.length > 40 ? `${heading.slice(0, 40)}…` : heading);
