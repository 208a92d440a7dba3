import type { SheetRecord } from '../../domain/import/sheet-record.js';

/** What reading a sheet through once has told. */
export interface ReceivedSheet {
  /** Of the bytes as they came, hex. */
  readonly sha256: string;
  readonly bytes: number;
  readonly encoding: SheetEncoding;
  readonly delimiter: string;
}

export type SheetEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/**
 * Keeps sheets until they are analysed, and reads them a run of records at a time, in memory that does not grow with
 * the sheet. What cannot be read is refused with DomainError INVALID_INPUT at `csv`, naming the line and the remedy.
 */
export abstract class SheetStore {
  /**
   * Reads a sheet through once while keeping it under `id`. `look` sees every record in order, the headings as record 0;
   * what it throws ends the reading. A sheet that is refused is not kept.
   */
  abstract receive(
    id: string,
    bytes: AsyncIterable<Uint8Array>,
    look: (records: readonly SheetRecord[]) => void,
  ): Promise<ReceivedSheet>;

  /** The data records of a kept sheet, in runs, without the headings. */
  abstract read(id: string): AsyncIterable<readonly SheetRecord[]>;

  abstract has(id: string): Promise<boolean>;

  /** Sheets that are kept here, in no order. */
  abstract ids(): Promise<readonly string[]>;

  /** Does nothing when there is no such sheet. */
  abstract remove(id: string): Promise<void>;
}
