import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type App } from '../support/app.js';
import type { BindingSla } from '../support/answers.js';
import type { RestAnswer } from '../support/http-client.js';
import { newOrganization } from '../support/new-organization.js';
import { contract, tier, withCustomer, withTiers } from '../support/samples.js';

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const CUSTOMER = '/v1/lookup?customerId=CUST-1';
const CONTRACT = '/v1/lookup?contractId=CTR-CUST-1&priority=P0';

const furnished = async () => {
  const organization = await withTiers(await newOrganization(app));
  await withCustomer(organization, 'CUST-1', 'gold');
  return organization;
};

/** The answer without what differs from one to the next. */
const settled = ({ status, headers, json }: RestAnswer) => {
  const { at, knownAt, ...answer } = json as unknown as BindingSla & { at: string; knownAt: string };
  const names = [...headers].filter(([name]) => !['date', 'x-correlation-id'].includes(name));
  expect(headers.get('x-correlation-id')).toBeTruthy();
  expect(at).toBe(knownAt);
  return { status, answer, headers: Object.fromEntries(names) };
};

describe('a question that was asked a moment ago', () => {
  it.each([CUSTOMER, CONTRACT])('is answered as the first time, headers included: %s', async (path) => {
    const { viewer } = await furnished();
    const first = await viewer.rest(path);
    const again = await viewer.rest(path);
    expect(settled(again)).toEqual(settled(first));
    expect(again.headers.get('x-correlation-id')).not.toBe(first.headers.get('x-correlation-id'));
  });

  it('is answered under the id that the caller gives', async () => {
    const { viewer } = await furnished();
    for (const id of ['ticket-1', 'ticket-2']) {
      const { headers } = await viewer.rest(CUSTOMER, { headers: { 'x-correlation-id': id } });
      expect(headers.get('x-correlation-id')).toBe(id);
    }
  });

  it('is answered anew once anything that it was made of has changed', async () => {
    const organization = await furnished();
    const of = async (path: string) => {
      await organization.viewer.rest(path);
      return (await organization.viewer.rest<BindingSla>(path)).json!;
    };
    expect((await of(CONTRACT)).commitment?.resolution).toBe('4h');
    await organization.live('proposeTierTerms', tier('gold', 2, 2));
    expect((await of(CONTRACT)).commitment?.resolution).toBe('2h');
    expect(await of(CUSTOMER)).toMatchObject({ type: 'BindingSla', tier: 'gold' });
    await organization.live('remapCustomer', { customerId: 'CUST-1', toTier: 'silver' });
    expect(await of(CUSTOMER)).toMatchObject({ type: 'SlaException', kind: 'TIER_MISMATCH' });
    await organization.live('proposeContract', contract('CTR-CUST-1', 'CUST-1', 'silver'));
    expect(await of(CUSTOMER)).toMatchObject({ type: 'BindingSla', tier: 'silver' });
    expect(await of(CONTRACT)).toMatchObject({ type: 'BindingSla', tier: 'silver' });
  });

  it('is counted like every other, with the time it took', async () => {
    const { viewer } = await furnished();
    const counted = async (line: string): Promise<number> => {
      const { text } = await app.http.rest(null, '/metrics');
      return Number(
        text
          .split('\n')
          .find((one) => one.startsWith(`${line} `))
          ?.slice(line.length) ?? 0,
      );
    };
    const requests = 'sla_http_request_duration_seconds_count{method="GET",route="/v1/lookup",status="200"}';
    const lookups = 'sla_lookups_total{result="BindingSla"}';
    const queries = 'sla_graphql_request_duration_seconds_count{operation="query",outcome="ok"}';
    const before = await Promise.all([requests, lookups, queries].map(counted));
    for (let time = 0; time < 3; time++) await viewer.rest(CUSTOMER);
    await viewer.lookup({ customerId: 'CUST-1' });
    const after = await Promise.all([requests, lookups, queries].map(counted));
    expect(after.map((count, i) => count - before[i]!)).toEqual([3, 4, 1]);
  });

  it('is answered to nobody who may not ask it', async () => {
    const { viewer } = await furnished();
    const other = await newOrganization(app);
    for (let time = 0; time < 2; time++) {
      expect((await viewer.rest(CUSTOMER)).status).toBe(200);
      expect((await other.viewer.rest(CUSTOMER)).json).toMatchObject({ type: 'UnknownCustomer' });
      expect((await app.http.rest(null, CUSTOMER)).status).toBe(401);
      expect((await app.http.rest(`${viewer.token}x`, CUSTOMER)).status).toBe(401);
    }
  });
});
