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
  /** The last answer and where it holds: lookups ask about "now" again and again. */
  memo: { readonly from: Instant; readonly until: Instant | null; readonly state: CoverageState } | null;
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
    memo: null,
  };
};

/**
 * Whether a coverage is open, by the wall clock of its zone: an hour that a zone repeats counts twice, one that
 * it skips never comes. Windows are half open, overlapping or touching ones are one.
 */
export const coverageState = (coverage: Coverage, at: Instant): CoverageState => {
  const { memo } = coverage;
  if (memo !== null && memo.from <= at && (memo.until === null || at < memo.until)) return memo.state;
  const { from, until, open } = segmentAt(coverage, epochOf(at));
  const nextChangeAt = until > LAST_EPOCH ? null : instantOf(until);
  const state = { open, nextChangeAt };
  coverage.memo = { from: instantOf(from), until: nextChangeAt, state };
  return state;
};

/** 9999-12-31T23:59:59.999Z, the last instant that there is. */
const LAST_EPOCH = 253_402_300_799_999;
const WEEK_MINUTES = 7 * DAY_MINUTES;
const MINUTE_MS = 60_000;
const HORIZON_YEARS = 5;
/** A day has few changes; more steps than this are years in which nothing changes. */
const MAX_STEPS = HORIZON_YEARS * 366 * 3;

/** Milliseconds since 1970; `until` is exclusive, Infinity where nothing changes in sight. */
interface Segment {
  readonly from: number;
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

/** The stretch around an instant within one local day and one offset: open or closed throughout. */
const stretchAt = ({ timeZone, pattern, closedDays }: Coverage, epoch: number): Segment => {
  const span = offsetSpanAt(timeZone, epoch);
  const wall = epoch + span.offset;
  const day = Math.floor(wall / DAY_MS);
  const sinceMidnight = wall - day * DAY_MS;
  let [start, end, open] = [0, DAY_MINUTES, false];
  for (const range of pattern(isoDayOf(day), !closedDays.has(day), !closedDays.has(day - 1))) {
    if (sinceMidnight < range.start * MINUTE_MS) {
      end = range.start;
      break;
    }
    if (sinceMidnight < range.end * MINUTE_MS) {
      [start, end, open] = [range.start, range.end, true];
      break;
    }
    start = range.end;
  }
  return {
    from: Math.max(span.from, epoch - (sinceMidnight - start * MINUTE_MS)),
    until: Math.min(span.until, epoch + (end * MINUTE_MS - sinceMidnight)),
    open,
  };
};

/** 1970-01-01 was a Thursday. */
const isoDayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;
