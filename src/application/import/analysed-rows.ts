import { setImmediate } from 'node:timers/promises';
import type { ImportContent } from '../../domain/change/content.js';
import type { StagedRow } from '../../domain/import/import.events.js';
import { analyseMatrixSheet } from '../../domain/import/matrix-sheet.js';
import type { Claims } from '../../domain/import/reference-facts.js';
import { analyseReferenceRow } from '../../domain/import/reference-row.js';
import { layoutFrom } from '../../domain/import/sheet-head.js';
import type { SheetLayout, SheetRecord } from '../../domain/import/sheet-record.js';
import type { ImportFacts, OrganizationFacts } from './import-facts.js';

/** Records looked at before other work gets its turn: a few milliseconds. */
const RECORDS_AT_ONCE = 200;

export interface AnalysisOf extends Pick<ImportContent, 'columns' | 'sheet' | 'dateOrder'> {
  /** The last record that is analysed already; 0: none. */
  readonly staged: number;
  /** Who has spoken first so far; grows with every record. */
  readonly claims: Claims;
  readonly facts: ImportFacts;
  readonly now: OrganizationFacts;
}

/**
 * What approving a sheet would do, record by record. Rejects with DomainError where the sheet cannot be read on, and with
 * ReadStoreError.
 *
 * @param sheet the records in runs, the headings as record 0
 */
export async function* analysedRows(
  sheet: AsyncIterable<readonly SheetRecord[]>,
  { staged, claims, facts, now, ...content }: AnalysisOf,
): AsyncGenerator<StagedRow> {
  const tiers = await facts.tierNames(now);
  const matrix: SheetRecord[] = [];
  let layout: SheetLayout | null = null;
  for await (const run of sheet) {
    layout ??= layoutFrom(run[0]?.cells ?? [], content);
    const open = run.filter(({ record }) => record > 0 && (layout?.sheet === 'MATRIX' || record > staged));
    if (layout.sheet === 'MATRIX') {
      matrix.push(...open);
      continue;
    }
    for (let from = 0; from < open.length; from += RECORDS_AT_ONCE) {
      const records = open.slice(from, from + RECORDS_AT_ONCE);
      const known = await facts.ofRecords(records, layout, tiers, now);
      for (const record of records) yield analyseReferenceRow(record, layout, known, claims);
      await setImmediate();
    }
  }
  if (layout?.sheet !== 'MATRIX') return;
  for (const row of analyseMatrixSheet(matrix, layout, await facts.ofMatrix(now)))
    if (row.record > staged) yield row;
}
