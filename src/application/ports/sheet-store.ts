import type { SheetRecord } from '../../domain/import/sheet-record.js';

/** What reading a sheet through once has told. */
export interface ReceivedSheet {
  /** What the store knows it by until it is kept. */
  readonly ticket: string;
  /** Of the bytes as they came, hex. */
  readonly sha256: string;
  readonly bytes: number;
  readonly encoding: SheetEncoding;
  readonly delimiter: string;
}

export type SheetEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** No sheet can be taken in at the moment. The message is for callers, with the remedy. */
export class SheetStoreError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SheetStoreError';
  }
}

/**
 * Keeps sheets until they are analysed, and reads them a run of records at a time, in memory that does not grow with
 * the sheet. What cannot be read is refused with DomainError INVALID_INPUT at `csv`, naming the line and the remedy.
 */
export abstract class SheetStore {
  /**
   * Reads a sheet through once while taking it in. `look` sees every record in order, the headings as record 0; what it
   * throws ends the reading, and nothing is kept then. What is taken in is to be kept or dropped by the caller.
   *
   * @throws SheetStoreError
   */
  abstract receive(
    bytes: AsyncIterable<Uint8Array>,
    look: (records: readonly SheetRecord[]) => void,
  ): Promise<ReceivedSheet>;

  /** Keeps what was received under a name, until it is removed; also over a restart. */
  abstract keep(received: ReceivedSheet, name: string): Promise<void>;

  /** Forgets what was received and not kept. */
  abstract drop(received: ReceivedSheet): Promise<void>;

  /** The records of a kept sheet in runs, the headings as record 0. */
  abstract read(name: string): AsyncIterable<readonly SheetRecord[]>;

  abstract has(name: string): Promise<boolean>;

  /** Names of the sheets that are kept here, in no order. */
  abstract names(): Promise<readonly string[]>;

  /** Does nothing when there is no such sheet. */
  abstract remove(name: string): Promise<void>;
}
