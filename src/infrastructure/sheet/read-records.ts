import { CsvError, parse, type Parser } from 'csv-parse';
import { invalid } from '../../domain/shared/domain-error.js';
import type { SheetRecord } from '../../domain/import/sheet-record.js';
import { saysDelimiter } from './delimiter.js';

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
  const options = {
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: MAX_RECORD_BYTES,
    // An option of the stream, which the parser passes on.
    readableHighWaterMark: RECORDS_HELD,
  };
  const parser = parse(options).on('error', toldAlready);
  let line = 0;
  let record = 0;
  const numbered = (read: readonly string[][]): readonly SheetRecord[] => {
    const run: SheetRecord[] = [];
    for (const cells of read) {
      line += 1 + breaksWithin(cells);
      if (cells.length === 1 && cells[0] === '') continue;
      if (record === 0 && saysDelimiter(cells, delimiter)) continue;
      if (record === 0) refuseWidth(cells);
      run.push({ record: record++, line, cells });
    }
    return run;
  };
  try {
    for await (const chunk of bytes) {
      const written = write(parser, chunk);
      // Taken at once: the parser gives on a whole chunk before it says that it is written.
      const run = numbered(taken(parser));
      await written;
      if (run.length > 0) yield run;
    }
    parser.end();
    const rest: string[][] = [];
    for await (const cells of parser) rest.push(cells as string[]);
    yield numbered(rest);
  } catch (error) {
    throw readable(error, line);
  } finally {
    parser.destroy();
  }
}

/** More than a chunk can hold, so that nothing waits in the parser. */
const RECORDS_HELD = 1024 * 1024;

const write = (parser: Parser, chunk: Uint8Array): Promise<void> =>
  new Promise((resolve, reject) => parser.write(chunk, (error) => (error ? reject(error) : resolve())));

/** What goes wrong is told as an event too; the write or the reading that it ended has rejected with it. */
const toldAlready = (): void => undefined;

const taken = (parser: Parser): readonly string[][] => {
  const records: string[][] = [];
  for (let cells = parser.read() as string[] | null; cells !== null; cells = parser.read() as string[] | null)
    records.push(cells);
  return records;
};

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
