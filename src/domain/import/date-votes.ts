import { invalid } from '../shared/domain-error.js';
import { YEAR_LAST, type DateOrder } from './sheet-date.js';

/** Gathers what the dates of a whole sheet say about their own order. */
export class DateVotes {
  private dayFirst = 0;
  private monthFirst = 0;
  private dotted = 0;
  /** A date that can be read both ways, and with different results. */
  private ambiguous: string | null = null;

  add(text: string): void {
    const parts = YEAR_LAST.exec(text.trim());
    if (!parts) return;
    const [first, second] = [Number(parts[1]), Number(parts[3])];
    if (first > 12 && second <= 12) this.dayFirst++;
    else if (second > 12 && first <= 12) this.monthFirst++;
    else if (parts[2] === '.') this.dotted++;
    else if (first !== second) this.ambiguous ??= text.trim();
  }

  /**
   * @param said the order that the caller gave, which settles it
   * @throws DomainError INVALID_INPUT at `dateOrder` when no date of the sheet tells
   */
  order(said?: DateOrder): DateOrder {
    if (said !== undefined) return said;
    if (this.dayFirst > 0 && this.monthFirst > 0) return 'mixed';
    if (this.monthFirst > 0) return 'month-first';
    // Where dates are written with dots, they are written day first.
    if (this.dayFirst > 0 || (this.dotted > 0 && this.ambiguous === null)) return 'day-first';
    if (this.ambiguous === null) return 'year-first';
    throw invalid(
      ['dateOrder'],
      `Dates such as ${JSON.stringify(this.ambiguous)} can be read day first or month first, and no date of this sheet tells. Say dateOrder: day-first or month-first.`,
    );
  }
}
