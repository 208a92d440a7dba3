import type { CoverageContent } from '../change/content.js';
import { epochOf, instantOf, type Instant } from '../shared/instant.js';
import { closedDaysOf, DAY_MS, type ClosedDays, type HolidayDates } from './closed-days.js';
import { offsetSpanAt } from './offset-spans.js';
import { DAY_MINUTES, dayPatternOf, lengthOf, type DayPattern } from './week-pattern.js';

export interface CoverageState {
  readonly open: boolean;
  /** When it opens or closes next; null: never, or not for years. */
  readonly nextChangeAt: Instant | null;
}

/** A {@link CoverageContent} made ready to be asked often. */
export interface Coverage {
  readonly timeZone: string;
  readonly pattern: DayPattern;
  readonly closedDays: ClosedDays;
  /** What an ordinary week opens, in minutes. */
  readonly weekMinutes: number;
  /** Public holidays are looked for some years ahead only, so no answer says "never" for good. */
  readonly asksCalendar: boolean;
  /** The last answer, which holds from there to its next change: lookups ask about "now" again and again. */
  memo: { readonly from: Instant; readonly until: Instant; readonly state: CoverageState } | null;
}

/** @param holidays asked only where the content names a country or region */
export const compileCoverage = (content: CoverageContent, holidays: HolidayDates): Coverage => {
  const { timeZone, windows, publicHolidays: code } = content;
  const pattern = dayPatternOf(windows);
  return {
    timeZone,
    pattern,
    closedDays: closedDaysOf(
      content.holidays ?? [],
      code === undefined ? null : (year) => holidays.datesOf(code, year),
    ),
    weekMinutes: [1, 2, 3, 4, 5, 6, 7].reduce((sum, day) => sum + lengthOf(pattern(day, true, true)), 0),
    asksCalendar: code !== undefined,
    memo: null,
  };
};

/**
 * Whether a coverage is open, by the wall clock of its zone: an hour that a zone repeats counts twice, one that
 * it skips never comes. Windows are half open, overlapping or touching ones are one.
 */
export const coverageState = (coverage: Coverage, at: Instant): CoverageState => {
  const { memo } = coverage;
  if (memo !== null && memo.from <= at && at < memo.until) return memo.state;
  const { until, open } = segmentAt(coverage, epochOf(at));
  const state = { open, nextChangeAt: until > LAST_EPOCH ? null : instantOf(until) };
  if (state.nextChangeAt !== null || !coverage.asksCalendar)
    coverage.memo = { from: at, until: state.nextChangeAt ?? LAST_INSTANT, state };
  return state;
};

const LAST_INSTANT = '9999-12-31T23:59:59.999Z';
const LAST_EPOCH = 253_402_300_799_999;
const WEEK_MINUTES = 7 * DAY_MINUTES;
const MINUTE_MS = 60_000;
const HORIZON_YEARS = 5;
/** A day has few changes; more steps than this are years in which nothing changes. */
const MAX_STEPS = HORIZON_YEARS * 366 * 3;

/** What holds from the instant asked about; `until` in milliseconds since 1970, Infinity where no change is in sight. */
interface Segment {
  readonly until: number;
  readonly open: boolean;
}

const segmentAt = (coverage: Coverage, epoch: number): Segment => {
  const first = stretchAt(coverage, epoch);
  if (coverage.weekMinutes === 0) return { ...first, until: Infinity };
  let { until } = first;
  for (let step = 0; step < MAX_STEPS && until <= LAST_EPOCH; step++) {
    if (first.open && coverage.weekMinutes === WEEK_MINUTES)
      until = Math.max(until, beforeNextHoliday(coverage, until));
    if (until > LAST_EPOCH) break;
    const next = stretchAt(coverage, until);
    if (next.open !== first.open) return { ...first, until };
    until = next.until;
  }
  return { ...first, until: Infinity };
};

/** Open around the clock, only a holiday can close it: the days until then need no looking at. */
const beforeNextHoliday = ({ timeZone, closedDays }: Coverage, epoch: number): number => {
  const { offset } = offsetSpanAt(timeZone, epoch);
  const holiday = closedDays.next(Math.floor((epoch + offset) / DAY_MS), HORIZON_YEARS);
  // Two days early, so that no offset from UTC can make it too late.
  return holiday === null ? Infinity : (holiday - 2) * DAY_MS;
};

/** The stretch from an instant within one local day and one offset: open or closed throughout. */
const stretchAt = ({ timeZone, pattern, closedDays }: Coverage, epoch: number): Segment => {
  const span = offsetSpanAt(timeZone, epoch);
  const wall = epoch + span.offset;
  const day = Math.floor(wall / DAY_MS);
  const sinceMidnight = wall - day * DAY_MS;
  const minute = sinceMidnight / MINUTE_MS;
  const range = pattern(isoDayOf(day), !closedDays.has(day), !closedDays.has(day - 1)).find(
    ({ end }) => minute < end,
  );
  const open = range !== undefined && range.start <= minute;
  const end = (open ? range.end : range?.start) ?? DAY_MINUTES;
  return {
    until: Math.min(span.until, epoch + (end * MINUTE_MS - sinceMidnight)),
    open,
  };
};

/** 1970-01-01 was a Thursday. */
const isoDayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;
