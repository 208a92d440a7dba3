import { describe, expect, it } from '@jest/globals';
import { ALWAYS_OPEN, aroundTheClockOnWorkdays, businessHours } from './default-coverages.js';
import { opensWhenever } from './opens-whenever.js';

const office = businessHours('Europe/Berlin');
const workdays = aroundTheClockOnWorkdays('Europe/Berlin');

describe('a coverage that is open whenever another is', () => {
  it.each([
    ['around the clock', ALWAYS_OPEN, office],
    ['the same', office, { ...office }],
    ['24x5 of the same zone', workdays, office],
    [
      'more hours',
      { ...office, windows: office.windows.map((each) => ({ ...each, start: '08:00' })) },
      office,
    ],
    [
      'fewer holidays',
      { ...office, holidays: ['2026-12-25'] },
      { ...office, holidays: ['2026-12-25', '2026-12-26'] },
    ],
    ['the same public holidays', { ...workdays, publicHolidays: 'DE' }, { ...office, publicHolidays: 'DE' }],
  ])('is one with %s', (_, wide, narrow) => {
    expect(opensWhenever(wide, narrow)).toBe(true);
  });

  it.each([
    ['fewer hours', office, workdays],
    ['another zone', aroundTheClockOnWorkdays('UTC'), office],
    ['holidays of its own', { ...workdays, holidays: ['2026-12-25'] }, office],
    ['public holidays of its own', { ...ALWAYS_OPEN, publicHolidays: 'DE' }, office],
    [
      // The night of a holiday is closed, though the morning after is the next day's own.
      'windows that a holiday takes away from the morning after',
      { ...office, windows: [{ day: 1, start: '18:00', end: '12:00' }], holidays: ['2026-12-25'] },
      { ...office, windows: [{ day: 2, start: '09:00', end: '12:00' }], holidays: ['2026-12-25'] },
    ],
  ])('is none with %s', (_, wide, narrow) => {
    expect(opensWhenever(wide, narrow)).toBe(false);
  });
});
