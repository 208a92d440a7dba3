import { afterEach, describe, expect, it } from '@jest/globals';
import type { TierTermsContent } from '../../src/domain/change/content.js';
import { CUSTOMERS } from '../../src/application/read-models/customers.read-model.js';
import { documentKey } from '../../src/application/read-models/document-key.js';
import { openHouse, type House } from '../support/import-house.js';
import { testData } from '../support/sheets.js';

let house: House;
afterEach(() => house.close());

const approvedImport = async (csv: string | Uint8Array) => {
  const { importId, changeId } = await house.bring(csv);
  await house.approve(importId, changeId);
  return { importId, document: await house.applied(importId) };
};

const openedHouse = async () => {
  house = await openHouse();
  await house.createOrganization();
  house.worker.start();
};

const withMatrix = async () => {
  await openedHouse();
  await approvedImport(testData('support-tiers.matrix.csv'));
};

describe('a reference sheet', () => {
  it('is analysed, approved, applied; and the second time changes nothing', async () => {
    await withMatrix();
    const sheet = testData('reference-clean.csv');
    const { importId, changeId } = await house.bring(sheet);
    expect(await house.importOf(importId)).toMatchObject({
      status: 'READY',
      total: 30,
      applied: 0,
      counts: { CREATE: 30 },
    });
    expect((await house.rowsOf(importId)).filter(({ exception }) => exception !== undefined)).toEqual([]);

    await house.approve(importId, changeId);
    expect(await house.applied(importId)).toMatchObject({ total: 30, applied: 30, skipped: 0 });
    const customer = await house.reads.get(CUSTOMERS, documentKey('acme', 'cust-1005'));
    expect(customer).toMatchObject({
      customerId: 'CUST-1005',
      name: 'Tailspin Toys',
      mappings: [{ number: 1, tier: 'enterprise', changeId }],
      contracts: [
        {
          contractId: 'CTR-2026-105',
          versions: [{ number: 1, startsOn: '2026-05-01', endsOn: '2027-05-28' }],
        },
      ],
    });

    const head = await house.log.head();
    const again = await approvedImport(sheet);
    expect(again.document.counts).toEqual({ UNCHANGED: 30 });
    const types = [];
    for await (const event of house.log.readAll({ after: head })) types.push(event.type);
    expect(types).not.toContain('ImportRowApplied');
    expect(await house.sheets.names()).toEqual([]);
    expect(house.errors).toEqual([]);
  });

  it('says what differs from what is known', async () => {
    await withMatrix();
    await approvedImport(testData('reference-clean.csv'));
    const changed = testData('reference-clean.csv')
      .toString()
      .replace('startup,startup,2026-02-01', 'startup,growth,2026-02-01')
      .replace('2027-03-28', '2027-06-30')
      .replace('CUST-1004,Litware', 'CUST-1004,Litware AG')
      .replace('30000,USD,csm2@example.test,80', '"30,000.00",usd,csm2@example.test,80')
      .replace('CTR-2026-109', 'CTR-2026-110')
      .concat('CUST-2000,New,CTR-2026-200,growth,growth,2026-01-01,,,,,\n');
    const { importId, document } = await approvedImport(changed);
    const outcomes = Object.fromEntries(
      (await house.rowsOf(importId)).map(({ customerId, outcome }) => [customerId, outcome]),
    );
    expect(outcomes).toMatchObject({
      'CUST-1001': 'UNCHANGED',
      'CUST-1002': 'REMAP',
      'CUST-1003': 'UPDATE',
      'CUST-1004': 'UPDATE',
      'CUST-1008': 'UNCHANGED',
      'CUST-1009': 'DUPLICATE',
      'CUST-2000': 'CREATE',
    });
    expect((await house.rowsOf(importId))[1]).toMatchObject({ exception: 'TIER_MISMATCH' });
    expect(document).toMatchObject({ applied: 31, skipped: 0 });
    const customer = await house.reads.get(CUSTOMERS, documentKey('acme', 'cust-1003'));
    expect(customer?.contracts[0]?.versions.map(({ number, endsOn }) => [number, endsOn])).toEqual([
      [1, '2027-03-28'],
      [2, '2027-06-30'],
    ]);
  });

  it('leaves alone what has changed since it was analysed, and says so', async () => {
    await withMatrix();
    await approvedImport(testData('reference-clean.csv'));
    const sheet = testData('reference-clean.csv').toString();
    const late = await house.bring(
      sheet.replace('startup,startup,2026-02-01', 'startup,enterprise,2026-02-01'),
    );
    await approvedImport(sheet.replace('startup,startup,2026-02-01', 'startup,growth,2026-02-01'));
    await house.approve(late.importId, late.changeId);
    expect(await house.applied(late.importId)).toMatchObject({ applied: 30, skipped: 1 });
    const customer = await house.reads.get(CUSTOMERS, documentKey('acme', 'cust-1002'));
    expect(customer?.mappings.map(({ tier }) => tier)).toEqual(['startup', 'growth']);
  });

  it('is refused while the same sheet is open, naming that; and repeated with its key is the same import', async () => {
    await withMatrix();
    const sheet = testData('reference-messy.csv');
    const first = await house.bring(sheet, { idempotencyKey: 'k' });
    const repeat = await house.bring(sheet, { idempotencyKey: 'k' });
    expect({ ...repeat, position: null }).toEqual({ ...first, position: null });
    await expect(house.bring(sheet)).rejects.toMatchObject({ code: 'DUPLICATE', existingId: first.changeId });
    await expect(
      house.bring('customer_id,mapped_tier\nA,growth\n', { idempotencyKey: 'k' }),
    ).rejects.toMatchObject({
      code: 'IDEMPOTENCY_MISMATCH',
    });
    expect(await house.sheets.names()).toEqual([]);
    expect(await house.importOf(first.importId)).toMatchObject({
      counts: { CREATE: 7, DUPLICATE: 2, INVALID: 3 },
      columns: { 'Kunde Nr.': 'customerId' },
    });
  });

  it('writes nothing when the headings cannot be told', async () => {
    await openedHouse();
    const head = await house.log.head();
    await expect(house.bring('a,b\n1,2\n')).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      path: ['columns'],
    });
    await expect(house.bring('customer_id,tier\n')).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      path: ['csv'],
    });
    expect(await house.log.head()).toBe(head);
    expect(await house.sheets.names()).toEqual([]);
  });
});

