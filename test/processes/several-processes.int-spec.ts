import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ALL_PROJECTIONS } from '../../projections/all.js';
import { ProjectionRuntime } from '../../projections/runtime/projection-runtime.js';
import { SqliteEventStore } from '../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { SqliteReadStore } from '../../src/infrastructure/read-store/sqlite/sqlite-read-store.js';
import { SystemClock } from '../../src/infrastructure/system-clock.js';
import type { Import, ImportPayload } from '../support/answers.js';
import { Caller } from '../support/caller.js';
import { eventually } from '../support/eventually.js';
import { compileProduct, ProductProcess } from '../support/product-process.js';
import { cliOn } from '../support/run-cli.js';
import { tier } from '../support/samples.js';
import { temporaryFolder } from '../support/sheets.js';

jest.setTimeout(180_000);

let dataDir: string;
let api: ProductProcess;
let background: ProductProcess;
let mia: Caller;
let ada: Caller;

const signedIn = async (subject: string, role: string): Promise<Caller> => {
  const { stdout } = await cliOn(dataDir)(['token', '--org', 'acme', '--subject', subject, '--roles', role]);
  return new Caller(() => api.http, subject, stdout.trim());
};

beforeAll(compileProduct, 60_000);
beforeEach(async () => {
  dataDir = temporaryFolder();
  expect(await cliOn(dataDir)(['org', 'create', 'acme'])).toMatchObject({ code: 0 });
  [mia, ada] = await Promise.all([signedIn('mia', 'member'), signedIn('ada', 'admin')]);
  api = new ProductProcess(dataDir, { SLA_ROLES: 'api' });
  background = new ProductProcess(dataDir, { SLA_ROLES: 'projector,worker' });
  await Promise.all([api.start(), background.start()]);
  await ada.approve(await mia.done('proposeTierTerms', tier('gold')));
});
afterEach(async () => {
  await Promise.all([api.kill(), background.kill()]);
  await rm(dataDir, { recursive: true });
});

const remapped = async (customerId: string): Promise<string> => {
  const change = await mia.done('remapCustomer', { customerId, customerName: customerId, toTier: 'gold' });
  const { position } = await ada.change('approveChange', { changeId: change.id, revision: change.revision });
  return position!;
};

/** Documents that are not what the log says, over all read models. */
const differences = async (): Promise<unknown[]> => {
  const events = new SqliteEventStore({ file: join(dataDir, 'events.db'), clock: new SystemClock() });
  const reads = new SqliteReadStore(join(dataDir, 'read-models.db'), { busyTimeoutMs: 2_000 });
  try {
    await reads.prepare(ALL_PROJECTIONS.map(({ model }) => model));
    const runtime = new ProjectionRuntime(events, reads, ALL_PROJECTIONS);
    await runtime.atLeast(
      ALL_PROJECTIONS.map(({ model }) => model.name),
      await events.head(),
      { timeoutMs: 20_000 },
    );
    const found: unknown[] = [];
    for (const { model } of ALL_PROJECTIONS)
      for await (const difference of runtime.compare(model.name)) found.push([model.name, difference]);
    return found;
  } finally {
    await reads.close();
    await events.close();
  }
};

describe('an API and a projector in processes of their own', () => {
  it('say who answers what: without the API a process tells how it is, and nothing else', async () => {
    expect(await background.http.rest(null, '/metrics')).toMatchObject({ status: 200 });
    const { status, headers, json } = await background.http.rest(null, '/v1/lookup?customerId=C-1');
    expect([status, headers.get('content-type')]).toEqual([404, expect.stringContaining('problem+json')]);
    expect(json).toMatchObject({ detail: expect.stringContaining('SLA_ROLES') });
  });

  it('read their own writes, and forget in the one what the other has changed', async () => {
    const nothing = { __typename: 'UnknownCustomer' };
    for (let i = 0; i < 5; i++) {
      const customerId = `C-${i}`;
      expect(await mia.lookup({ customerId, atLeast: null })).toMatchObject(nothing);
      const atLeast = await remapped(customerId);
      // No contract: what is known of the customer is that it has none.
      expect(await mia.query('lookup', { input: { customerId }, atLeast })).not.toMatchObject(nothing);
    }
  });

  it('apply in the one what was approved in the other', async () => {
    const csv = 'customer_id,customer_name,mapped_tier\nC-1,One,gold\nC-2,Two,gold\n';
    const { import: started } = await mia.mutate<ImportPayload>('importReference', { input: { csv } });
    await ada.approve(started!.change);
    await eventually(async () => {
      const { applied, total } = await mia.query<Import>('import', { id: started!.id });
      expect([applied, total]).toEqual([2, 2]);
    }, 20_000);
  });

  it('say how they are, each on its own port', async () => {
    for (const { http } of [api, background]) {
      await eventually(async () => {
        const { status, json } = await http.rest(null, '/readyz');
        expect({ status, json }).toMatchObject({ status: 200, json: { status: 'ready' } });
      });
      const { text } = await http.rest(null, '/metrics');
      expect(text).toMatch(/sla_projection_lag_events\{model="customers"\} \d+/);
    }
    expect((await api.http.rest(null, '/metrics')).text).toMatch(
      /sla_log_appends_total\{outcome="ok"\} [1-9]/,
    );
    expect((await background.http.rest(null, '/graphql')).status).toBe(404);
  });

  it('lose nothing when the projector is killed: the next one ends at the documents of a rebuild', async () => {
    for (let round = 0; round < 3; round++) {
      const writing = Promise.all([0, 1, 2].map((i) => proposed(`R-${round}-${i}`)));
      await background.kill();
      await writing;
      await background.start();
    }
    expect(await differences()).toEqual([]);
    await remapped('C-last');
  });
});

/** Proposed only: an approval waits for the projector, which is not there. */
const proposed = (customerId: string): Promise<unknown> =>
  mia.ask('mutation', 'remapCustomer', { input: { customerId, customerName: customerId, toTier: 'gold' } });
