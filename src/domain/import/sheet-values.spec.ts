import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DateVotes } from './date-votes.js';
import { guardFormula, unguardFormula } from './formula-guard.js';
import { readChannel, readListCell, writeChannel, writeListCell } from './list-cell.js';
import { readSheetDate, type DateOrder } from './sheet-date.js';
import { plainAmount, readSheetNumber, readSheetPercent, writtenAmount } from './sheet-number.js';

describe('dates', () => {
  it.each<[string, DateOrder, string]>([
    ['2026-03-01', 'day-first', '2026-03-01'],
    ['2026/3/1', 'month-first', '2026-03-01'],
    ['2026-03-01T00:00:00Z', 'day-first', '2026-03-01'],
    ['01.03.2026', 'day-first', '2026-03-01'],
    ['1/3/26', 'day-first', '2026-03-01'],
    ['03/01/2026', 'month-first', '2026-03-01'],
    ['26-03-01', 'year-first', '2026-03-01'],
    ['29.02.2028', 'day-first', '2028-02-29'],
    ['25/12/2026', 'mixed', '2026-12-25'],
    ['12/25/2026', 'mixed', '2026-12-25'],
    ['1. März 2026', 'year-first', '2026-03-01'],
    ['Mar 1, 2026', 'year-first', '2026-03-01'],
    ['01-Dez-2026', 'year-first', '2026-12-01'],
  ])('reads %s, %s', (text, order, date) => expect(readSheetDate(text, order, [])).toBe(date));

  it.each<[string, DateOrder, RegExp]>([
    ['31.02.2026', 'day-first', /31 February 2026 does not exist/],
    ['29.02.2027', 'day-first', /29 February 2027 does not exist/],
    ['25/12/2026', 'month-first', /no month 25/],
    ['01/02/2026', 'mixed', /day first or month first/],
    ['soon', 'day-first', /not a date/],
    ['46000', 'day-first', /not a date/],
    ['01.02-2026', 'day-first', /not a date/],
  ])('refuses %s, %s', (text, order, message) =>
    expect(() => readSheetDate(text, order, ['startsOn'])).toThrow(message),
  );

  it.each<[string[], DateOrder]>([
    [['2026-01-01'], 'year-first'],
    [['01/02/2026', '13/02/2026'], 'day-first'],
    [['01/02/2026', '02/13/2026'], 'month-first'],
    [['01.02.2026'], 'day-first'],
    [['01/01/2026'], 'year-first'],
    [['13/02/2026', '02/13/2026'], 'mixed'],
  ])('finds the order of %j over the whole sheet', (dates, order) => {
    const votes = new DateVotes();
    dates.forEach((date) => votes.add(date));
    expect(votes.order()).toBe(order);
    expect(votes.order('month-first')).toBe('month-first');
  });

  it('asks when no date tells', () => {
    const votes = new DateVotes();
    votes.add('01/02/2026');
    expect(() => votes.order()).toThrow(/Say dateOrder/);
  });
});

describe('amounts', () => {
  it.each([
    ['6.000,00', '6000.00'],
    ['6,000.00', '6000.00'],
    ['30000', '30000'],
    ['6.000', '6000'],
    ['1.234.567', '1234567'],
    ['6,5', '6.5'],
    ['0.125', '0.125'],
    ['1234.567', '1234.567'],
    ['6 000,00 €', '6000.00'],
    ['€ 30000', '30000'],
    ['USD 30,000', '30000'],
    ["6'000.00", '6000.00'],
    ['007', '7'],
  ])('reads %s', (text, decimal) => expect(readSheetNumber(text, [])).toBe(decimal));

  it.each(['', 'much', '1.2.3', '1,2,3', '-5', '1.000.00', '5 %%', '1e5'])('refuses %j', (text) =>
    expect(() => readSheetNumber(text, ['annualValue'])).toThrow(/not a number/),
  );

  it('reads back every amount that an export writes', () =>
    fc.assert(
      fc.property(
        fc.nat(10 ** 9),
        fc.nat(9999),
        fc.integer({ min: 0, max: 4 }),
        (whole, fraction, digits) => {
          const amount =
            digits === 0 ? String(whole) : `${whole}.${String(fraction).padStart(4, '0').slice(0, digits)}`;
          expect(plainAmount(readSheetNumber(writtenAmount(amount), []))).toBe(plainAmount(amount));
        },
      ),
    ));

  it.each([
    ['99.955', 99.955],
    ['99,95 %', 99.95],
    ['5', 5],
  ])('reads the share %s', (text, percent) => expect(readSheetPercent(text, [])).toBe(percent));
});

describe('cells', () => {
  it('are never live in a spreadsheet, and lose the guard on the way back', () =>
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', '\r', '\n', 'a', ' ') }),
        (text) => {
          expect(guardFormula(text)).not.toMatch(/^[=+\-@\t\r\n]/);
          expect(unguardFormula(guardFormula(text))).toBe(text);
        },
      ),
    ));

  it('hold lists of anything', () =>
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom('|', '\\', 'a', '@'), minLength: 1 })),
        (items) => {
          expect(readListCell(writeListCell(items))).toEqual(items);
        },
      ),
    ));

  it.each([{ channel: 'phone' }, { channel: 'phone', coverage: '24x7' }, { channel: 'help@acme' }])(
    'hold the channel %j',
    (channel) => expect(readChannel(writeChannel(channel))).toEqual(channel),
  );
});
