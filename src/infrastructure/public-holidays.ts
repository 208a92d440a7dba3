import { createRequire } from 'node:module';
import type Holidays from 'date-holidays';
import type { HolidaysTypes } from 'date-holidays';
import { LRUCache } from 'lru-cache';
import { Temporal } from 'temporal-polyfill';
import { PublicHolidays } from '../application/ports/public-holidays.js';
import type { LocalDate } from '../domain/shared/instant.js';

type Calendar = InstanceType<typeof Holidays>;

const DAY_MS = 86_400_000;
const MAX_CALENDARS = 50;
const MAX_YEARS = 2_000;

/** The rules of date-holidays, public holidays only (no bank, school or optional ones). */
export class DateHolidays extends PublicHolidays {
  private codes: ReadonlyMap<string, readonly string[]> | undefined;
  private readonly calendars = new LRUCache<string, Calendar>({ max: MAX_CALENDARS });
  private readonly dates = new LRUCache<string, readonly LocalDate[]>({ max: MAX_YEARS });

  override isKnown(code: string): boolean {
    return this.partsOf(code) !== undefined;
  }

  override datesOf(code: string, year: number): readonly LocalDate[] {
    const parts = this.partsOf(code);
    if (parts === undefined) return [];
    const key = `${parts.join('-')} ${year}`;
    let dates = this.dates.get(key);
    if (dates === undefined) this.dates.set(key, (dates = this.computeDates(parts, year)));
    return dates;
  }

  private computeDates(parts: readonly string[], year: number): readonly LocalDate[] {
    // A holiday of several days may begin in the year before.
    const holidays = [year - 1, year].flatMap((each) => this.calendarOf(parts).getHolidays(each));
    const dates = new Set(
      holidays.flatMap(closedDays).filter((date) => Temporal.PlainDate.from(date).year === year),
    );
    return [...dates].sort();
  }

  private calendarOf(parts: readonly string[]): Calendar {
    const key = parts.join('-');
    let calendar = this.calendars.get(key);
    if (calendar === undefined) {
      const [country = '', state = '', region = ''] = parts;
      calendar = new (library())(country, state, region, { types: ['public'] });
      this.calendars.set(key, calendar);
    }
    return calendar;
  }

  private partsOf(code: string): readonly string[] | undefined {
    this.codes ??= allCodes();
    return this.codes.get(code.toUpperCase());
  }
}

/** Loaded when first asked: its data is large, and most organizations list their own days. */
const library = (): typeof Holidays => createRequire(import.meta.url)('date-holidays') as typeof Holidays;

const allCodes = (): ReadonlyMap<string, readonly string[]> => {
  const all = new (library())();
  const keys = (names: Record<string, string> | undefined): string[] => Object.keys(names ?? {});
  const parts = keys(all.getCountries()).flatMap((country) => [
    [country],
    ...keys(all.getStates(country)).flatMap((state) => [
      [country, state],
      ...keys(all.getRegions(country, state)).map((region) => [country, state, region]),
    ]),
  ]);
  return new Map(parts.map((each) => [each.join('-').toUpperCase(), each]));
};

/** The whole local days of a holiday; one that begins at noon leaves the day a working day. */
const closedDays = ({ date, start, end }: HolidaysTypes.Holiday): LocalDate[] => {
  const [day, time] = date.split(' ');
  if (day === undefined || time !== '00:00:00') return [];
  // A lunar holiday begins at the sunset before its first day and may end with a half one, which does not count;
  // a day that daylight saving shortens by an hour does.
  const length = Math.max(1, Math.floor((end.getTime() - start.getTime()) / DAY_MS + 0.1));
  const first = Temporal.PlainDate.from(day);
  return Array.from({ length }, (_, index) => first.add({ days: index }).toString());
};
