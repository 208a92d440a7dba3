import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { OrganizationReader } from '../../src/application/organization/organization-reader.js';
import type { Find, Found, ReadModel } from '../../src/application/ports/read-store.js';
import { CustomerQuery, type CustomerFilter } from '../../src/application/queries/customer-query.js';
import { ExceptionQuery } from '../../src/application/queries/exception-query.js';
import { PointsInTime } from '../../src/application/queries/points-in-time.js';
import type { Instant } from '../../src/domain/shared/instant.js';
import { InMemoryEventStore } from '../support/in-memory-event-store.js';
import { histories, hour, instants, type Step } from './histories.js';
import { serving } from './serving.js';

const RUNS = Number(process.env['LAW_RUNS'] ?? 100);

const FILTERS: readonly CustomerFilter[] = [undefined, 'gold', 'Silver', 'bronze'].flatMap((tier) =>
  [undefined, true, false].flatMap((withException) =>
    [undefined, '', 'c-1'].map((search) => ({
      ...(tier !== undefined && { tier }),
      ...(withException !== undefined && { withException }),
      ...(search !== undefined && { search }),
    })),
  ),
);

/** The product's own lists of customers, at an instant. */
const asked = (orgId: string, steps: readonly Step[], now: Instant) => {
  const { store, reader, hold } = serving();
  hold(orgId, steps);
  const times = new PointsInTime({ now: () => now }, new OrganizationReader(new InMemoryEventStore()));
  const customers = new CustomerQuery(store, reader, new ExceptionQuery(store, reader, times), times);
  const first = (filter: CustomerFilter, after: string | null = null) =>
    customers.customers(orgId, filter, { first: 1, after });
  const list = async (filter: CustomerFilter): Promise<readonly string[]> => {
    const ids: string[] = [];
    for (let after: string | null = null; ;) {
      const page = await first(filter, after);
      ids.push(...page.nodes.map(({ id }) => id));
      after = page.pageInfo.endCursor;
      if (!page.pageInfo.hasNextPage) return ids;
    }
  };
  return { store, first, list };
};

describe('the length of a list of customers', () => {
  it('is the number of customers on its pages, in any history, at any instant, under any filter', async () => {
    let count = 0;
    await fc.assert(
      fc.asyncProperty(histories, instants, async (steps, now) => {
        const { first, list } = asked(`length-${++count}`, steps, now);
        for (const filter of FILTERS) {
          const ids = await list(filter);
          expect(new Set(ids).size).toBe(ids.length);
          expect([filter, await (await first(filter)).totalCount]).toEqual([filter, ids.length]);
        }
      }),
      { numRuns: Math.ceil(RUNS / 2) },
    );
  }, 3_600_000);
});

/** So many customers, one in twenty of them contracted to another tier than mapped. */
const grown = (customers: number): readonly Step[] =>
  Array.from({ length: customers }, (_, place) => {
    const customerId = `C-${place}`;
    const step = { recordedAt: hour(place), effectiveFrom: hour(place), timeZone: 'UTC' };
    const contract = {
      contractId: `K-${place}`,
      customerId,
      tier: place < 3 ? 'silver' : 'gold',
      startsOn: '2026-01-01',
    };
    return [
      {
        ...step,
        kind: 'REMAP' as const,
        subject: { kind: 'CUSTOMER' as const, id: customerId },
        content: { customerId, toTier: 'gold' },
      },
      {
        ...step,
        kind: 'CONTRACT' as const,
        subject: { kind: 'CONTRACT' as const, id: contract.contractId },
        content: contract,
      },
    ];
  }).flat();

const TIER: Step = {
  kind: 'TIER_TERMS',
  subject: { kind: 'TIER', id: 'gold' },
  content: { key: 'gold', name: 'Gold', rank: 1, terms: { commitments: [], channels: [], features: [] } },
  recordedAt: hour(0),
  effectiveFrom: hour(0),
  timeZone: 'UTC',
};

describe('counting customers by tier', () => {
  it.each<[CustomerFilter, number]>([
    [{ tier: 'gold' }, 0],
    // The exceptions are looked at, and what is not one is not.
    [{ tier: 'gold', withException: true }, 3],
    [{ tier: 'gold', withException: false }, 3],
  ])('%j reads no more documents of 200 customers than of 20', async (filter, most) => {
    const read = [];
    for (const customers of [20, 200]) {
      const { store, first } = asked(`grown-${customers}`, [TIER, ...grown(customers)], hour(24 * 30));
      const page = await first(filter);
      let documents = 0;
      const find = store.find.bind(store);
      store.find = async <D extends object>(model: ReadModel<D>, where: Find): Promise<Found<D>[]> => {
        const found = await find(model, where);
        // What an organization has only a few of is kept, or looked up a tier at a time.
        if (where.limit > 1) documents += found.length;
        return found;
      };
      const get = store.get.bind(store);
      store.get = async <D extends object>(model: ReadModel<D>, key: string): Promise<D | null> => {
        documents += 1;
        return get(model, key);
      };
      const exceptional = filter.withException === undefined ? 0 : 3;
      expect(await page.totalCount).toBe(filter.withException ? exceptional : customers - exceptional);
      read.push(documents);
    }
    expect(read).toEqual([most, most]);
  });
});