describe('a matrix sheet', () => {
  it.each([
    ['support-tiers.matrix.csv', ['startup', 'growth', 'enterprise']],
    ['playbook.matrix.csv', ['starter', 'professional', 'enterprise']],
  ])('%s becomes tiers that say what its cells say', async (name, keys) => {
    await openedHouse();
    const sheet = testData(name);
    const { importId, document } = await approvedImport(sheet);
    expect(document.counts).toEqual({ CREATE: 12 });
    const tiers = (await house.rowsOf(importId)).flatMap(({ tier }) => tier ?? []);
    expect(tiers.map(({ key }) => key)).toEqual(keys);
    const [headings = [], ...records] = sheet
      .toString()
      .trim()
      .split('\n')
      .map((line) => line.split(','));
    for (const record of records) {
      const cell = (heading: string) => record[headings.indexOf(heading)] ?? '';
      expect(
        asCells(
          tiers.find(({ key }) => key === cell('tier'))!,
          cell('priority'),
        ),
      ).toEqual({
        rank: cell('rank'),
        first_response: cell('first_response'),
        resolution: cell('resolution'),
        coverage: cell('coverage'),
        channels: cell('channels'),
        uptime_percent: cell('uptime_percent'),
        achievement_percent: cell('achievement_percent'),
        credit_percent_per_breach: cell('credit_percent_per_breach'),
        credit_monthly_cap_percent: cell('credit_monthly_cap_percent'),
      });
    }
    expect((await approvedImport(sheet)).document.counts).toEqual({ UNCHANGED: 12 });
  });
});

/** A tier's promise for one priority, in the sheet's own cells. */
const asCells = ({ rank, terms }: TierTermsContent, priority: string) => {
  const commitment = terms.commitments.find((other) => other.priority === priority)!;
  const text = (value: number | null | undefined) =>
    value === null || value === undefined ? '' : String(value);
  return {
    rank: String(rank),
    first_response: commitment.firstResponse ?? 'N/A',
    resolution: commitment.resolution ?? 'N/A',
    coverage: commitment.coverage,
    channels: terms.channels
      .filter(({ priorities }) => !priorities || priorities.includes(priority))
      .map(({ channel }) => channel)
      .join('|'),
    uptime_percent: text(terms.uptimePercent),
    achievement_percent: text(terms.achievementPercent),
    credit_percent_per_breach: text(terms.credits?.percentPerBreach),
    credit_monthly_cap_percent: text(terms.credits?.monthlyCapPercent),
  };
};
