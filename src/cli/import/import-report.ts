import type { RowOutcome, StagedRow } from '../../domain/import/import.events.js';

/** Problems listed; whoever has more of them mends the sheet first. */
const MOST_SHOWN = 10;

/** What is to be said of a sheet's records, gathered without keeping them. */
export class ImportReport {
  total = 0;
  readonly counts: Partial<Record<RowOutcome, number>> = {};
  /** Records that nothing will come of; the first few. */
  readonly problems: StagedRow[] = [];
  /** Records that open an exception once they are applied. */
  exceptions = 0;
  private refused = 0;

  add(row: StagedRow): void {
    this.total++;
    this.counts[row.outcome] = (this.counts[row.outcome] ?? 0) + 1;
    if (row.exception !== undefined) this.exceptions++;
    if (row.outcome !== 'INVALID' && row.outcome !== 'DUPLICATE') return;
    this.refused++;
    if (this.problems.length < MOST_SHOWN) this.problems.push(row);
  }

  toJSON() {
    const { total, counts, exceptions, problems } = this;
    const shown = problems.map(({ mapping: _, contract: __, tier: ___, ...problem }) => problem);
    return { total, counts, exceptions, problems: shown };
  }

  text(): string {
    const counted = ORDER.flatMap((outcome) => {
      const count = this.counts[outcome];
      return count === undefined ? [] : [`${count} ${WORDS[outcome]}`];
    });
    const { total, exceptions, refused, problems } = this;
    return [
      `${total} ${total === 1 ? 'record' : 'records'}: ${counted.join(', ')}.`,
      ...(exceptions > 0 ? [`${exceptions} of them would open an exception.`] : []),
      ...problems.map(({ record, outcome, field, message }) =>
        `  record ${record} ${WORDS[outcome]}${field === undefined ? '' : `, ${field}`}: ${message ?? ''}`.trimEnd(),
      ),
      ...(refused > problems.length ? [`  … and ${refused - problems.length} more.`] : []),
    ].join('\n');
  }
}

const ORDER: readonly RowOutcome[] = ['CREATE', 'REMAP', 'UPDATE', 'UNCHANGED', 'DUPLICATE', 'INVALID'];
const WORDS: Readonly<Record<RowOutcome, string>> = {
  CREATE: 'new',
  REMAP: 'remapped',
  UPDATE: 'updated',
  UNCHANGED: 'unchanged',
  DUPLICATE: 'duplicate',
  INVALID: 'invalid',
};
