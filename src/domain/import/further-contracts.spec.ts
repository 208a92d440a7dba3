import { describe, expect, it } from '@jest/globals';
import { factsWith, layoutOf } from '../../../test/support/sheets.js';
import { Claims } from './reference-facts.js';
import { analyseReferenceRow } from './reference-row.js';

const HEADINGS = ['customer_id', 'customer_name', 'contract_id', 'contract_tier', 'mapped_tier', 'starts_on'];
const START = '2026-01-01';

const outcomesOf = (...cells: readonly (readonly string[])[]) => {
  const records = cells.map((row, index) => ({ record: index + 1, line: index + 2, cells: row }));
  const claims = new Claims();
  const layout = layoutOf(HEADINGS, records);
  return records.map((record) => analyseReferenceRow(record, layout, factsWith(), claims));
};

describe('a customer with several contracts in one sheet', () => {
  const first = ['C-1', 'Contoso', 'A-1', 'growth', 'growth', START];

  it('has the further ones in records that say nothing of the customer', () => {
    const [, second, third] = outcomesOf(
      first,
      ['c-1', '', 'A-2', 'startup', '', START],
      ['C-1', '', 'A-3', 'growth', '', START],
    );
    expect(second).toMatchObject({ outcome: 'UPDATE', contract: { contractId: 'A-2', tier: 'startup' } });
    expect(second).not.toHaveProperty('mapping');
    expect(third).toMatchObject({ outcome: 'UPDATE', contract: { contractId: 'A-3' } });
  });

  it.each([
    ['names the customer again', ['C-1', 'Contoso', 'A-2', 'growth', '', START]],
    ['maps the customer again', ['C-1', '', 'A-2', 'growth', 'growth', START]],
    ['repeats the contract', ['C-1', '', 'a-1', 'growth', '', START]],
    ['has nothing to add', ['C-1', '', '', '', '', '']],
  ])('is a duplicate when a record %s', (_, again) =>
    expect(outcomesOf(first, again)[1]).toMatchObject({ outcome: 'DUPLICATE', duplicateOf: 1 }),
  );

  it('keeps naming the first record as the one that spoke for the customer', () => {
    const rows = outcomesOf(first, ['C-1', '', 'A-2', 'growth', '', START], first);
    expect(rows[2]).toMatchObject({ outcome: 'DUPLICATE', duplicateOf: 1 });
  });
});
