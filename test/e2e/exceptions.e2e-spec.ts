import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type App } from '../support/app.js';
import type { Connection, SlaException } from '../support/answers.js';
import { newOrganization, type Organization } from '../support/new-organization.js';
import { contract, terms, tier, withCustomer, withTiers } from '../support/samples.js';

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const furnished = async (): Promise<Organization> => withTiers(await newOrganization(app));

interface Opening {
  readonly kind: string;
  readonly prepare: (organization: Organization) => Promise<unknown>;
  /** One that the promise leaves out. */
  readonly priority?: string;
}

describe('an exception', () => {
  const KINDS: readonly Opening[] = [
    {
      kind: 'TIER_MISMATCH',
      prepare: (organization) => withCustomer(organization, 'odd', 'gold', 'silver'),
    },
    {
      kind: 'NO_ACTIVE_CONTRACT',
      prepare: (organization) => withCustomer(organization, 'odd', 'gold', null),
    },
    {
      kind: 'UNMAPPED',
      prepare: ({ live }) => live('proposeContract', contract('CTR-odd', 'odd', 'gold')),
    },
    {
      kind: 'UNKNOWN_TIER',
      prepare: async (organization) => {
        await organization.live('proposeTierTerms', tier('fading'));
        await withCustomer(organization, 'odd', 'fading');
        await organization.live('proposeTierRetirement', { key: 'fading' });
      },
    },
    {
      kind: 'AMBIGUOUS_CONTRACTS',
      prepare: async (organization) => {
        await withCustomer(organization, 'odd', 'gold');
        await organization.live('proposeContract', contract('CTR-odd-2', 'odd', 'gold'));
      },
    },
    {
      kind: 'INCOMPLETE_TERMS',
      prepare: async (organization) => {
        const some = terms(2, { commitments: terms(2).commitments.slice(0, 2) });
        await organization.live('proposeTierTerms', { ...tier('thin'), terms: some });
        await withCustomer(organization, 'odd', 'thin');
      },
      priority: 'P3',
    },
  ];

  it.each(KINDS)(
    '$kind is answered by the lookup, the list and the customer alike',
    async ({ kind, prepare, priority }) => {
      const organization = await furnished();
      await withCustomer(organization, 'even', 'gold');
      await prepare(organization);
      const { viewer } = organization;
      const found = (await viewer.lookup({ customerId: 'odd', priority })) as SlaException;
      expect(found).toMatchObject({ __typename: 'SlaException', kind, status: 'OPEN', customerId: 'odd' });
      expect(found.resolution).not.toBe('');
      const list = await viewer.query<Connection<SlaException>>('exceptions');
      expect(list.totalCount).toBe(1);
      const listed = list.nodes[0]!;
      // The list speaks of every priority, the lookup of the one asked for.
      const { explanation: _listed, ...inList } = listed;
      const {
        explanation: _found,
        __typename: _,
        ...inLookup
      } = found as SlaException & { __typename: string };
      expect(inList).toEqual(inLookup);
      const customer = await viewer.query<{ exceptions: SlaException[] }>('customer', { id: 'odd' });
      expect(customer.exceptions).toEqual([listed]);
      const ids = await viewer.query<Connection<{ id: string }>>('customers', {
        filter: { withException: true },
      });
      expect(ids.nodes.map(({ id }) => id)).toEqual(['odd']);
      const filtered = await viewer.query<Connection<SlaException>>('exceptions', {
        filter: { kind, customerId: 'ODD ' },
      });
      expect(filtered.nodes).toEqual([listed]);
    },
  );

  it('opens by time alone, and the list for any instant is right', async () => {
    const organization = await furnished();
    await withCustomer(organization, 'CUST-1', 'gold', null);
    await organization.live('proposeContract', contract('CTR-1', 'CUST-1', 'gold', { endsOn: '2030-12-31' }));
    const listAt = async (at: string) =>
      (await organization.viewer.query<Connection<SlaException>>('exceptions', { at })).nodes.map(
        ({ kind }) => kind,
      );
    expect(await listAt('2030-12-31T22:59:59Z')).toEqual([]);
    expect(await listAt('2030-12-31T23:00:00Z')).toEqual(['NO_ACTIVE_CONTRACT']);
  });
});

describe('nobody', () => {
  it('is answered with the nearest known IDs', async () => {
    const organization = await furnished();
    for (const customerId of ['CUST-1001', 'CUST-1002', 'OTHER-7'])
      await withCustomer(organization, customerId, 'gold', null);
    expect(await organization.viewer.lookup({ customerId: 'CUST-1O01' })).toMatchObject({
      __typename: 'UnknownCustomer',
      id: 'CUST-1O01',
      nearest: ['CUST-1001', 'CUST-1002'],
    });
    expect(await organization.viewer.lookup({ contractId: 'CTR-1' })).toMatchObject({ nearest: [] });
    expect(await organization.viewer.lookup({ ticketId: 'T-1' })).toMatchObject({
      __typename: 'UnknownCustomer',
    });
  });

  it('is a customer who has only been proposed', async () => {
    const organization = await furnished();
    await organization.member.done('remapCustomer', { customerId: 'CUST-1', toTier: 'gold' });
    expect(await organization.viewer.lookup({ customerId: 'CUST-1' })).toMatchObject({ nearest: [] });
    expect(await organization.viewer.query('customer', { id: 'CUST-1' })).toBeNull();
    const list = await organization.viewer.query<Connection<unknown>>('customers');
    expect([list.nodes, list.totalCount]).toEqual([[], 0]);
  });
});
