import { describe, expect, it } from '@jest/globals';
import { DateHolidays } from './public-holidays.js';

const holidays = new DateHolidays();

describe('public holidays', () => {
  it('are those of the country or region', () => {
    expect(holidays.datesOf('DE', 2026)).toContain('2026-10-03');
    expect(holidays.datesOf('DE', 2026)).not.toContain('2026-01-06');
    expect(holidays.datesOf('DE-BY', 2026)).toContain('2026-01-06');
  });

  it('are days off, not days to remember', () => {
    expect(holidays.datesOf('DE', 2026)).not.toContain('2026-12-24');
    expect(holidays.datesOf('US', 2026)).not.toContain('2026-02-14');
  });

  it('come in order, each once, of that year alone', () => {
    for (const code of ['DE-BY', 'US', 'TR', 'IL', 'JP', 'CN']) {
      const dates = holidays.datesOf(code, 2026);
      expect(dates).toEqual([...new Set(dates)].sort());
      expect(dates.every((date) => date.startsWith('2026-'))).toBe(true);
      expect(dates.length).toBeGreaterThan(5);
    }
  });

  it('include substitute days and every whole day of a feast', () => {
    expect(holidays.datesOf('GB', 2026)).toContain('2026-12-28');
    expect(holidays.datesOf('TR', 2026)).toEqual(
      expect.arrayContaining(['2026-03-20', '2026-03-21', '2026-03-22']),
    );
    expect(holidays.datesOf('TR', 2026)).not.toContain('2026-03-23');
  });

  it('are the same object when asked again, since they are asked on every lookup', () => {
    expect(holidays.datesOf('DE', 2026)).toBe(holidays.datesOf('de', 2026));
  });

  it('know codes in any case, and none that do not exist', () => {
    expect(['DE', 'de-by', 'DE-BY-A', 'US-CA', 'ck-aitutaki'].map((code) => holidays.isKnown(code))).toEqual(
      Array(5).fill(true),
    );
    expect(
      ['ZZ', 'DE-XX', 'DE-BY-ZZ', '', '__proto__', 'constructor'].map((code) => holidays.isKnown(code)),
    ).toEqual(Array(6).fill(false));
    expect(holidays.datesOf('ZZ', 2026)).toEqual([]);
  });
});
