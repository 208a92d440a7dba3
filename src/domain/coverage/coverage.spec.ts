import { describe, expect, it, jest } from '@jest/globals';
import { Temporal } from 'temporal-polyfill';
import type { CoverageContent } from '../change/content.js';
import { compileCoverage, coverageState } from './coverage.js';
import { ALWAYS_OPEN, aroundTheClockOnWorkdays, businessHours } from './default-coverages.js';

const NO_HOLIDAYS = { datesOf: () => [] };
const berlin = businessHours('Europe/Berlin');
const window = (day: number, start: string, end: string) => ({ day, start, end });

const stateOf = (content: CoverageContent, at: string) => {
  const { open, nextChangeAt } = coverageState(compileCoverage(content, NO_HOLIDAYS), at);
  return [open ? 'open' : 'closed', nextChangeAt];
};

describe('the state of a coverage', () => {
  it('is half open: open at the start, closed at the end, to the millisecond', () => {
    expect(stateOf(berlin, '2026-03-02T07:59:59.999Z')).toEqual(['closed', '2026-03-02T08:00:00.000Z']);
    expect(stateOf(berlin, '2026-03-02T08:00:00.000Z')).toEqual(['open', '2026-03-02T16:00:00.000Z']);
    expect(stateOf(berlin, '2026-03-02T15:59:59.999Z')).toEqual(['open', '2026-03-02T16:00:00.000Z']);
    expect(stateOf(berlin, '2026-03-02T16:00:00.000Z')).toEqual(['closed', '2026-03-03T08:00:00.000Z']);
  });

  it('follows daylight saving over a weekend', () => {
    expect(stateOf(berlin, '2026-03-27T17:00:00.000Z')).toEqual(['closed', '2026-03-30T07:00:00.000Z']);
  });

  it('never changes around the clock', () => {
    expect(stateOf(ALWAYS_OPEN, '2026-03-29T01:00:00.000Z')).toEqual(['open', null]);
  });

  it('joins windows that touch or overlap', () => {
    const workdays = aroundTheClockOnWorkdays('Europe/Berlin');
    expect(stateOf(workdays, '2026-03-03T12:00:00.000Z')).toEqual(['open', '2026-03-06T23:00:00.000Z']);
    expect(stateOf(workdays, '2026-03-07T12:00:00.000Z')).toEqual(['closed', '2026-03-08T23:00:00.000Z']);
    const shifts = {
      ...berlin,
      windows: [window(1, '08:00', '12:00'), window(1, '11:00', '15:00'), window(1, '15:00', '16:00')],
    };
    expect(stateOf(shifts, '2026-03-02T09:00:00.000Z')).toEqual(['open', '2026-03-02T15:00:00.000Z']);
  });

  it('runs past midnight, and an end equal to the start is a whole day later', () => {
    const night = { ...berlin, windows: [window(7, '22:00', '06:00')] };
    expect(stateOf(night, '2026-03-01T21:00:00.000Z')).toEqual(['open', '2026-03-02T05:00:00.000Z']);
    expect(stateOf(night, '2026-03-02T04:00:00.000Z')).toEqual(['open', '2026-03-02T05:00:00.000Z']);
    const whole = { ...berlin, windows: [window(2, '09:00', '09:00')] };
    expect(stateOf(whole, '2026-03-04T07:00:00.000Z')).toEqual(['open', '2026-03-04T08:00:00.000Z']);
  });

  it('opens at the first instant that exists where the start is skipped', () => {
    const early = { ...berlin, windows: [window(7, '02:30', '04:00')] };
    expect(stateOf(early, '2026-03-29T00:00:00.000Z')).toEqual(['closed', '2026-03-29T01:00:00.000Z']);
    expect(stateOf(early, '2026-03-29T01:00:00.000Z')).toEqual(['open', '2026-03-29T02:00:00.000Z']);
  });

  it('opens with the day in a zone without a midnight', () => {
    // Beirut, 2024-03-31: 00:00 becomes 01:00.
    const sunday = { ...berlin, timeZone: 'Asia/Beirut', windows: [window(7, '00:00', '24:00')] };
    expect(stateOf(sunday, '2024-03-30T12:00:00.000Z')).toEqual(['closed', '2024-03-30T22:00:00.000Z']);
    expect(stateOf(sunday, '2024-03-30T22:00:00.000Z')).toEqual(['open', '2024-03-31T21:00:00.000Z']);
  });

  it('counts both passes of a repeated hour', () => {
    const repeated = { ...berlin, windows: [window(7, '01:00', '04:00')] };
    expect(stateOf(repeated, '2026-10-24T23:00:00.000Z')).toEqual(['open', '2026-10-25T03:00:00.000Z']);
    const within = { ...berlin, windows: [window(7, '02:15', '02:45')] };
    expect(stateOf(within, '2026-10-25T00:15:00.000Z')).toEqual(['open', '2026-10-25T00:45:00.000Z']);
    expect(stateOf(within, '2026-10-25T00:45:00.000Z')).toEqual(['closed', '2026-10-25T01:15:00.000Z']);
    expect(stateOf(within, '2026-10-25T01:15:00.000Z')).toEqual(['open', '2026-10-25T01:45:00.000Z']);
  });

  it('copes with a day that a zone skipped', () => {
    // Apia crossed the date line: there was no 2011-12-30 (a Friday).
    const apia = { ...businessHours('Pacific/Apia'), holidays: ['2011-12-30'] };
    expect(stateOf(apia, '2011-12-30T04:00:00.000Z')).toEqual(['closed', '2012-01-01T19:00:00.000Z']);
  });

  it('knows leap days', () => {
    const leap = { ...ALWAYS_OPEN, holidays: ['2028-02-29'] };
    expect(stateOf(leap, '2026-01-01T00:00:00.000Z')).toEqual(['open', '2028-02-29T00:00:00.000Z']);
    expect(stateOf(leap, '2028-02-29T12:00:00.000Z')).toEqual(['closed', '2028-03-01T00:00:00.000Z']);
  });
});

