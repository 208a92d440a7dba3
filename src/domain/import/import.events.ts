import type { ExceptionKind } from '../binding/exception-kind.js';
import type { Event } from '../shared/recorded.js';
import type { ContractContent, RemapContent, TierTermsContent } from '../change/content.js';

export type RowOutcome = 'CREATE' | 'REMAP' | 'UPDATE' | 'UNCHANGED' | 'DUPLICATE' | 'INVALID';

/** One analysed record of a sheet: what approving the import does with it. */
export interface StagedRow {
  /** Data record, from 1, headings not counted. */
  readonly record: number;
  readonly outcome: RowOutcome;
  readonly customerId?: string;
  readonly contractId?: string;
  /** The field at fault, by its name here (`startsOn`), not by the sheet's heading. */
  readonly field?: string;
  readonly message?: string;
  /** The record that said it first. */
  readonly duplicateOf?: number;
  /** The exception that the row opens once it is applied. */
  readonly exception?: ExceptionKind;
  /** What the row makes true; absent where nothing is to be written. */
  readonly mapping?: RemapContent & { readonly baseVersion: number };
  readonly contract?: ContractContent & { readonly baseVersion: number };
  /** The last record of a tier carries the tier. */
  readonly tier?: TierTermsContent & { readonly baseVersion: number };
}

/** First in the stream, beside ChangeProposed: where the sheet came from and how it is read. */
export type ImportStarted = Event<
  'ImportStarted',
  { readonly importId: string; readonly source: 'upload' | 'url' | 'inline' | 'cli' }
>;
export type ImportRowsStaged = Event<
  'ImportRowsStaged',
  { readonly importId: string; readonly rows: readonly StagedRow[] }
>;
/** Every record is staged; only now can the import be approved. */
export type ImportAnalysed = Event<
  'ImportAnalysed',
  {
    readonly importId: string;
    readonly total: number;
    readonly counts: Readonly<Partial<Record<RowOutcome, number>>>;
  }
>;
/** The sheet could not be read to its end; nothing of it can be approved. */
export type ImportFailed = Event<
  'ImportFailed',
  { readonly importId: string; readonly message: string; readonly record?: number }
>;
/** How far the approved import is applied. */
export type ImportProgressed = Event<
  'ImportProgressed',
  {
    readonly importId: string;
    /** Records dealt with, from the first. */
    readonly applied: number;
    /** Records whose customer, contract or tier had changed since they were analysed: left alone. */
    readonly skipped: readonly { readonly record: number; readonly message: string }[];
    readonly done: boolean;
  }
>;

export type ImportEvent = ImportStarted | ImportRowsStaged | ImportAnalysed | ImportFailed | ImportProgressed;
