import { CsvError, parse } from 'csv-parse';
import { invalid } from '../../domain/shared/domain-error.js';
import type { SheetRecord } from '../../domain/import/sheet-record.js';

export const MAX_COLUMNS = 200;
export const MAX_RECORD_BYTES = 64 * 1024;

/**
 * The records of a sheet, the headings as record 0, in runs as they come. Holds one chunk and one record at a time.
 *
 * @param bytes UTF-8 without a byte order mark
 * @throws DomainError INVALID_INPUT at `csv`, naming the line
 */
export async function* readRecords(
  bytes: AsyncIterable<Uint8Array>,
  delimiter: string,
): AsyncGenerator<readonly SheetRecord[]> {
  let run: SheetRecord[] = [];
  let line = 0;
  let record = 0;
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: MAX_RECORD_BYTES,
    // Taking records here, and giving none on, spares a stream of objects its queue.
    on_record: (cells: string[]) => {
      line += 1 + breaksWithin(cells);
      if (cells.length === 1 && cells[0] === '') return undefined;
      run.push({ record: record++, line, cells });
      return undefined;
    },
  });
  let failure: unknown = null;
  parser.on('error', (error) => (failure = error));
  parser.resume();
  const written = (chunk: Uint8Array) =>
    new Promise<void>((resolve, reject) => {
      parser.write(chunk, (error) => (error ? reject(readable(error, line)) : resolve()));
    });
  const ended = () =>
    new Promise<void>((resolve, reject) => {
      parser.once('end', resolve).once('error', (error) => reject(readable(error, line)));
      parser.end();
    });
  const taken = () => {
    const records = run;
    run = [];
    if (records[0]?.record === 0) refuseWidth(records[0].cells);
    return records;
  };
  try {
    for await (const chunk of bytes) {
      if (chunk.length === 0) continue;
      await written(chunk);
      if (run.length > 0) yield taken();
    }
    if (failure === null) await ended();
    if (run.length > 0) yield taken();
  } finally {
    parser.destroy();
  }
}

/** Lines that cells go on over. */
const breaksWithin = (cells: readonly string[]): number => {
  let breaks = 0;
  for (const cell of cells)
    if (cell.includes('\n') || cell.includes('\r')) breaks += cell.match(/\r\n|\n|\r/g)?.length ?? 0;
  return breaks;
};

const refuseWidth = (headings: readonly string[]): void => {
  if (headings.length > MAX_COLUMNS)
    throw invalid(
      ['csv'],
      `This sheet has ${headings.length} columns; the limit is ${MAX_COLUMNS}. Keep the columns that are to be imported.`,
    );
};

/** @param lastLine on which the last whole record ends */
const readable = (error: unknown, lastLine: number): unknown => {
  if (!(error instanceof CsvError)) return error;
  const begins = `the record that begins on line ${lastLine + 1}`;
  if (error.code === 'CSV_QUOTE_NOT_CLOSED')
    return invalid(
      ['csv'],
      `The sheet ends inside a quoted cell: a quote opened in ${begins} is never closed. Close it, or export the sheet again.`,
    );
  if (error.code === 'CSV_MAX_RECORD_SIZE')
    return invalid(
      ['csv'],
      `In this sheet, ${begins} is longer than ${MAX_RECORD_BYTES / 1024} KiB. Perhaps a quote in it is never closed; close it, or shorten the record.`,
    );
  return invalid(['csv'], `In this sheet, ${begins} cannot be read: ${error.message}.`);
};
