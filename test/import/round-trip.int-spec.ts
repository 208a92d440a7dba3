import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { csvFile } from '../../src/application/sheet/csv-writer.js';
import type { ContractContent, TierTermsContent } from '../../src/domain/change/content.js';
import {
  CUSTOMER_HEADINGS,
  MATRIX_HEADINGS,
  customerRows,
  matrixRows,
} from '../../src/domain/import/export-rows.js';
import { analyseMatrixSheet } from '../../src/domain/import/matrix-sheet.js';
import { sameTierTerms } from '../../src/domain/import/matrix-terms.js';
import { Claims } from '../../src/domain/import/reference-facts.js';
import { analyseReferenceRow } from '../../src/domain/import/reference-row.js';
import { factsWith, layoutOf, readSheet } from '../support/sheets.js';

const written = async (headings: readonly string[], rows: Parameters<typeof csvFile>[1]): Promise<string> => {
  let text = '';
  for await (const piece of csvFile(headings, rows)) text += piece;
  return text;
};

/** Texts that a sheet has to carry unharmed: quotes, delimiters, formulas, guards, other scripts. */
const text = fc
  .string({
    unit: fc.constantFrom('"', ',', ';', '=', '+', '-', '@', "'", '|', 'é', '日', 'a', 'B', ' '),
    minLength: 1,
    maxLength: 12,
  })
  .map((value) => value.trim().replace(/\s+/g, ' '))
  .filter((value) => value !== '');

const duration = fc.constantFrom('30m', '8 hours', '1 business day', 'PT4H', null);

const tier: fc.Arbitrary<TierTermsContent> = fc
  .record({
    name: text,
    rank: fc.nat(1000),
    uptimePercent: fc.option(
      fc.nat(100_000).map((value) => value / 1000),
      { nil: undefined },
    ),
    features: fc.array(text, { maxLength: 3 }),
    notes: fc.option(text, { nil: undefined }),
    commitments: fc.array(
      fc.record({ firstResponse: duration, nextUpdate: duration, resolution: duration }),
      {
        minLength: 1,
        maxLength: 4,
      },
    ),
    channels: fc.uniqueArray(fc.constantFrom('email', 'phone', 'slack'), { maxLength: 3 }),
    priorities: fc.nat(3),
  })
  .map(({ name, rank, uptimePercent, features, notes, commitments, channels, priorities }) => ({
    key: 'gold',
    name,
    rank,
    terms: {
      commitments: commitments.map((commitment, i) => ({
        priority: `P${i}`,
        ...commitment,
        coverage: '24x7',
      })),
      channels: channels.map((channel, i) => ({
        channel,
        ...(i === 0 && {
          priorities: [`P${Math.min(priorities, commitments.length - 1)}`],
          coverage: '24x7',
        }),
      })),
      uptimePercent,
      features,
      notes,
    },
  }));

describe('an export imports back', () => {
  it('to the same customer and contract', () =>
    fc.assert(
      fc.asyncProperty(
        text,
        text,
        text,
        fc.nat(9_999_999),
        fc.boolean(),
        async (id, name, contractId, cents, open) => {
          const contract: ContractContent = {
            contractId,
            customerId: id,
            tier: 'growth',
            startsOn: '2026-01-02',
            ...(open ? {} : { endsOn: '2027-03-04' }),
            annualValue: (cents / 1000).toFixed(3),
            currency: 'EUR',
            csmEmail: 'csm@example.test',
            seats: 12,
          };
          const rows = customerRows({ customerId: id, name, mappedTier: 'growth', contracts: [contract] });
          const { headings, records } = await readSheet(await written(CUSTOMER_HEADINGS, rows));
          const [row] = records.map((record) =>
            analyseReferenceRow(record, layoutOf(headings, records), factsWith(), new Claims()),
          );
          expect(row).toMatchObject({
            outcome: 'CREATE',
            mapping: { customerId: id, customerName: name, toTier: 'growth' },
            contract: { ...contract, annualValue: expect.anything() },
          });
          expect(Number(row?.contract?.annualValue)).toBe(Number(contract.annualValue));
        },
      ),
      { numRuns: 60 },
    ));

  it('to the same tier', () =>
    fc.assert(
      fc.asyncProperty(tier, async (content) => {
        const { headings, records } = await readSheet(await written(MATRIX_HEADINGS, matrixRows(content)));
        const rows = analyseMatrixSheet(records, layoutOf(headings, records), {
          tier: () => undefined,
          hasTier: () => false,
          tierKeys: () => [],
          hasCoverage: () => true,
          coverageKeys: () => ['24x7'],
        });
        const { baseVersion, ...read } = rows.at(-1)!.tier!;
        expect(baseVersion).toBe(0);
        expect(sameTierTerms(read, content)).toBe(true);
      }),
      { numRuns: 60 },
    ));
});
