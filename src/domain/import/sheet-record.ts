import type { SheetColumns } from './headings.js';
import type { DateOrder } from './sheet-date.js';
import { unguardFormula } from './formula-guard.js';
import type { RowOutcome, StagedRow } from './import.events.js';
import { DomainError } from '../shared/domain-error.js';

/** One record of a sheet as it was read; record 0 holds the headings. */
export interface SheetRecord {
  readonly record: number;
  /** Line of the file on which the record ends, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** How a sheet's records are read. */
export interface SheetLayout extends SheetColumns {
  readonly dateOrder: DateOrder;
  /** How many headings there are. */
  readonly width: number;
}

/** A record by field. `undefined`: the sheet has no such column; `''`: nothing is written there. */
export type Cells = (field: string) => string | undefined;

export const cellsOf =
  ({ cells }: SheetRecord, { places }: SheetLayout): Cells =>
  (field) => {
    const place = places.get(field);
    return place === undefined ? undefined : unguardFormula(cells[place] ?? '').trim();
  };

export const isBlankRecord = ({ cells }: SheetRecord): boolean => cells.every((cell) => cell.trim() === '');

/** Cells that do not stand under the headings cannot be told apart. @throws DomainError INVALID_INPUT */
export const refuseRagged = ({ cells }: SheetRecord, { width }: SheetLayout): void => {
  const tooMany = cells.length > width && cells.slice(width).some((cell) => cell.trim() !== '');
  if (cells.length >= width && !tooMany) return;
  throw new DomainError(
    'INVALID_INPUT',
    `There are ${cells.length} cells under ${width} headings. Put quotes around cells that hold the delimiter or a quote.`,
  );
};

/** What nothing comes of, with the reason and where to look. */
export const refusedRow = (
  { record, line }: SheetRecord,
  outcome: Extract<RowOutcome, 'DUPLICATE' | 'INVALID' | 'UNCHANGED'>,
  message: string,
  details: Pick<StagedRow, 'customerId' | 'contractId' | 'field' | 'duplicateOf'> = {},
): StagedRow => ({ record, outcome, ...details, message: `${message} (line ${line})` });

/** Two names for one thing: the content's own and the sheet's. */
const SHEET_FIELD: Readonly<Record<string, string>> = { toTier: 'mappedTier' };

/** @param tierField what content calls `tier` and the sheet calls otherwise */
export const invalidRow = (
  record: SheetRecord,
  error: unknown,
  tierField: string,
  ids: Pick<StagedRow, 'customerId' | 'contractId'> = {},
): StagedRow => {
  if (!(error instanceof DomainError)) throw error;
  const name = error.path[0];
  const field = name === 'tier' ? tierField : name === undefined ? undefined : (SHEET_FIELD[name] ?? name);
  return refusedRow(record, 'INVALID', error.message, { ...ids, ...(field === undefined ? {} : { field }) });
};
