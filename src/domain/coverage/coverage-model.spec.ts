import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import type { CoverageContent, WeeklyWindow } from '../change/content.js';
import { instantOf } from '../shared/instant.js';
import { compileCoverage, coverageState } from './coverage.js';

/** Every window and every offset of these years begins on a whole five minutes. */
const STEP = 5 * 60_000;
const STEPS = 400;
const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'America/Havana',
  'America/Santiago',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Asia/Beirut',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Pacific/Apia',
  'Antarctica/Troll',
  'UTC',
];

/** What the words mean, minute by minute: the wall clock is within a window that starts on no holiday. */
const isOpen = ({ timeZone, windows, holidays = [] }: CoverageContent, epoch: number): boolean => {
  const wall = Temporal.Instant.fromEpochMilliseconds(epoch).toZonedDateTimeISO(timeZone);
  const time = wall.toPlainTime().toString().slice(0, 5);
  const today = wall.toPlainDate();
  const yesterday = today.subtract({ days: 1 });
  return windows.some(({ day, start, end }) => {
    const overnight = end <= start;
    const startsToday = day === today.dayOfWeek && !holidays.includes(today.toString());
    const startedYesterday = day === yesterday.dayOfWeek && !holidays.includes(yesterday.toString());
    return (
      (startsToday && time >= start && (overnight || time < end)) ||
      (startedYesterday && overnight && time < end)
    );
  });
};

const time = fc.integer({ min: 0, max: 95 }).map((quarter) => {
  const hour = Math.floor(quarter / 4);
  return `${String(hour).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`;
});
const weeklyWindow: fc.Arbitrary<WeeklyWindow> = fc.record({
  day: fc.integer({ min: 1, max: 7 }),
  start: fc.oneof(time, fc.constantFrom('00:00', '02:30')),
  end: fc.oneof(time, fc.constantFrom('24:00', '00:00', '02:15')),
});

/** Near a change of the zone's offset, where it has any; else anywhere. */
const instantNearTransition = (zone: string): fc.Arbitrary<number> =>
  fc
    .record({ year: fc.integer({ min: 2012, max: 2045 }), steps: fc.integer({ min: -390, max: 80 }) })
    .map(({ year, steps }) => {
      const start = Temporal.PlainDate.from({ year, month: 1, day: 1 }).toZonedDateTime(zone);
      return (start.getTimeZoneTransition('next') ?? start).epochMilliseconds + steps * STEP;
    });

const cases = fc.constantFrom(...ZONES).chain((timeZone) =>
  fc.record({
    epoch: instantNearTransition(timeZone),
    windows: fc.array(weeklyWindow, { minLength: 1, maxLength: 12 }),
    holidayOffsets: fc.uniqueArray(fc.integer({ min: -2, max: 3 }), { maxLength: 2 }),
    timeZone: fc.constant(timeZone),
  }),
);

describe('a coverage against a clock that looks at every moment', () => {
  it('is open at the same moments, and changes at the same moment', () => {
    fc.assert(
      fc.property(cases, ({ epoch, windows, holidayOffsets, timeZone }) => {
        const day = Temporal.Instant.fromEpochMilliseconds(epoch).toZonedDateTimeISO(timeZone).toPlainDate();
        const holidays = holidayOffsets.map((days) => day.add({ days }).toString());
        const content = { key: 'model', timeZone, windows, holidays };
        const coverage = compileCoverage(content, { datesOf: () => [] });
        const instants = Array.from({ length: STEPS }, (_, step) => epoch + step * STEP);
        const expected = instants.map((instant) => isOpen(content, instant));
        const states = instants.map((instant, step) =>
          // Now and then from a cold start: the memo of one answer must not colour another.
          coverageState(step % 7 === 0 ? { ...coverage, memo: null } : coverage, instantOf(instant)),
        );
        expect(states.map(({ open }) => open)).toEqual(expected);

        const end = instantOf(epoch + STEPS * STEP);
        const changes = states.map(({ nextChangeAt }) =>
          nextChangeAt !== null && nextChangeAt < end ? nextChangeAt : null,
        );
        const expectedChanges = expected.map((open, step) => {
          const change = expected.findIndex((other, later) => later > step && other !== open);
          return change < 0 ? null : instantOf(epoch + change * STEP);
        });
        expect(changes).toEqual(expectedChanges);
      }),
      { numRuns: 40 },
    );
  });
});
