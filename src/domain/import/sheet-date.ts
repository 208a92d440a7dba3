import { invalid } from '../shared/domain-error.js';
import { parseDate, type LocalDate } from '../shared/instant.js';

/**
 * How dates are written in a sheet. `mixed`: the sheet itself writes some day first and some month first, so what can
 * be read both ways cannot be read at all.
 */
export type DateOrder = 'day-first' | 'month-first' | 'year-first' | 'mixed';

/** What a caller may say. */
export const DATE_ORDERS = ['day-first', 'month-first', 'year-first'] as const;

const YEAR_FIRST = /^(\d{4})([-./])(\d{1,2})\2(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+-]00:00)?)?$/;
const YEAR_LAST = /^(\d{1,2})([-./])(\d{1,2})\2(\d{4}|\d{2})$/;
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
  const written = text.trim();
  const shown = JSON.stringify(written.slice(0, 40));
  const yearFirst = YEAR_FIRST.exec(written);
  if (yearFirst) return real(yearFirst[1]!, yearFirst[3]!, yearFirst[4]!, shown, path);
  const named = readNamed(written);
  if (named) return real(...named, shown, path);
  const parts = YEAR_LAST.exec(written);
  if (!parts) throw invalid(path, `${shown} is not a date. Write it as 2026-03-01.`);
  const [, first, , second, last] = parts as unknown as [string, string, string, string, string];
  if (order === 'year-first' && last.length === 2)
    return real(`20${first.padStart(2, '0')}`, second, last, shown, path);
  const year = last.length === 2 ? `20${last}` : last;
  const dayFirst =
    order === 'day-first' || (order !== 'month-first' && Number(first) > 12) || first === second;
  if (!dayFirst && order !== 'month-first' && Number(second) <= 12)
    throw invalid(
      path,
      `${shown} can be read day first or month first, and the sheet's other dates do not settle it. Write it as 2026-03-01, or say dateOrder.`,
    );
  return dayFirst ? real(year, second, first, shown, path) : real(year, first, second, shown, path);
};

const readNamed = (text: string): [year: string, month: string, day: string] | null => {
  const [, day, name, year] = DAY_NAME_YEAR.exec(text) ?? swapped(NAME_DAY_YEAR.exec(text)) ?? [];
  if (day === undefined || name === undefined || year === undefined) return null;
  const start = name.toLowerCase().slice(0, 3);
  const month = OTHER_MONTHS[start] ?? MONTHS.indexOf(start) + 1;
  return month === 0 ? null : [year, String(month), day];
};

const swapped = (match: RegExpExecArray | null): readonly (string | undefined)[] | null =>
  match && [match[0], match[2], match[1], match[3]];

const real = (
  year: string,
  month: string,
  day: string,
  shown: string,
  path: readonly string[],
): LocalDate => {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  try {
    return parseDate(date, path);
  } catch {
    const name = MONTH_NAMES[Number(month) - 1];
    const why = name ? `${Number(day)} ${name} ${year} does not exist` : `there is no month ${Number(month)}`;
    throw invalid(path, `${shown} is not a real date: ${why}.`);
  }
};

const MONTH_NAMES =
  'January February March April May June July August September October November December'.split(' ');

/** Gathers what the dates of a whole sheet say about their own order. */
export class DateVotes {
  private dayFirst = 0;
  private monthFirst = 0;
  private dotted = 0;
  /** A date that can be read both ways, and with different results. */
  private ambiguous: string | null = null;

  add(text: string): void {
    const parts = YEAR_LAST.exec(text.trim());
    if (!parts) return;
    const [first, second] = [Number(parts[1]), Number(parts[3])];
    if (first > 12 && second <= 12) this.dayFirst++;
    else if (second > 12 && first <= 12) this.monthFirst++;
    else if (parts[2] === '.') this.dotted++;
    else if (first !== second) this.ambiguous ??= text.trim();
  }

  /**
   * @param said the order that the caller gave, which settles it
   * @throws DomainError INVALID_INPUT at `dateOrder` when no date of the sheet tells
   */
  order(said?: DateOrder): DateOrder {
    if (said !== undefined) return said;
    if (this.dayFirst > 0 && this.monthFirst > 0) return 'mixed';
    if (this.monthFirst > 0) return 'month-first';
    // Where dates are written with dots, they are written day first.
    if (this.dayFirst > 0 || (this.dotted > 0 && this.ambiguous === null)) return 'day-first';
    if (this.ambiguous === null) return 'year-first';
    throw invalid(
      ['dateOrder'],
      `Dates such as ${JSON.stringify(this.ambiguous)} can be read day first or month first, and no date of this sheet tells. Say dateOrder: day-first or month-first.`,
    );
  }
}
