import type { LocalDate } from '../../domain/shared/instant.js';

/** Public holidays by country or region. Codes are `DE`, `DE-BY`, `US-CA`, … in capital or small letters. */
export abstract class PublicHolidays {
  abstract isKnown(code: string): boolean;
  /** Whole closed days of that year, in order; empty for a code that is not known. */
  abstract datesOf(code: string, year: number): readonly LocalDate[];
}
