import { describe, expect, it } from '@jest/globals';
import { ALWAYS_OPEN, defaultCoverages } from './default-coverages.js';
import { parseCoverage } from './parse-coverage.js';

const CODES = { isKnown: (code: string) => ['DE', 'DE-BY'].includes(code) };
const office = {
  key: 'office',
  timeZone: 'Europe/Berlin',
  windows: [{ day: 1, start: '09:00', end: '17:00' }],
};
const parse = (changes: object) => parseCoverage({ ...office, ...changes }, ['input'], CODES);

describe('checking a coverage', () => {
  it('accepts the default ones as they are', () => {
    for (const coverage of defaultCoverages()) expect(parseCoverage(coverage, [])).toEqual(coverage);
  });

  it('brings what says the same into one form', () => {
    const content = parse({
      key: ' office ',
      timeZone: 'europe/berlin',
      windows: [
        { day: 2, start: '09:00', end: '24:00' },
        { day: 1, start: '22:00', end: '06:00' },
        { day: 2, start: '09:00', end: '24:00' },
      ],
      holidays: ['2026-12-26', '2026-12-25', '2026-12-25'],
      publicHolidays: 'de-by',
      dayLength: ' 8 hours ',
    });
    expect(content).toEqual({
      key: 'office',
      timeZone: 'Europe/Berlin',
      windows: [
        { day: 1, start: '22:00', end: '06:00' },
        { day: 2, start: '09:00', end: '24:00' },
      ],
      holidays: ['2026-12-25', '2026-12-26'],
      publicHolidays: 'DE-BY',
      dayLength: '8 hours',
    });
    expect(Object.keys(parse({ holidays: [], publicHolidays: null, dayLength: '' }))).toEqual([
      'key',
      'timeZone',
      'windows',
    ]);
  });

  const window = office.windows[0];
  it.each([
    [{ timeZone: 'Mars/Olympus' }, ['timeZone'], /Europe\/Berlin/],
    [{ timeZone: '+02:00' }, ['timeZone'], /Europe\/Berlin/],
    [{ timeZone: '2026-01-01T00:00[Europe/Berlin]' }, ['timeZone'], /Europe\/Berlin/],
    [{ windows: [] }, ['windows'], /never opens/],
    [{ windows: [{ ...window, day: 0 }] }, ['windows', '0', 'day'], /not within 1 to 7/],
    [{ windows: [{ ...window, day: 1.5 }] }, ['windows', '0', 'day'], /whole number/],
    [{ windows: [{ ...window, start: '24:00' }] }, ['windows', '0', 'start'], /an end may be 24:00/],
    [{ windows: [{ ...window, end: '25:00' }] }, ['windows', '0', 'end'], /09:00/],
    [{ windows: [{ ...window, end: '9:00' }] }, ['windows', '0', 'end'], /09:00/],
    [{ windows: Array(501).fill(window) }, ['windows'], /limit is 500/],
    [{ holidays: ['2026-12-25', '2026-02-29'] }, ['holidays', '1'], /does not exist/],
    [{ holidays: ['25.12.2026'] }, ['holidays', '0'], /2026-03-01/],
    [{ holidays: Array(1001).fill('2026-12-25') }, ['holidays'], /limit is 1000/],
    [{ publicHolidays: 'ZZ' }, ['publicHolidays'], /DE-BY/],
    [{ dayLength: '1d' }, ['dayLength'], /how long a day is/],
    [{ dayLength: 'N/A' }, ['dayLength'], /how long a day is/],
    [{ dayLength: '25h' }, ['dayLength'], /limit is 24h/],
    [{ dayLength: '-1h' }, ['dayLength'], /negative/],
    [{ timezone: 'UTC' }, ['timezone'], /Did you mean timeZone/],
  ])('refuses %j', (changes, path, message) => {
    expect(() => parse(changes)).toThrow(message);
    expect(() => parse(changes)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', path: ['input', ...path] }),
    );
  });

  it('knows no public holidays without a calendar', () => {
    expect(() => parseCoverage({ ...ALWAYS_OPEN, publicHolidays: 'DE' }, [])).toThrow(/not known/);
  });
});
