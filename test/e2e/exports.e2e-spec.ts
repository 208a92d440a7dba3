import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EXPORTS } from '../../src/application/export/exporter.js';
import type { Import, ImportPayload } from '../support/answers.js';
import { startApp, type App } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { keyHolder, newOrganization, type Organization } from '../support/new-organization.js';
import { contract, policy, tier, withTiers } from '../support/samples.js';

/** The audit log is for auditors: see there. */
const FOR_READERS = EXPORTS.filter((what) => what !== 'audit');

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const imported = async ({ member, admin, viewer }: Organization, csv: string): Promise<void> => {
  const payload = await member.mutate<ImportPayload>('importReference', { input: { csv } });
  expect(payload.userErrors).toEqual([]);
  const { id, change } = payload.import!;
  await admin.approve(change);
  await eventually(async () => {
    const { applied, total } = await viewer.query<Import>('import', { id });
    expect(applied).toBe(total);
  }, 60_000);
  await app.caughtUp();
};

const recordsOf = async ({ viewer }: Organization, what: string, query = ''): Promise<readonly string[]> => {
  const { status, text } = await viewer.rest(`/v1/export/${what}.csv${query}`);
  expect({ status, text }).toMatchObject({ status: 200 });
  return text.split('\r\n').slice(1, -1);
};

