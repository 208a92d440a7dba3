import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { EventStoreDbServer } from '../servers/eventstoredb/server.js';
import { startApp, type App } from '../support/app.js';
import type { Caller } from '../support/caller.js';
import { eventually } from '../support/eventually.js';
import { keyHolder, newOrganization, type Organization } from '../support/new-organization.js';
import { tier, withCustomer, withTiers } from '../support/samples.js';
import { borrowed, openStores, type Stores } from '../support/stores.js';

jest.setTimeout(120_000);

/** Longest wait for an answer about a log that has only just gone, in milliseconds; the machine may be busy. */
const BOUND_MS = 8_000;

let server: EventStoreDbServer;
let stores: Stores;
let app: App;
let organization: Organization;
let integration: Caller;

beforeAll(async () => {
  server = await EventStoreDbServer.start();
  stores = process.env['MONGODB_URL'] ? await openStores() : borrowed({});
  app = await startApp({ stores: { ...stores.urls, EVENTSTORE_URL: server.url } });
  organization = await withTiers(await newOrganization(app));
  await withCustomer(organization, 'CUST-1', 'gold');
  integration = await keyHolder(app, organization, 'lookup:read');
  await integration.rest('/v1/lookup?customerId=CUST-1');
});
afterAll(async () => {
  await app.close();
  await stores.close();
  await server.stop();
});

afterEach(async () => {
  server.faults.thaw();
  server.faults.available();
  await server.faults.acceptConnections();
});

const timed = async <T>(work: Promise<T>): Promise<readonly [T, number]> => {
  const began = performance.now();
  return [await work, performance.now() - began];
};

const lookedUp = async (): Promise<void> => {
  expect(await organization.viewer.lookup({ customerId: 'CUST-1' })).toMatchObject({ tier: 'gold' });
  const { status, json } = await integration.rest('/v1/lookup?customerId=CUST-1');
  expect({ status, json }).toMatchObject({ status: 200, json: { type: 'BindingSla', tier: 'gold' } });
  expect((await organization.viewer.ask('query', 'matrix')).errors).toEqual([]);
};

const readyz = async () => {
  const { status, json } = await app.http.rest<{ checks: { name: string; ok: boolean }[] }>(null, '/readyz');
  return { status, away: json!.checks.filter(({ ok }) => !ok).map(({ name }) => name) };
};

const proposal = (key: string) => ({ input: { ...tier(key), idempotencyKey: `propose ${key}` } });

describe.each([
  ['stopped', () => server.faults.refuseConnections(), () => server.faults.acceptConnections()],
  ['frozen', async () => server.faults.freeze(), async () => server.faults.thaw()],
  ['answering UNAVAILABLE', async () => server.faults.unavailable(), async () => server.faults.available()],
] as const)('the log %s', (how, away, back) => {
  const key = `tier-${how.replaceAll(' ', '-').toLowerCase()}`;

  it('lookups go on, mutations fail at once and can be repeated, readyz says which store; nobody restarts anything', async () => {
    await away();
    const [first, waited] = await timed(
      organization.member.ask('mutation', 'proposeTierTerms', proposal(key)),
    );
    expect(first).toMatchObject({
      status: 503,
      errors: [{ extensions: { code: 'UNAVAILABLE', retryable: true } }],
    });
    expect(first.errors[0]!.message).toContain('event store');
    expect(waited).toBeLessThan(BOUND_MS);

    await lookedUp();
    const refused = await Promise.all(
      Array.from({ length: 20 }, (_, place) =>
        organization.member.ask('mutation', 'proposeTierTerms', proposal(`${key}-${place}`)),
      ),
    );
    for (const { status, errors } of refused)
      expect([status, errors[0]!.extensions.code]).toEqual([503, 'UNAVAILABLE']);
    const upload = {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body: 'customer_id,mapped_tier\nC-1,gold\n',
    };
    const [rest] = await timed(organization.member.rest('/v1/import/reference', upload));
    expect(rest).toMatchObject({ status: 503, json: { code: 'UNAVAILABLE', retryable: true } });

    expect(await readyz()).toEqual({ status: 503, away: ['event store'] });
    expect((await app.http.rest(null, '/healthz')).status).toBe(200);
    // Longer than anything that was asked lately is remembered.
    const end = performance.now() + 3_000;
    const slowest = { ms: 0 };
    while (performance.now() < end) {
      const [, ms] = await timed(lookedUp());
      slowest.ms = Math.max(slowest.ms, ms);
    }
    expect(slowest.ms).toBeLessThan(3_000);

    await back();
    const repeated = await eventually(async () => {
      const { data, errors } = await organization.member.ask('mutation', 'proposeTierTerms', proposal(key));
      expect(errors).toEqual([]);
      return data!['proposeTierTerms'] as { change: { id: string; revision: number } };
    }, 20_000);
    await organization.admin.approve(repeated.change);
    await app.caughtUp();
    await eventually(async () => expect(await readyz()).toEqual({ status: 200, away: [] }), 20_000);
    await organization.live('remapCustomer', { customerId: `of-${key}`, customerName: 'Of it', toTier: key });
    expect(await organization.viewer.lookup({ customerId: `of-${key}` })).toMatchObject({
      __typename: expect.any(String),
    });
    const [status] = await app.core.runtime.status();
    expect(status).toMatchObject({ state: 'live', error: null });
  });
});
