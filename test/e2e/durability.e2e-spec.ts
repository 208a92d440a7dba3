import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { rm } from 'node:fs/promises';
import { ALL_PROJECTIONS } from '../../projections/all.js';
import type { Change, Connection, Customer, Import, Version } from '../support/answers.js';
import { startApp, type App } from '../support/app.js';
import { Caller } from '../support/caller.js';
import { eventually } from '../support/eventually.js';
import { compileProduct, ProductProcess } from '../support/product-process.js';
import { tier } from '../support/samples.js';
import { temporaryFolder } from '../support/sheets.js';

jest.setTimeout(600_000);

const ROUNDS = Number(process.env['E2E_KILLS'] ?? 6);
const WRITERS = 8;

beforeAll(compileProduct);

/** What the read models hold that a rebuild from the log would not give. */
const differences = async (app: App): Promise<readonly object[]> => {
  await app.caughtUp();
  const found: object[] = [];
  for (const { model } of ALL_PROJECTIONS)
    for await (const difference of app.core.runtime.compare(model.name))
      found.push({ model: model.name, difference });
  return found;
};

/** A data folder with one organization, and the product on it as a process. */
const installed = async () => {
  const dataDir = temporaryFolder();
  const product = new ProductProcess(dataDir);
  const setup = await startApp({ dataDir, stores: {} });
  try {
    const orgId = await setup.createOrganization();
    const as = async (subject: string, role: 'viewer' | 'member' | 'admin') =>
      new Caller(() => product.http, subject, await setup.token(orgId, subject, [role]));
    const [viewer, member, admin] = await Promise.all([
      as('vera', 'viewer'),
      as('mia', 'member'),
      as('ada', 'admin'),
    ]);
    return { dataDir, product, viewer, member, admin };
  } finally {
    await setup.stop();
  }
};

type Installed = Awaited<ReturnType<typeof installed>>;

describe('killed at any moment', () => {
  let house: Installed;
  beforeAll(async () => {
    house = await installed();
    await house.product.start();
  });
  afterAll(async () => {
    await house.product.kill();
    await rm(house.dataDir, { recursive: true });
  });

  it('has lost nothing it acknowledged, and finishes what is repeated', async () => {
    const { product, viewer, member, admin } = house;
    const approved = new Map<string, string>();
    const starts: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      let killed = false;
      const unanswered: (() => Promise<void>)[] = [];
      const writer = async (of: number): Promise<void> => {
        for (let step = 0; !killed; step++) {
          const key = `${round}.${of}.${step}`;
          const change = async (): Promise<void> => {
            const proposal = { ...tier(`tier-${of}`, step), idempotencyKey: `p ${key}`, reason: key };
            const proposed = await member.done('proposeTierTerms', proposal);
            await admin.approve(proposed, { idempotencyKey: `a ${key}` });
            approved.set(proposed.id, key);
          };
          try {
            await change();
          } catch (error) {
            if (!killed) throw error;
            unanswered.push(change);
          }
        }
      };
      const writers = Array.from({ length: WRITERS }, (_, of) => writer(of));
      // Anywhere between two requests and a few dozen.
      const enough = approved.size + 2 + ((round * 17) % 40);
      await eventually(() => expect(approved.size).toBeGreaterThanOrEqual(enough), 30_000);
      killed = true;
      await product.kill();
      await Promise.all(writers);
      await product.start();
      starts.push(product.startedIn);
      for (const change of unanswered) await change();
    }

    const reasons = new Map<string, string | null>();
    for (let of = 0; of < WRITERS; of++) {
      const numbers: number[] = [];
      let after: string | null = null;
      do {
        const page: Connection<Version> = await viewer.query('history', {
          subject: { kind: 'TIER', id: `tier-${of}` },
          first: 200,
          after,
        });
        for (const { number, changeId, reason } of page.nodes) {
          numbers.push(number);
          reasons.set(changeId, reason);
        }
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      } while (after !== null);
      expect(numbers).toEqual(numbers.map((_, place) => place + 1));
    }
    expect(new Map([...reasons].sort())).toEqual(new Map([...approved].sort()));
    const open = await viewer.query<Connection<Change>>('changes', { filter: { status: 'PROPOSED' } });
    expect(open.totalCount).toBe(0);
    expect(Math.max(...starts)).toBeLessThan(15_000);
  });

  it('goes on with an import where it was, and applies every row once', async () => {
    const { product, viewer, member, admin, dataDir } = house;
    await admin.approve(await member.done('proposeTierTerms', tier('gold')));
    const total = 6_000;
    const csv = `customer_id,mapped_tier\n${Array.from({ length: total }, (_, place) => `C-${place},gold\n`).join('')}`;
    const upload = await member.rest<{ id: string; changeId: string }>('/v1/import/reference', {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body: csv,
    });
    const { id, changeId } = upload.json!;
    await product.kill();
    await product.start();
    const importNow = async (): Promise<Import> => viewer.query<Import>('import', { id });
    await eventually(async () => expect(await importNow()).toMatchObject({ status: 'READY', total }), 30_000);

    await admin.approve({ id: changeId, revision: 1 });
    await eventually(async () => expect((await importNow()).applied).toBeGreaterThan(0), 30_000);
    await product.kill();
    await product.start();
    await eventually(async () => {
      expect(await importNow()).toMatchObject({ status: 'APPLIED', applied: total, skipped: 0 });
    }, 60_000);
    expect(await viewer.query<Customer>('customer', { id: `c-${total - 1}` })).toMatchObject({
      mappedTier: 'gold',
    });
    await product.kill();

    const app = await startApp({ dataDir, stores: {} });
    try {
      const applied = new Set<string>();
      for await (const { stream } of app.core.events.readAll({ types: ['ImportRowApplied'] })) {
        expect(applied.has(stream)).toBe(false);
        applied.add(stream);
      }
      expect(applied.size).toBe(total);
      expect(await differences(app)).toEqual([]);
    } finally {
      await app.stop();
    }
  });
});
