import type { ExceptionKind } from '../../../domain/binding/exception-kind.js';
import type { RowOutcome } from '../../../domain/import/import.events.js';
import type { ImportStatus } from '../../read-models/imports.read-model.js';
import type { Change } from './change.views.js';

export interface ImportRow {
  readonly record: number;
  readonly outcome: RowOutcome;
  readonly customerId: string | null;
  readonly contractId: string | null;
  readonly field: string | null;
  readonly message: string | null;
  readonly duplicateOf: number | null;
  readonly exception: ExceptionKind | null;
}

/** Its rows are a list of their own. */
export interface Import {
  readonly id: string;
  readonly change: Change;
  readonly status: ImportStatus;
  readonly columns: Readonly<Record<string, string>>;
  readonly total: number;
  readonly applied: number;
  readonly skipped: number;
  readonly counts: Readonly<Partial<Record<RowOutcome, number>>>;
  readonly failure: string | null;
}
