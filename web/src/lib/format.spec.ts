import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  formatAmount,
  formatDate,
  formatRelative,
  formatTarget,
  fromLocalField,
  inWords,
  toLocalField,
} from './format.js';

const NOW = Date.parse('2026-06-15T12:00:00Z');
const after = (seconds: number): string => new Date(NOW + seconds * 1000).toISOString();

describe('how long ago', () => {
  it.each([
    [0, 'just now'],
    [-59, 'just now'],
    [-60, '1 minute ago'],
    [-3_600, '1 hour ago'],
    [-86_400, 'yesterday'],
    [3 * 86_400, 'in 3 days'],
    [-400 * 86_400, 'last year'],
  ])('%d seconds from now is %s', (seconds, said) => expect(formatRelative(after(seconds), NOW)).toBe(said));
});

describe('a day and an amount', () => {
  it('are the same wherever one is', () => expect(formatDate('2026-01-01')).toMatch(/2026/));
  it('stay as they are where they are none', () => expect(formatDate('soon')).toBe('soon'));
  it.each([
    ['6000', 'USD', '6000 USD'],
    ['1234567.50', 'EUR', '123456750 EUR'],
    ['30', null, '30'],
  ])('%s %s keep every digit given', (amount, currency, digits) =>
    // Which marks stand between the digits is the reader's own custom.
    expect(formatAmount(amount, currency).replace(/[^\d A-Z]/g, '')).toBe(digits),
  );
});

describe('a target', () => {
  it.each([
    [null, '—'],
    ['30m', '30 min'],
    ['2 hours', '2 h'],
    ['1d', '1 day'],
    ['5 d', '5 days'],
    ['1 business day', '1 business day'],
  ])('written %p reads %s', (written, said) => expect(formatTarget(written)).toBe(said));
});

describe('a constant of the contract', () => {
  it('has words of its own, or its own letters', () => {
    expect(inWords('UNMAPPED')).toBe('Not mapped');
    expect(inWords('SOMETHING_NEW')).toBe('Something new');
  });
});

describe('an instant in a field of the viewer’s zone', () => {
  it('comes back as it went in, to the minute', () => {
    const minutes = fc.integer({ min: 0, max: 66_000_000 });
    fc.assert(
      fc.property(minutes, (minute) => {
        const instant = new Date(minute * 60_000).toISOString();
        // Where clocks go back an hour is written twice; either reading is the same wall time.
        expect(toLocalField(fromLocalField(toLocalField(instant)) ?? '')).toBe(toLocalField(instant));
      }),
    );
  });
  it('is null for an empty field', () => expect(fromLocalField('')).toBeNull());
});
