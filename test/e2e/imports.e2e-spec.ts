import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { startApp, type App } from '../support/app.js';
import type {
  Connection,
  Customer,
  Import,
  ImportPayload,
  ImportRow,
  LookupResult,
  Matrix,
  SlaException,
} from '../support/answers.js';
import { eventually } from '../support/eventually.js';
import type { Variables } from '../support/http-client.js';
import { newOrganization, type Organization } from '../support/new-organization.js';
import { testData } from '../support/sheets.js';

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const rowsOf = `query ($id: ID!, $outcome: RowOutcome, $first: Int, $after: String) { import(id: $id) {
  rows(outcome: $outcome, first: $first, after: $after) {
    nodes { record outcome customerId contractId field message duplicateOf exception }
    pageInfo { hasNextPage endCursor } totalCount } } }`;

const rows = async (
  { viewer }: Organization,
  id: string,
  more: Variables = {},
): Promise<Connection<ImportRow>> => {
  const { data } = await app.http.gql<{ import: Import }>(viewer.token, rowsOf, { id, ...more });
  return data!.import.rows;
};

const proposed = async ({ member }: Organization, csv: string, more: Variables = {}): Promise<Import> => {
  const answer = await member.mutate<ImportPayload>('importReference', { input: { csv, ...more } });
  expect(answer.userErrors).toEqual([]);
  return answer.import!;
};

const applied = async ({ admin, viewer }: Organization, { id, change }: Import): Promise<Import> => {
  await admin.approve(change);
  const done = await eventually(async () => {
    await app.caughtUp();
    const now = await viewer.query<Import>('import', { id });
    expect(now.status).toBe('APPLIED');
    return now;
  }, 20_000);
  // Read models go on one by one: that of the imports may be the first.
  await app.caughtUp();
  return done;
};

const brought = async (organization: Organization, csv: string): Promise<Import> =>
  applied(organization, await proposed(organization, csv));

const sheet = (name: string): string => testData(name).toString('utf8');
const records = (name: string): Record<string, string>[] =>
  parse<Record<string, string>>(sheet(name), { columns: true, bom: true });

describe('a matrix sheet', () => {
  it('holds the support tiers, every cell of them', async () => {
    const organization = await newOrganization(app);
    const done = await brought(organization, sheet('support-tiers.matrix.csv'));
    expect(done).toMatchObject({ total: 12, applied: 12, skipped: 0 });
    const { tiers, lint } = await organization.viewer.query<Matrix>('matrix');
    expect(tiers.map(({ key }) => key)).toEqual(['enterprise', 'growth', 'startup']);
    for (const row of records('support-tiers.matrix.csv')) {
      const tier = tiers.find(({ key }) => key === row['tier'])!;
      expect([tier.name, String(tier.rank)]).toEqual([row['tier_name'], row['rank']]);
      const cell = tier.terms.commitments.find(({ priority }) => priority === row['priority']);
      const promised = (text?: string) => (!text || text === 'N/A' ? null : text);
      expect(cell).toMatchObject({
        firstResponse: promised(row['first_response']),
        resolution: promised(row['resolution']),
        coverage: row['coverage'],
      });
    }
    expect(lint.filter(({ code }) => code.includes('INVER') || code.includes('SLOWER'))).toEqual([]);
  });

  it('is warned about where High is promised faster than Critical', async () => {
    const organization = await newOrganization(app);
    await brought(organization, sheet('playbook.matrix.csv'));
    const { tiers, lint } = await organization.viewer.query<Matrix>('matrix');
    expect(tiers).toHaveLength(3);
    const starter = lint.filter(({ tier }) => tier === 'starter').map(({ message }) => message);
    expect(starter.join('\n')).toMatch(/CRITICAL[^\n]*HIGH|HIGH[^\n]*CRITICAL/);
    for (const row of records('playbook.matrix.csv')) {
      const tier = tiers.find(({ key }) => key === row['tier'])!;
      expect(String(tier.terms.achievementPercent)).toBe(row['achievement_percent']);
    }
  });
});

