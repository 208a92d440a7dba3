import { guardFormula } from '../../domain/import/formula-guard.js';
import type { Cell } from '../../domain/import/export-rows.js';

/** Size of the pieces that a file is sent in, in UTF-16 code units. */
const PIECE = 64 * 1024;

/** One record as RFC 4180 has it, safe to open in a spreadsheet. */
export const csvRecord = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/**
 * A CSV file in pieces, as its records come.
 *
 * @param records is read no faster than the pieces are taken
 */
export async function* csvFile(
  headings: readonly string[],
  records: AsyncIterable<readonly Cell[]> | Iterable<readonly Cell[]>,
): AsyncGenerator<string> {
  let piece = csvRecord(headings);
  for await (const record of records) {
    piece += csvRecord(record);
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

const csvCell = (cell: Cell): string => {
  if (cell === null || cell === undefined) return '';
  if (typeof cell !== 'string') return String(cell);
  const text = guardFormula(cell);
  // A space at an end is part of the text, which some readers forget without quotes.
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
