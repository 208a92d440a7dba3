import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { EventStoreDbServer } from '../servers/eventstoredb/server.js';
import { MongoDbProxy } from '../servers/mongodb-proxy.js';
import { startApp, type App } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { newOrganization, type Organization } from '../support/new-organization.js';
import { tier, withCustomer, withTiers } from '../support/samples.js';
import { dropDatabase, ownDatabase } from '../support/stores.js';

jest.setTimeout(120_000);

const server = process.env['MONGODB_URL'] ?? '';
const suite = server ? describe : describe.skip;

/** Longest wait for any answer, in milliseconds: the driver's own bounds, and a busy machine. */
const BOUND_MS = 12_000;

suite('MongoDB away', () => {
  let log: EventStoreDbServer;
  let proxy: MongoDbProxy;
  let database: string;
  let app: App;
  let organization: Organization;

  beforeAll(async () => {
    log = await EventStoreDbServer.start();
    proxy = await MongoDbProxy.start(server);
    database = ownDatabase(server);
    const url = proxy.url(new URL(database).pathname.slice(1));
    app = await startApp({ stores: { EVENTSTORE_URL: log.url, MONGODB_URL: url } });
    organization = await withTiers(await newOrganization(app));
    await withCustomer(organization, 'CUST-1', 'gold');
    await organization.viewer.lookup({ customerId: 'CUST-1' });
  });
  afterEach(() => {
    proxy.thaw();
    proxy.fate = () => 'pass';
  });
  afterAll(async () => {
    await app.close();
    await proxy.close();
    await dropDatabase(database);
    await log.stop();
  });

  it.each([
    ['frozen', () => proxy.freeze()],
    [
      'cut off',
      () => {
        proxy.fate = () => 'lost';
        proxy.cut();
      },
    ],
  ])(
    '%s: what is in memory is answered, the rest refused in time, and nobody restarts anything',
    async (how, away) => {
      away();
      const began = performance.now();
      const [hot, cold, refused, ready] = await Promise.all([
        organization.viewer.ask('query', 'lookup', { input: { customerId: 'CUST-1' } }),
        organization.viewer.rest(`/v1/lookup?customerId=never-asked-${how.replace(' ', '-')}`),
        organization.viewer.ask('query', 'changes'),
        app.http.rest<{ checks: { name: string; ok: boolean }[] }>(null, '/readyz'),
      ]);
      expect(performance.now() - began).toBeLessThan(BOUND_MS);
      // Whether it is still in memory depends on what else was going on; if not, the refusal says so.
      if (hot.errors.length === 0) expect(hot.data!['lookup']).toMatchObject({ tier: 'gold' });
      else expect(hot).toMatchObject({ status: 503, errors: [{ extensions: { code: 'UNAVAILABLE' } }] });
      expect(cold).toMatchObject({ status: 503, json: { code: 'UNAVAILABLE', retryable: true } });
      expect(refused).toMatchObject({
        status: 503,
        errors: [{ extensions: { code: 'UNAVAILABLE', retryable: true } }],
      });
      expect(ready.status).toBe(503);
      expect(ready.json!.checks.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual(['read store']);
      expect((await app.http.rest(null, '/healthz')).status).toBe(200);

      proxy.thaw();
      proxy.fate = () => 'pass';
      await eventually(async () => expect((await app.http.rest(null, '/readyz')).status).toBe(200), 30_000);
      await eventually(() => app.caughtUp(), 30_000);
      const key = `tier-${how.replace(' ', '-')}`;
      await eventually(
        () => organization.live('proposeTierTerms', { ...tier(key), idempotencyKey: key }),
        30_000,
      );
      expect(await organization.viewer.lookup({ customerId: 'CUST-1' })).toMatchObject({ tier: 'gold' });
    },
  );
});
