import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DomainError } from '../shared/domain-error.js';
import { durationInWords, durationMinutes, parseDuration, type Duration } from './duration.js';

const PATH = ['terms', 'commitments', '0', 'resolution'];
const parse = (text: string): Duration | null => parseDuration(text, PATH);

describe('reading a duration', () => {
  it.each([
    ['30m', 30, 'minute'],
    ['30 min', 30, 'minute'],
    ['30 Minutes', 30, 'minute'],
    ['PT30M', 30, 'minute'],
    ['PT1H30M', 90, 'minute'],
    ['1h 30m', 90, 'minute'],
    ['1 hour and 30 minutes', 90, 'minute'],
    ['8h', 8, 'hour'],
    ['8 hrs', 8, 'hour'],
    ['  8  hours ', 8, 'hour'],
    ['8 business hours', 8, 'hour'],
    ['1.5h', 1.5, 'hour'],
    ['0.1h', 0.1, 'hour'],
    ['PT4H', 4, 'hour'],
    ['pt1.5h', 1.5, 'hour'],
    ['5d', 5, 'day'],
    ['0.5 days', 0.5, 'day'],
    ['1 business day', 1, 'day'],
    ['2 working days', 2, 'day'],
    ['P2D', 2, 'day'],
    ['3660d', 3660, 'day'],
  ] as const)('understands %j', (text, value, unit) => {
    expect(parse(text)).toEqual({ value, unit });
  });

  it.each(['N/A', 'n/a', '-', '–', 'none', 'None', 'not promised', '', '   '])(
    'takes %j as not promised',
    (text) => {
      expect(parse(text)).toBeNull();
    },
  );

  it.each([
    ['soon', /Write it as 30m, 8h/],
    ['8', /Write it as/],
    ['8x', /Write it as/],
    ['1e3h', /Write it as/],
    ['1d 4h', /Write it as/],
    ['P1DT4H', /Write it as/],
    ['P', /Write it as/],
    ['PT', /Write it as/],
    ['PT90S', /Write it as/],
    ['-5h', /is negative/],
    ['-PT5H', /is negative/],
    ['0h', /no time at all/],
    ['PT0H0M', /no time at all/],
    ['1w', /5d or 7d/],
    ['2 weeks', /5d or 7d/],
    ['P1W', /5d or 7d/],
    ['1.5m', /whole minutes/],
    ['0.001h', /whole minutes/],
    ['0.3d', /quarters of a day/],
    ['3661d', /ten years/],
    ['999999999h', /ten years/],
    ['9'.repeat(400), /Write it as/],
    [`${' '.repeat(100_000)}x`, /Write it as/],
  ])('refuses %j with a remedy', (text, message) => {
    expect(() => parse(text)).toThrow(message);
    expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT', path: PATH }));
  });

  it('refuses any other text as the caller’s mistake, never otherwise', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        try {
          parse(text);
        } catch (error) {
          expect(error).toBeInstanceOf(DomainError);
        }
      }),
    );
  });
});

describe('a duration in words', () => {
  const durations = fc.oneof(
    fc.record({ value: fc.integer({ min: 1, max: 100_000 }), unit: fc.constant('minute' as const) }),
    fc.record({
      value: fc.integer({ min: 1, max: 8_000 }).map((n) => n / 4),
      unit: fc.constant('hour' as const),
    }),
    fc.record({
      value: fc.integer({ min: 1, max: 4_000 }).map((n) => n / 4),
      unit: fc.constant('day' as const),
    }),
  );
  const FORMS: readonly ((d: Duration) => string)[] = [
    durationInWords,
    ({ value, unit }) => `${value}${unit[0]}`,
    ({ value, unit }) => (unit === 'day' ? `P${value}D` : `PT${value}${unit[0]?.toUpperCase()}`),
    ({ value, unit }) => ` ${value} ${unit.toUpperCase()}S `,
  ];

  it('reads back as itself, in every form', () => {
    fc.assert(
      fc.property(durations, fc.constantFrom(...FORMS), (duration, print) => {
        expect(parse(print(duration))).toEqual(duration);
      }),
    );
  });
});

describe('the length of a duration', () => {
  it('counts a day as the coverage says', () => {
    expect(durationMinutes({ value: 5, unit: 'day' }, 480)).toBe(2400);
    expect(durationMinutes({ value: 5, unit: 'day' }, 1440)).toBe(7200);
  });

  it('is whole minutes for hours and minutes', () => {
    expect(durationMinutes({ value: 0.1, unit: 'hour' }, 480)).toBe(6);
    expect(durationMinutes({ value: 1.15, unit: 'hour' }, 480)).toBe(69);
    expect(durationMinutes({ value: 45, unit: 'minute' }, 480)).toBe(45);
  });
});
