import { Temporal } from 'temporal-polyfill';
import type { LocalDate } from '../shared/instant.js';

/** The public holidays of a country or region, as local dates of a year. */
export interface HolidayDates {
  datesOf(code: string, year: number): readonly LocalDate[];
}

/** A local date as days since 1970-01-01. */
export type DayNumber = number;

export const DAY_MS = 86_400_000;

export const dayNumberOf = (date: LocalDate): DayNumber =>
  Temporal.PlainDate.from(date).toZonedDateTime('UTC').epochMilliseconds / DAY_MS;

/** The days of one calendar year, `until` exclusive. */
interface YearDays {
  readonly from: DayNumber;
  readonly until: DayNumber;
  readonly closed: readonly DayNumber[];
}

/** The holidays of a coverage. */
export interface ClosedDays {
  has(day: DayNumber): boolean;
  /** The first holiday on or after a day, as far as `years` ahead; null: none. */
  next(day: DayNumber, years: number): DayNumber | null;
}

export const closedDaysOf = (
  own: readonly LocalDate[],
  publicHolidays: ((year: number) => readonly LocalDate[]) | null,
): ClosedDays => {
  const ownDays = new Set(own.map(dayNumberOf));
  const ordered = [...ownDays].sort((a, b) => a - b);
  if (publicHolidays === null)
    return {
      has: (day) => ownDays.has(day),
      next: (day) => ordered.find((other) => other >= day) ?? null,
    };
  const yearOf = yearsOf(publicHolidays);
  const nextPublic = (day: DayNumber, ahead: number): DayNumber | undefined => {
    let year = yearOf(day);
    for (let looked = 0; looked <= ahead; looked++) {
      const next = year.closed.find((other) => other >= day);
      if (next !== undefined) return next;
      year = yearOf(year.until);
    }
    return undefined;
  };
  return {
    has: (day) => ownDays.has(day) || yearOf(day).closed.includes(day),
    next: (day, ahead) => {
      const next = Math.min(
        ordered.find((other) => other >= day) ?? Infinity,
        nextPublic(day, ahead) ?? Infinity,
      );
      return next === Infinity ? null : next;
    },
  };
};

/** Years kept: one question follows another within days, and New Year lies between two. */
const MAX_YEARS = 8;

const yearsOf = (publicHolidays: (year: number) => readonly LocalDate[]): ((day: DayNumber) => YearDays) => {
  let known: readonly YearDays[] = [];
  return (day) => {
    const found = known.find(({ from, until }) => from <= day && day < until);
    if (found !== undefined) return found;
    const { year } = Temporal.Instant.fromEpochMilliseconds(day * DAY_MS).toZonedDateTimeISO('UTC');
    const first = Temporal.PlainDate.from({ year, month: 1, day: 1 });
    const days: YearDays = {
      from: dayNumberOf(first.toString()),
      until: dayNumberOf(first.add({ years: 1 }).toString()),
      closed: publicHolidays(year).map(dayNumberOf),
    };
    known = [days, ...known.slice(0, MAX_YEARS - 1)];
    return days;
  };
};
