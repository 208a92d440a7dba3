import type { RowOutcome, StagedRow } from '../../domain/import/import.events.js';
import type { ReadModel } from '../ports/read-store.js';

export type ImportStatus = 'ANALYSING' | 'FAILED' | 'READY' | 'APPLYING' | 'APPLIED';

export interface ImportDocument {
  readonly type: 'import';
  readonly orgId: string;
  readonly importId: string;
  readonly changeId: string;
  readonly status: ImportStatus;
  readonly columns: Readonly<Record<string, string>>;
  /** Records analysed so far; all of them once READY. */
  readonly total: number;
  readonly applied: number;
  readonly counts: Readonly<Partial<Record<RowOutcome, number>>>;
  readonly skipped: number;
  readonly failure?: string;
}

/** A run of analysed records, as they were staged. */
export interface ImportRowsDocument {
  readonly type: 'rows';
  readonly orgId: string;
  readonly importId: string;
  /** Number of the first record. */
  readonly first: number;
  readonly rows: readonly StagedRow[];
  readonly counts: Readonly<Partial<Record<RowOutcome, number>>>;
}

export const IMPORTS: ReadModel<ImportDocument | ImportRowsDocument> = {
  name: 'imports',
  version: 1,
  indexes: { rows: ['orgId', 'importId', 'first'], byStatus: ['status'] },
};
