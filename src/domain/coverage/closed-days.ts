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

const yearOf = (day: DayNumber): number =>
  Temporal.Instant.fromEpochMilliseconds(day * DAY_MS).toZonedDateTimeISO('UTC').year;

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
  const years = new Map<number, ReadonlySet<DayNumber>>();
  const publicDays = (year: number): ReadonlySet<DayNumber> => {
    let days = years.get(year);
    if (days === undefined)
      years.set(year, (days = new Set((publicHolidays?.(year) ?? []).map(dayNumberOf))));
    return days;
  };
  const nextPublic = (day: DayNumber, ahead: number): DayNumber => {
    if (publicHolidays === null) return Infinity;
    const first = yearOf(day);
    for (let year = first; year <= first + ahead; year++) {
      const later = [...publicDays(year)].filter((other) => other >= day);
      if (later.length > 0) return Math.min(...later);
    }
    return Infinity;
  };
  return {
    has: (day) => ownDays.has(day) || (publicHolidays !== null && publicDays(yearOf(day)).has(day)),
    next: (day, ahead) => {
      const next = Math.min(ordered.find((other) => other >= day) ?? Infinity, nextPublic(day, ahead));
      return next === Infinity ? null : next;
    },
  };
};
