import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { earliest, endOfDay, epochOf, instantOf, parseInstant, startOfDay } from './instant.js';

const FIRST = Date.parse('0001-01-01T00:00:00.000Z');
const LAST = Date.parse('9999-12-31T23:59:59.999Z');
const epochs = fc.integer({ min: FIRST, max: LAST });

describe('reading an instant', () => {
  it('gives back what is in the one form already', () => {
    fc.assert(
      fc.property(epochs, (epoch) => {
        expect(parseInstant(instantOf(epoch), [])).toBe(instantOf(epoch));
      }),
    );
  });

  it('brings every offset and precision into the one form', () => {
    const offset = fc.integer({ min: -14 * 60, max: 14 * 60 });
    const middle = fc.integer({ min: Date.UTC(1970, 0, 2), max: Date.UTC(9999, 11, 30) });
    fc.assert(
      fc.property(middle, offset, (epoch, minutes) => {
        const [sign, size] = [minutes < 0 ? '-' : '+', Math.abs(minutes)];
        const two = (n: number): string => String(n).padStart(2, '0');
        const local = instantOf(epoch + minutes * 60_000).slice(0, -1);
        const text = `${local}456${sign}${two(Math.floor(size / 60))}:${two(size % 60)}`;
        expect(parseInstant(text, [])).toBe(instantOf(epoch));
      }),
    );
  });

  it.each([
    '2026-02-30T00:00:00.000Z',
    '2026-13-01T00:00:00.000Z',
    '2026-03-01T25:00:00.000Z',
    '2026-03-01T09:00:00.000+25:00',
    '2026-03-01 09:00:00.0000',
    '2026-03-01T09:00:00.0000',
    '2026-03-01',
    '',
    'tomorrow, at the same time',
  ])('refuses %j', (text) =>
    expect(() => parseInstant(text, ['at'])).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', path: ['at'] }),
    ),
  );
});

describe('a local day', () => {
  it.each([
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    ['2026-10-25', 'Europe/Berlin', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
    // Midnight does not exist on that day in Cairo; the day begins an hour later.
    ['2026-04-24', 'Africa/Cairo', '2026-04-23T22:00:00.000Z', '2026-04-24T21:00:00.000Z'],
    ['2026-06-01', 'Pacific/Honolulu', '2026-06-01T10:00:00.000Z', '2026-06-02T10:00:00.000Z'],
    ['2026-06-01', 'Pacific/Auckland', '2026-05-31T12:00:00.000Z', '2026-06-01T12:00:00.000Z'],
  ])('%s in %s', (date, zone, from, to) => {
    for (let asked = 0; asked < 2; asked++)
      expect([startOfDay(date, zone), endOfDay(date, zone)]).toEqual([from, to]);
  });

  it('ends where the next one begins', () => {
    const day = fc.integer({ min: 0, max: 20_000 }).map((n) => instantOf(n * 86_400_000).slice(0, 10));
    const next = (date: string): string =>
      instantOf(epochOf(`${date}T00:00:00.000Z`) + 86_400_000).slice(0, 10);
    fc.assert(
      fc.property(day, fc.constantFrom('Europe/London', 'America/Sao_Paulo', 'Asia/Tehran'), (date, zone) => {
        expect(endOfDay(date, zone)).toBe(startOfDay(next(date), zone));
        expect(startOfDay(date, zone) < endOfDay(date, zone)).toBe(true);
      }),
    );
  });
});

describe('the earliest of several ends', () => {
  it('is null where nothing ends', () => {
    expect(earliest()).toBeNull();
    expect(earliest(null, null)).toBeNull();
    expect(earliest(null, instantOf(2), instantOf(1))).toBe(instantOf(1));
  });
});
