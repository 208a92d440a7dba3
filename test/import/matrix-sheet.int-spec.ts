import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { analyseMatrixSheet } from '../../src/domain/import/matrix-sheet.js';
import { Claims } from '../../src/domain/import/reference-facts.js';
import { analyseReferenceRow } from '../../src/domain/import/reference-row.js';
import { factsWith, layoutOf, readSheet } from '../support/sheets.js';

const facts = {
  tier: () => undefined,
  hasTier: () => false,
  tierKeys: () => [],
  hasCoverage: (key: string) => key === '24x7',
  coverageKeys: () => ['24x7'],
};

const analyse = async (...records: string[]) => {
  const csv = [
    'tier,rank,priority,first_response,resolution,coverage,channels,uptime_percent',
    ...records,
  ].join('\n');
  const sheet = await readSheet(csv);
  return analyseMatrixSheet(sheet.records, layoutOf(sheet.headings, sheet.records), facts);
};

describe('records of a matrix', () => {
  it('make tiers, wherever they stand; the last of a tier carries it', async () => {
    const rows = await analyse(
      'gold,2,P0,1h,4h,24x7,email|phone@24x7,99.9',
      'silver,1,P0,2h,8h,24x7,email,',
      'GOLD,2,P1,2h,N/A,24x7,email,99.9',
    );
    expect(rows.map(({ outcome, tier }) => [outcome, tier?.key])).toEqual([
      ['CREATE', undefined],
      ['CREATE', 'silver'],
      ['CREATE', 'gold'],
    ]);
    expect(rows[2]?.tier?.terms).toMatchObject({
      commitments: [
        { priority: 'P0', resolution: '4h' },
        { priority: 'P1', resolution: null },
      ],
      channels: [{ channel: 'email' }, { channel: 'phone', coverage: '24x7', priorities: ['P0'] }],
      uptimePercent: 99.9,
    });
  });

  it.each([
    ['a bad duration', 'gold,2,P1,soon,4h,24x7,,', 'firstResponse'],
    ['an unknown coverage', 'gold,2,P1,1h,4h,nights,,', 'coverage'],
    ['no priority', 'gold,2,,1h,4h,24x7,,', 'priority'],
    ['another rank', 'gold,3,P1,1h,4h,24x7,,', 'rank'],
    ['another promise for the same priority', 'gold,2,p0,9h,4h,24x7,,', 'priority'],
    ['too much uptime', 'gold,2,P1,1h,4h,24x7,,101', 'uptimePercent'],
    ['too few cells', 'gold,2,P1', undefined],
  ])('%s keeps the whole tier out, and no other', async (_, bad, field) => {
    const rows = await analyse('gold,2,P0,1h,4h,24x7,,', bad, 'silver,1,P0,2h,8h,24x7,,');
    expect(rows.map(({ outcome }) => outcome)).toEqual(['INVALID', 'INVALID', 'CREATE']);
    expect(rows[1]?.field).toBe(field);
    expect(rows[0]?.message).toContain('Record 2 keeps the whole tier gold out');
  });

  it('said twice alike are said once', async () => {
    const rows = await analyse('gold,2,P0,1h,4h,24x7,,', 'gold,2,P0,1h,4h,24x7,,');
    expect(rows).toMatchObject([
      { outcome: 'CREATE', tier: { key: 'gold' } },
      { outcome: 'DUPLICATE', duplicateOf: 1 },
    ]);
  });

  it('need a rank for a new tier', async () => {
    expect(await analyse('gold,,P0,1h,4h,24x7,,')).toMatchObject([{ outcome: 'INVALID', field: 'rank' }]);
  });
});

it('the demo has thirty customers, one of them mapped to another tier than its contract', async () => {
  const demo = readFileSync(join(import.meta.dirname, '../../demo/reference.csv'));
  const { headings, records } = await readSheet(demo);
  for (const now of ['2026-06-15T00:00:00.000Z', '2028-12-30T00:00:00.000Z']) {
    const claims = new Claims();
    const layout = layoutOf(headings, records);
    const rows = records.map((record) =>
      analyseReferenceRow(record, layout, { ...factsWith(), now }, claims),
    );
    expect(rows.map(({ outcome }) => outcome)).toEqual(Array(30).fill('CREATE'));
    expect(rows.flatMap(({ exception }) => exception ?? [])).toEqual(['TIER_MISMATCH']);
  }
});
