import { DomainError, invalid } from '../shared/domain-error.js';
import { parseDate, type LocalDate } from '../shared/instant.js';
import { remembered } from '../shared/remembered.js';

/**
 * How dates are written in a sheet. `mixed`: the sheet itself writes some day first and some month first, so what can
 * be read both ways cannot be read at all.
 */
export type DateOrder = 'day-first' | 'month-first' | 'year-first' | 'mixed';

/** What a caller may say. */
export const DATE_ORDERS = ['day-first', 'month-first', 'year-first'] as const;

const YEAR_FIRST = /^(\d{4})([-./])(\d{1,2})\2(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+-]00:00)?)?$/;
/** Written with the year last, so that its order has to be found out. */
export const YEAR_LAST = /^(\d{1,2})([-./])(\d{1,2})\2(\d{4}|\d{2})$/;
const DAY_NAME_YEAR = /^(\d{1,2})[.\s-]\s*(\p{L}{3,9})\.?[\s-]\s*(\d{4})$/u;
const NAME_DAY_YEAR = /^(\p{L}{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})$/u;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** Where German and French beginnings differ from the English ones. */
const OTHER_MONTHS: Readonly<Record<string, number>> = {
  mär: 3,
  mrz: 3,
  mai: 5,
  okt: 10,
  dez: 12,
  fév: 2,
  avr: 4,
  aoû: 8,
  déc: 12,
};

/**
 * Reads a date as sheets write it, as `YYYY-MM-DD`.
 *
 * @throws DomainError INVALID_INPUT at `path`, also for what no calendar has (31 February)
 */
export const readSheetDate = (text: string, order: DateOrder, path: readonly string[]): LocalDate => {
  try {
    return readDate(text.trim(), order);
  } catch (error) {
    throw error instanceof DomainError ? invalid(path, error.message) : error;
  }
};

const readDate = remembered((written: string, order: DateOrder): LocalDate => {
  const shown = JSON.stringify(written.slice(0, 40));
  const yearFirst = YEAR_FIRST.exec(written);
  if (yearFirst) return real(yearFirst[1]!, yearFirst[3]!, yearFirst[4]!, shown);
  const named = readNamed(written);
  if (named) return real(...named, shown);
  const parts = YEAR_LAST.exec(written);
  if (!parts) throw refused(`${shown} is not a date. Write it as 2026-03-01.`);
  const [, first, , second, last] = parts as unknown as [string, string, string, string, string];
  if (order === 'year-first' && last.length === 2)
    return real(`20${first.padStart(2, '0')}`, second, last, shown);
  const year = last.length === 2 ? `20${last}` : last;
  const dayFirst =
    order === 'day-first' || (order !== 'month-first' && Number(first) > 12) || first === second;
  if (!dayFirst && order !== 'month-first' && Number(second) <= 12)
    throw refused(
      `${shown} can be read day first or month first, and the sheet's other dates do not settle it. Write it as 2026-03-01, or say dateOrder.`,
    );
  return dayFirst ? real(year, second, first, shown) : real(year, first, second, shown);
});

/** What is remembered does not know which field it was asked for. */
const refused = (message: string): DomainError => invalid([], message);

const readNamed = (text: string): [year: string, month: string, day: string] | null => {
  const [, day, name, year] = DAY_NAME_YEAR.exec(text) ?? swapped(NAME_DAY_YEAR.exec(text)) ?? [];
  if (day === undefined || name === undefined || year === undefined) return null;
  const start = name.toLowerCase().slice(0, 3);
  const month = OTHER_MONTHS[start] ?? MONTHS.indexOf(start) + 1;
  return month === 0 ? null : [year, String(month), day];
};

const swapped = (match: RegExpExecArray | null): readonly (string | undefined)[] | null =>
  match && [match[0], match[2], match[1], match[3]];

const real = (year: string, month: string, day: string, shown: string): LocalDate => {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  try {
    return parseDate(date, []);
  } catch {
    const name = MONTH_NAMES[Number(month) - 1];
    const why = name ? `${Number(day)} ${name} ${year} does not exist` : `there is no month ${Number(month)}`;
    throw refused(`${shown} is not a real date: ${why}.`);
  }
};

const MONTH_NAMES =
  'January February March April May June July August September October November December'.split(' ');