describe('holidays', () => {
  it('close the windows that start on them, and no others', () => {
    const night = {
      ...berlin,
      windows: [window(4, '22:00', '06:00'), window(5, '22:00', '06:00')],
      holidays: ['2026-12-25'],
    };
    expect(stateOf(night, '2026-12-25T03:00:00.000Z')).toEqual(['open', '2026-12-25T05:00:00.000Z']);
    expect(stateOf(night, '2026-12-25T22:00:00.000Z')).toEqual(['closed', '2026-12-31T21:00:00.000Z']);
  });

  it('close a coverage for years without a search that never ends', () => {
    const first = Temporal.PlainDate.from('2026-01-01');
    const holidays = Array.from({ length: 1000 }, (_, days) => first.add({ days }).toString());
    expect(stateOf({ ...ALWAYS_OPEN, holidays }, '2026-01-01T12:00:00.000Z')).toEqual([
      'closed',
      '2028-09-27T00:00:00.000Z',
    ]);
  });

  it('of a country are asked by year, once', () => {
    const datesOf = jest.fn((_code: string, year: number) => [`${year}-05-01`]);
    const coverage = compileCoverage({ ...berlin, publicHolidays: 'DE' }, { datesOf });
    for (const hour of ['05', '06', '09', '12'])
      expect(coverageState(coverage, `2026-05-01T${hour}:00:00.000Z`)).toEqual({
        open: false,
        nextChangeAt: '2026-05-04T07:00:00.000Z',
      });
    expect(datesOf.mock.calls).toEqual([['DE', 2026]]);
  });

  it('far away are found for a coverage that only they close', () => {
    const datesOf = (_code: string, year: number) => (year % 4 === 0 ? [`${year}-02-29`] : []);
    const coverage = compileCoverage({ ...ALWAYS_OPEN, publicHolidays: 'XX' }, { datesOf });
    expect(coverageState(coverage, '2025-01-01T00:00:00.000Z').nextChangeAt).toBe('2028-02-29T00:00:00.000Z');
  });
});

describe('the edges of time', () => {
  it.each(['0001-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z'])('are answered at %s', (at) => {
    expect(stateOf(berlin, at)[0]).toBe('closed');
    expect(stateOf(ALWAYS_OPEN, at)).toEqual(['open', null]);
  });

  it('give no instant beyond the last one', () => {
    expect(stateOf(aroundTheClockOnWorkdays('UTC'), '9999-12-31T20:00:00.000Z')).toEqual(['open', null]);
  });

  it('never open where a coverage has no window', () => {
    expect(stateOf({ ...berlin, windows: [] }, '2026-03-02T08:00:00.000Z')).toEqual(['closed', null]);
  });
});