describe('an export', () => {
  it('is a CSV file to keep, with its headings also when it is empty', async () => {
    const { viewer } = await newOrganization(app);
    const { status, headers, text } = await viewer.rest('/v1/export/customers.csv');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(headers.get('content-disposition')).toBe('attachment; filename="customers.csv"');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(text).toBe(
      'customer_id,customer_name,contract_id,contract_tier,mapped_tier,starts_on,ends_on,annual_value,currency,csm_email,seats\r\n',
    );
  });

  it('is for those who may read', async () => {
    const organization = await newOrganization(app);
    const reader = await keyHolder(app, organization, 'lookup:read');
    const writer = await keyHolder(app, organization, 'tickets:write');
    for (const what of FOR_READERS) {
      const path = `/v1/export/${what}.csv`;
      expect((await app.http.rest(null, path)).status).toBe(401);
      expect((await reader.rest(path)).status).toBe(200);
      expect((await writer.rest(path)).json).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    }
  });

  it.each([
    ['knwonAt=2026-01-01', 'knwonAt'],
    ['at=2026-02-31', 'at'],
    ['at=2026-01-01&at=2026-01-02', 'at'],
    ['atLeast=9000000', 'atLeast'],
  ])('refuses %s', async (query, field) => {
    const { viewer } = await newOrganization(app);
    const { json } = await viewer.rest(`/v1/export/matrix.csv?${query}`);
    expect(json).toMatchObject({ status: 400, code: 'INVALID_INPUT', path: [field] });
  });

  it("holds nothing of another organization's", async () => {
    const acme = await withTiers(await newOrganization(app));
    await imported(acme, 'customer_id,mapped_tier\nC-1,gold\n');
    const other = await newOrganization(app);
    for (const what of FOR_READERS) expect(await recordsOf(other, what)).toEqual([]);
  });

  it('keeps a spreadsheet from running what a customer is called', async () => {
    const acme = await withTiers(await newOrganization(app));
    await imported(
      acme,
      'customer_id,customer_name,mapped_tier\nC-1,"=HYPERLINK(""http://e.test"",""x"")",gold\n',
    );
    const [customer] = await recordsOf(acme, 'customers');
    expect(customer).toBe(`C-1,"'=HYPERLINK(""http://e.test"",""x"")",,,gold,,,,,,`);
    expect((await recordsOf(acme, 'exceptions'))[0]).toContain(`,"'=HYPERLINK(""http://e.test"",""x"")",`);
  });

  it('is as in force at one instant, and as known at another', async () => {
    const acme = await newOrganization(app);
    await acme.live('proposeApprovalPolicy', policy({ allowBackdating: true }));
    const before = app.core.clock.now();
    await acme.live('proposeTierTerms', {
      ...tier('gold'),
      effectiveFrom: '2026-03-01T00:00:00Z',
      reason: 'Agreed in February',
    });
    await app.caughtUp();
    expect(await recordsOf(acme, 'matrix')).toHaveLength(4);
    expect(await recordsOf(acme, 'matrix', '?at=2026-03-01')).toHaveLength(4);
    expect(await recordsOf(acme, 'matrix', '?at=2026-02-27')).toEqual([]);
    expect(await recordsOf(acme, 'matrix', `?knownAt=${before}`)).toEqual([]);
  });

  it('reads its own writes when asked to', async () => {
    const acme = await newOrganization(app);
    const change = await acme.member.done('proposeTierTerms', tier('gold'));
    const input = { changeId: change.id, revision: change.revision };
    const { position } = await acme.admin.change('approveChange', input);
    expect(await recordsOf(acme, 'matrix', `?atLeast=${position}`)).toHaveLength(4);
  });

  it('lists a customer with every contract, and leaves out whoever nothing was agreed with then', async () => {
    const acme = await withTiers(await newOrganization(app));
    await imported(acme, 'customer_id,customer_name,mapped_tier\nC-1,Contoso,gold\n');
    await acme.live('proposeContract', contract('A-1', 'C-1', 'gold'));
    await acme.live('proposeContract', contract('A-2', 'C-1', 'silver', { endsOn: '2026-12-31', seats: 5 }));
    await app.caughtUp();
    expect(await recordsOf(acme, 'customers')).toEqual([
      'C-1,Contoso,A-1,gold,gold,2026-01-01,,,,,',
      'C-1,,A-2,silver,,2026-01-01,2026-12-31,,,,5',
    ]);
    expect(await recordsOf(acme, 'customers', '?at=2026-01-01')).toEqual([]);
    const exceptions = await recordsOf(acme, 'exceptions');
    expect(exceptions).toHaveLength(1);
    expect(exceptions[0]).toMatch(/^AMBIGUOUS_CONTRACTS~[^,]+,AMBIGUOUS_CONTRACTS,OPEN,C-1,Contoso,gold,/);

    const other = await withTiers(await newOrganization(app));
    await imported(other, (await acme.viewer.rest('/v1/export/customers.csv')).text);
    expect(await recordsOf(other, 'customers')).toEqual(await recordsOf(acme, 'customers'));
  });

  it('goes on over every page of the store, in the order of ids', async () => {
    const acme = await withTiers(await newOrganization(app));
    const ids = Array.from({ length: 450 }, (_, i) => `C-${String(i).padStart(4, '0')}`);
    const lines = ids.map((id) => `${id},Customer ${id},A-${id},gold,silver,2026-01-01`);
    await imported(
      acme,
      ['customer_id,customer_name,contract_id,contract_tier,mapped_tier,starts_on', ...lines].join('\n'),
    );
    const customers = await recordsOf(acme, 'customers');
    expect(customers.map((record) => record.split(',')[0])).toEqual(ids);
    const exceptions = await recordsOf(acme, 'exceptions');
    expect(new Set(exceptions.map((record) => record.split(',')[3]))).toEqual(new Set(ids));
  }, 120_000);

  it('is cut off, not stretched out, when the caller goes away', async () => {
    const acme = await withTiers(await newOrganization(app));
    await imported(acme, 'customer_id,mapped_tier\nC-1,gold\n');
    const leaving = new AbortController();
    const answer = await fetch(`${app.url}/v1/export/customers.csv`, {
      headers: { authorization: `Bearer ${acme.viewer.token}` },
      signal: leaving.signal,
    });
    leaving.abort();
    await expect(answer.text()).rejects.toThrow();
    expect(await recordsOf(acme, 'customers')).toHaveLength(1);
  });
});
