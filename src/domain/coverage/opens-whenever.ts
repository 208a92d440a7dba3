import type { CoverageContent } from '../change/content.js';
import { DAY_MINUTES, dayPatternOf, lengthOf, union, type MinuteRange } from './week-pattern.js';

const DAYS = [1, 2, 3, 4, 5, 6, 7];

/** True when `wide` is surely open whenever `narrow` is, whatever the date. */
export const opensWhenever = (wide: CoverageContent, narrow: CoverageContent): boolean => {
  if (wide === narrow || neverCloses(wide)) return true;
  if (wide.timeZone !== narrow.timeZone || !holidaysWithin(wide, narrow)) return false;
  const [wideDays, narrowDays] = [dayPatternOf(wide.windows), dayPatternOf(narrow.windows)];
  // Every holiday of the wide one closes the narrow one too, so it is enough to compare like with like.
  return DAYS.every((day) =>
    [true, false].every((holds) =>
      [true, false].every((previous) =>
        within(narrowDays(day, holds, previous), wideDays(day, holds, previous)),
      ),
    ),
  );
};

const neverCloses = ({ windows, holidays = [], publicHolidays }: CoverageContent): boolean => {
  const pattern = dayPatternOf(windows);
  const full = DAYS.every((day) => lengthOf(pattern(day, true, true)) === DAY_MINUTES);
  return full && holidays.length === 0 && publicHolidays === undefined;
};

const holidaysWithin = (inner: CoverageContent, outer: CoverageContent): boolean => {
  const dates = new Set(outer.holidays);
  const samePublic = inner.publicHolidays === undefined || inner.publicHolidays === outer.publicHolidays;
  return samePublic && (inner.holidays ?? []).every((date) => dates.has(date));
};

const within = (inner: readonly MinuteRange[], outer: readonly MinuteRange[]): boolean =>
  lengthOf(union([...inner, ...outer])) === lengthOf(outer);