describe('a reference sheet', () => {
  const withMatrix = async (): Promise<Organization> => {
    const organization = await newOrganization(app);
    await brought(organization, sheet('support-tiers.matrix.csv'));
    return organization;
  };

  it('brings every customer to the right answer, and a second time changes nothing', async () => {
    const organization = await withMatrix();
    const pending = await proposed(organization, sheet('reference-clean.csv'));
    expect(pending).toMatchObject({ status: 'READY', total: 30, applied: 0, counts: { CREATE: 30 } });
    const nobody = await organization.viewer.lookup({ customerId: 'CUST-1001' });
    expect(nobody.__typename).toBe('UnknownCustomer');
    await applied(organization, pending);
    const reference = records('reference-clean.csv');
    const now = await organization.viewer.query<LookupResult[]>('lookupMany', {
      inputs: reference.map((row) => ({ customerId: row['customer_id'] })),
    });
    expect(reference).toHaveLength(30);
    for (const [place, row] of reference.entries()) {
      const over = row['ends_on'] !== '' && row['ends_on']! < new Date().toISOString().slice(0, 10);
      const begun = row['starts_on']! <= new Date().toISOString().slice(0, 10);
      expect(now[place]).toMatchObject(
        begun && !over
          ? { __typename: 'BindingSla', tier: row['contract_tier'], contractId: row['contract_id'] }
          : { __typename: 'SlaException', kind: 'NO_ACTIVE_CONTRACT' },
      );
      const customer = await organization.viewer.query<Customer>('customer', { id: row['customer_id'] });
      expect(customer).toMatchObject({ name: row['customer_name'], mappedTier: row['mapped_tier'] });
      expect(customer.contracts[0]).toMatchObject({ startsOn: row['starts_on'], csmEmail: row['csm_email'] });
    }

    const again = await proposed(organization, sheet('reference-clean.csv'));
    expect(again).toMatchObject({ counts: { UNCHANGED: 30 } });
    const events: string[] = [];
    const before = await app.head();
    await applied(organization, again);
    for await (const { type } of app.core.events.readAll({ after: before })) events.push(type);
    expect(events.filter((type) => type === 'ImportRowApplied')).toEqual([]);
  });

  interface Expected {
    readonly columns: Readonly<Record<string, string>>;
    readonly records: { record: number; outcome: string; of?: number; field?: string; exception?: string }[];
  }

  it('as people really send it has the outcome expected of every record, and the exceptions afterwards', async () => {
    const organization = await withMatrix();
    const expected = JSON.parse(sheet('reference-messy.expected.json')) as Expected;
    const pending = await proposed(organization, sheet('reference-messy.csv'));
    expect(pending.columns).toEqual(expected.columns);
    const { nodes } = await rows(organization, pending.id, { first: 200 });
    expect(
      nodes.map(({ record, outcome, duplicateOf, field }) => [record, outcome, duplicateOf, field]),
    ).toEqual(
      expected.records.map(({ record, outcome, of, field }) => [
        record,
        outcome.toUpperCase(),
        of ?? null,
        field ?? null,
      ]),
    );
    expect(
      nodes.filter(({ outcome, message }) => outcome === 'INVALID' && !message?.includes('line')),
    ).toEqual([]);
    await applied(organization, pending);
    const list = await organization.viewer.query<Connection<SlaException>>('exceptions', { first: 200 });
    for (const { customerId, exception } of nodes.filter((row) => row.exception !== null)) {
      const found = list.nodes.find((entry) => entry.customerId === customerId);
      expect([customerId, found?.kind]).toEqual([customerId, exception]);
    }
    const invalid = nodes.find(({ record }) => record === 4)!;
    expect(await organization.viewer.query('customer', { id: invalid.customerId ?? 'CUST-1003' })).toBeNull();
  });

  it('is reported row by row, a page at a time, by outcome', async () => {
    const organization = await withMatrix();
    const { id } = await proposed(organization, sheet('reference-messy.csv'));
    const seen: number[] = [];
    let after: string | null = null;
    do {
      const page: Connection<ImportRow> = await rows(organization, id, { first: 3, after });
      seen.push(...page.nodes.map(({ record }) => record));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    const whole = await rows(organization, id, { first: 200 });
    expect(seen).toEqual(whole.nodes.map(({ record }) => record));
    expect(whole.totalCount).toBe(seen.length);
    const invalid = await rows(organization, id, { outcome: 'INVALID' });
    expect(invalid.nodes).toEqual(whole.nodes.filter(({ outcome }) => outcome === 'INVALID'));
    expect(invalid.totalCount).toBe(invalid.nodes.length);
  });

  it('is read as its columns are said to mean', async () => {
    const organization = await withMatrix();
    const csv = 'who;id;plan;since\nC-1;K-1;growth;03/04/2026\n';
    const columns = { who: 'customerId', id: 'contractId', plan: 'contractTier', since: 'startsOn' };
    const pending = await proposed(organization, csv, { columns, dateOrder: 'month-first' });
    expect(pending.columns).toEqual(columns);
    await applied(organization, pending);
    const { contracts } = await organization.viewer.query<Customer>('customer', { id: 'C-1' });
    expect(contracts).toMatchObject([{ id: 'K-1', tier: 'growth', startsOn: '2026-03-04' }]);
  });

  it('is taken by REST as a stream, and reads the same', async () => {
    const organization = await withMatrix();
    const header = 'customer_id,customer_name,mapped_tier\n';
    let sentRows = 0;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        if (sentRows === 0) controller.enqueue(Buffer.from(header));
        const chunk = Array.from({ length: 100 }, () => `R-${sentRows++},Company,growth\n`).join('');
        controller.enqueue(Buffer.from(chunk));
        if (sentRows >= 2000) controller.close();
      },
    });
    const { status, json } = await organization.member.rest<{ id: string }>('/v1/import/reference', {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body,
      duplex: 'half',
    });
    expect(status).toBe(202);
    const read = await eventually(async () => {
      const found = await organization.viewer.query<Import>('import', { id: json!.id });
      expect(found).toMatchObject({ status: 'READY', counts: { CREATE: 2000 } });
      return found;
    }, 20_000);
    await applied(organization, read);
    const customers = await organization.viewer.query<Connection<unknown>>('customers', { first: 1 });
    expect(customers.totalCount).toBe(2000);
  });

  it('proposed twice names the first', async () => {
    const organization = await withMatrix();
    const first = await proposed(organization, sheet('reference-clean.csv'));
    const { userErrors } = await organization.member.mutate<ImportPayload>('importReference', {
      input: { csv: sheet('reference-clean.csv') },
    });
    expect(userErrors).toMatchObject([{ code: 'DUPLICATE', existingId: first.change.id }]);
  });

  it('leaves alone what has changed since it was analysed, and says so', async () => {
    const organization = await withMatrix();
    const csv = 'customer_id,mapped_tier\nC-1,growth\nC-2,growth\n';
    const pending = await proposed(organization, csv);
    await organization.live('remapCustomer', { customerId: 'C-2', toTier: 'enterprise' });
    expect(await applied(organization, pending)).toMatchObject({ applied: 2, skipped: 1 });
    expect(await organization.viewer.query<Customer>('customer', { id: 'c-2' })).toMatchObject({
      mappedTier: 'enterprise',
    });
  });
});
