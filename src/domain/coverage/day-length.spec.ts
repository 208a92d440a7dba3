import { describe, expect, it } from '@jest/globals';
import type { WeeklyWindow } from '../change/content.js';
import { dayLengthMinutes } from './day-length.js';
import { ALWAYS_OPEN, aroundTheClockOnWorkdays, businessHours } from './default-coverages.js';

const withWindows = (...windows: WeeklyWindow[]) => ({ key: 'k', timeZone: 'UTC', windows });
const onDays = (days: readonly number[], start: string, end: string): WeeklyWindow[] =>
  days.map((day) => ({ day, start, end }));

describe('the length of a day', () => {
  it.each([
    ['24x7', ALWAYS_OPEN, 1440],
    ['24x5', aroundTheClockOnWorkdays('Europe/Berlin'), 1440],
    ['office hours', businessHours('Europe/Berlin'), 480],
    ['what the coverage says', { ...businessHours('UTC'), dayLength: '7.5h' }, 450],
    [
      'most days, not the short Friday',
      withWindows(...onDays([1, 2, 3, 4], '09:00', '17:00'), ...onDays([5], '09:00', '13:00')),
      480,
    ],
    [
      'the longer of two that are as frequent',
      withWindows(...onDays([1], '09:00', '17:00'), ...onDays([6], '09:00', '13:00')),
      480,
    ],
    ['a night shift', withWindows(...onDays([1, 2, 3], '22:00', '06:00')), 480],
    [
      'a day with a break',
      withWindows(...onDays([1, 2], '09:00', '12:00'), ...onDays([1, 2], '13:00', '17:00')),
      420,
    ],
    [
      'overlapping shifts, once',
      withWindows(...onDays([1, 2], '08:00', '14:00'), ...onDays([1, 2], '12:00', '18:00')),
      600,
    ],
    [
      'a week around the clock that begins on Sunday evening',
      withWindows(
        ...onDays([7], '22:00', '24:00'),
        ...onDays([1, 2, 3, 4], '00:00', '24:00'),
        ...onDays([5], '00:00', '22:00'),
      ),
      1440,
    ],
    [
      'shifts that add up to the clock',
      withWindows(
        ...onDays([1, 2, 3, 4, 5, 6, 7], '06:00', '18:00'),
        ...onDays([1, 2, 3, 4, 5, 6, 7], '18:00', '06:00'),
      ),
      1440,
    ],
  ])('is that of %s', (_, content, minutes) => {
    expect(dayLengthMinutes(content)).toBe(minutes);
  });
});
