import { detectColumns, type SheetColumns } from './headings.js';
import { invalid } from '../shared/domain-error.js';
import { MAX_MATRIX_RECORDS } from './matrix-sheet.js';
import { DateVotes } from './date-votes.js';
import type { DateOrder } from './sheet-date.js';
import type { SheetLayout, SheetRecord } from './sheet-record.js';

const DATES = ['startsOn', 'endsOn'];

/** Finds out how a sheet is to be read, from its headings and from all its dates, a run of records at a time. */
export class SheetHead {
  private columns: SheetColumns | null = null;
  private width = 0;
  private readonly votes = new DateVotes();

  constructor(
    private readonly overrides: Readonly<Record<string, string | null>>,
    private readonly said: DateOrder | undefined,
  ) {}

  /** @throws DomainError INVALID_INPUT as soon as the headings tell that the sheet cannot be imported */
  look(records: readonly SheetRecord[]): void {
    for (const { record, cells } of records) {
      if (record === 0) {
        this.columns = detectColumns(cells, this.overrides);
        this.width = cells.length;
        continue;
      }
      if (this.columns?.sheet === 'MATRIX' && record > MAX_MATRIX_RECORDS)
        throw invalid(['csv'], `A matrix has at most ${MAX_MATRIX_RECORDS} records; this sheet has more.`);
      for (const field of DATES) {
        const place = this.columns?.places.get(field);
        if (place !== undefined) this.votes.add(cells[place] ?? '');
      }
    }
  }

  /** @throws DomainError INVALID_INPUT at `dateOrder` when no date tells in which order they are written */
  layout(): SheetLayout {
    if (!this.columns) throw invalid(['csv'], 'This sheet is empty. Give one with headings and records.');
    return { ...this.columns, width: this.width, dateOrder: this.votes.order(this.said) };
  }
}

/** The layout that an import was proposed with, for its sheet's headings. */
export const layoutFrom = (
  headings: readonly string[],
  { columns, sheet, dateOrder }: Pick<SheetLayout, 'columns' | 'sheet'> & { readonly dateOrder: string },
): SheetLayout => ({
  columns,
  sheet,
  dateOrder: dateOrder as DateOrder,
  width: headings.length,
  places: new Map(
    headings.flatMap((heading, place) => {
      const field = columns[heading];
      return field === undefined ? [] : [[field, place] as const];
    }),
  ),
});
