import { describe, expect, it } from '@jest/globals';
import { factsWith, layoutOf, readSheet, testData } from '../support/sheets.js';
import { Claims } from '../../src/domain/import/reference-facts.js';
import { analyseReferenceRow } from '../../src/domain/import/reference-row.js';

interface Expected {
  readonly columns: Record<string, string>;
  readonly dateOrder: string;
  readonly records: { record: number; outcome: string; of?: number; field?: string; exception?: string }[];
}

const analyse = async (name: string) => {
  const { headings, records } = await readSheet(testData(name));
  const layout = layoutOf(headings, records);
  const claims = new Claims();
  const facts = factsWith();
  return { layout, rows: records.map((record) => analyseReferenceRow(record, layout, facts, claims)) };
};

describe('a sheet as people really send it', () => {
  const expected = JSON.parse(testData('reference-messy.expected.json').toString()) as Expected;

  it('has its columns and dates recognised', async () => {
    const { layout } = await analyse('reference-messy.csv');
    expect(layout.columns).toEqual(expected.columns);
    expect(layout.dateOrder).toBe(expected.dateOrder);
  });

  it.each(expected.records)(
    'has record $record: $outcome',
    async ({ record, outcome, of, field, exception }) => {
      const { rows } = await analyse('reference-messy.csv');
      const row = rows[record - 1]!;
      expect({
        record: row.record,
        outcome: row.outcome.toLowerCase(),
        of: row.duplicateOf,
        field: row.field,
        exception: row.exception,
      }).toEqual({ record, outcome, of, field, exception });
    },
  );

  it('says why, with the line to look at', async () => {
    const { rows } = await analyse('reference-messy.csv');
    expect(rows[3]?.message).toBe(
      '"31.02.2026" is not a real date: 31 February 2026 does not exist. (line 5)',
    );
    expect(rows[10]?.message).toContain('ends before it starts');
    expect(rows[10]?.message).toContain('(line 13)');
  });

  it('keeps a formula as text, and reads amounts and dates as they were meant', async () => {
    const { rows } = await analyse('reference-messy.csv');
    expect(rows[4]?.mapping?.customerName).toBe('=HYPERLINK("http://example.test";"x")');
    expect(rows[2]?.contract).toMatchObject({
      tier: 'enterprise',
      annualValue: '150000.00',
      startsOn: '2026-02-01',
    });
  });
});

it('creates every customer of a clean sheet', async () => {
  const { rows } = await analyse('reference-clean.csv');
  expect(rows).toHaveLength(30);
  expect(rows.every(({ outcome, exception }) => outcome === 'CREATE' && exception === undefined)).toBe(true);
});
