import type { ContentFacts } from '../change/parse-content.js';
import type { TierTermsContent } from '../change/content.js';
import { canonicalJson } from '../shared/canonical-json.js';
import { identifierKey, parseIdentifier } from '../shared/identifier.js';
import { refuseDisagreement, sameTierTerms, tierTermsOf, type MatrixRow } from './matrix-terms.js';
import { cellsOf, invalidRow, isBlankRecord, refuseRagged, refusedRow } from './sheet-record.js';
import type { SheetLayout, SheetRecord } from './sheet-record.js';
import type { StagedRow } from './import.events.js';

/** A tier as the log knows it: the version that binds now (null: none), and the number of its latest. */
export interface MatrixFacts extends ContentFacts {
  tier(key: string): { readonly content: TierTermsContent | null; readonly latest: number } | undefined;
}

/** A matrix is read by people; what is longer is something else. */
export const MAX_MATRIX_RECORDS = 10_000;

/**
 * What approving the import does with the records of a matrix sheet, one per tier and priority in any order. A tier is
 * staged whole, on its last record; one record that cannot be read keeps its whole tier out.
 */
export const analyseMatrixSheet = (
  records: readonly SheetRecord[],
  layout: SheetLayout,
  facts: MatrixFacts,
): readonly StagedRow[] => {
  const staged = new Map<number, StagedRow>();
  const tiers = new Map<string, MatrixRow[]>();
  for (const record of records) {
    if (isBlankRecord(record)) {
      staged.set(record.record, refusedRow(record, 'UNCHANGED', 'This record is empty.'));
      continue;
    }
    const cells = cellsOf(record, layout);
    try {
      const tier = parseIdentifier(cells('tier') ?? '', ['tier']);
      const key = identifierKey(tier);
      tiers.set(key, [...(tiers.get(key) ?? []), { record, cells, tier }]);
    } catch (error) {
      staged.set(record.record, invalidRow(record, error, 'tier'));
    }
  }
  for (const [key, rows] of tiers)
    for (const row of analyseTier(key, rows, layout, facts)) staged.set(row.record, row);
  return records.map(({ record }) => staged.get(record)!);
};

const analyseTier = (
  key: string,
  rows: readonly MatrixRow[],
  layout: SheetLayout,
  facts: MatrixFacts,
): readonly StagedRow[] => {
  const refused = new Map<number, StagedRow>();
  const kept: MatrixRow[] = [];
  for (const row of rows) {
    const { record } = row;
    try {
      refuseRagged(record, layout);
      const priority = identifierKey(parseIdentifier(row.cells('priority') ?? '', ['priority']));
      const first = kept.find(({ cells }) => identifierKey(cells('priority')!) === priority);
      if (first) {
        refused.set(record.record, repeated(row, first, layout));
        continue;
      }
      // Read as if it were the whole tier, so that what is wrong is said of the record it is wrong in.
      tierTermsOf([row], { key: row.tier, name: row.tier, rank: 0, terms: NO_TERMS }, facts);
      refuseDisagreement(row, kept);
      kept.push(row);
    } catch (error) {
      refused.set(record.record, invalidRow(record, error, 'tier'));
    }
  }
  const spoilt = [...refused.values()].find(({ outcome }) => outcome === 'INVALID');
  if (spoilt) return rows.map((row) => refused.get(row.record.record) ?? leftOut(row, spoilt.record));
  return stageTier(kept, facts.tier(key), facts, (row) => refused.get(row.record.record), rows);
};

const stageTier = (
  kept: readonly MatrixRow[],
  known: ReturnType<MatrixFacts['tier']>,
  facts: MatrixFacts,
  refusedOf: (row: MatrixRow) => StagedRow | undefined,
  rows: readonly MatrixRow[],
): readonly StagedRow[] => {
  const last = kept.at(-1)!;
  try {
    const tier = tierTermsOf(kept, known?.content ?? null, facts);
    const same = known?.content ? sameTierTerms(tier, known.content) : false;
    const outcome = !known ? 'CREATE' : same ? 'UNCHANGED' : 'UPDATE';
    return rows.map((row) => {
      const whole = row === last && !same ? { tier: { ...tier, baseVersion: known?.latest ?? 0 } } : {};
      return refusedOf(row) ?? { record: row.record.record, outcome, ...whole };
    });
  } catch (error) {
    return rows.map((row) =>
      row === last
        ? invalidRow(row.record, error, 'tier')
        : (refusedOf(row) ?? leftOut(row, last.record.record)),
    );
  }
};

const NO_TERMS = { commitments: [], channels: [], features: [] };

const repeated = (row: MatrixRow, first: MatrixRow, { places }: SheetLayout): StagedRow => {
  const text = ({ cells }: MatrixRow) => canonicalJson([...places.keys()].map((field) => cells(field)));
  const priority = row.cells('priority') ?? '';
  const of = first.record.record;
  if (text(row) === text(first))
    return refusedRow(row.record, 'DUPLICATE', `Record ${of} already promises the same for ${priority}.`, {
      duplicateOf: of,
    });
  const message = `Record ${of} promises something else for ${priority} of ${row.tier}. Keep one of the two.`;
  return refusedRow(row.record, 'INVALID', message, { field: 'priority', duplicateOf: of });
};

const leftOut = ({ record, tier }: MatrixRow, spoilt: number): StagedRow =>
  refusedRow(record, 'INVALID', `Record ${spoilt} keeps the whole tier ${tier} out. Correct it first.`, {
    field: 'tier',
  });
