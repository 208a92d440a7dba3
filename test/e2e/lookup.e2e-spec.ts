import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type App } from '../support/app.js';
import type {
  BindingSla,
  Connection,
  LookupResult,
  Matrix,
  SlaException,
  UnknownCustomer,
} from '../support/answers.js';
import type { Variables } from '../support/http-client.js';
import { newOrganization, type Organization } from '../support/new-organization.js';
import { contract, policy, terms, tier, withCustomer, withTiers } from '../support/samples.js';

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const furnished = async (): Promise<Organization> => withTiers(await newOrganization(app));

const binding = async ({ viewer }: Organization, input: Variables): Promise<BindingSla> => {
  const result = await viewer.lookup(input);
  expect(result).toMatchObject({ __typename: 'BindingSla' });
  return result as BindingSla;
};

/** Hours that P0 takes to resolve: what tells the promises apart. */
const hours = async (organization: Organization, input: Variables): Promise<string | null | undefined> =>
  (await binding(organization, { ...input, priority: 'P0' })).commitment?.resolution;

const inHours = (count: number): string => new Date(Date.now() + count * 3_600_000).toISOString();

describe('what binds', () => {
  it('is the tier that contract and mapping agree on', async () => {
    const organization = await furnished();
    await withCustomer(organization, 'CUST-1', 'gold');
    const answer = await binding(organization, { customerId: ' cust-1', priority: 'p0', channel: 'Phone' });
    expect(answer).toMatchObject({
      customerId: 'CUST-1',
      contractId: 'CTR-CUST-1',
      tier: 'gold',
      source: 'TIER',
      commitment: { priority: 'P0', firstResponse: '15m', resolution: '4h', coverage: '24x7' },
      coverage: { key: '24x7', open: true, nextChangeAt: null },
      channel: { channel: 'phone', promised: true, openNow: true },
      version: { number: 1, subject: { kind: 'TIER', id: 'gold' }, proposedBy: 'mia', approvedBy: ['ada'] },
    });
    expect(answer.explanation.join('\n')).toMatch(
      /CTR-CUST-1[^]*mapped to the tier gold[^]*P0: first response 15m/,
    );
    expect(answer.terms.commitments.map(({ resolution }) => resolution)).toEqual(['4h', '8h', '5d', null]);
    const notPromised = await binding(organization, {
      customerId: 'CUST-1',
      priority: 'P3',
      channel: 'phone',
    });
    expect(notPromised).toMatchObject({
      commitment: { resolution: null },
      channel: { promised: false, openNow: false },
    });
    expect(await binding(organization, { contractId: 'ctr-cust-1' })).toMatchObject({
      customerId: 'CUST-1',
      commitment: null,
    });
  });

  it('is what the contract overrides, commitment by commitment', async () => {
    const organization = await furnished();
    await withCustomer(organization, 'CUST-1', 'gold', null);
    const [P0] = terms(1).commitments;
    const overrides = { commitments: [P0], channels: [], features: [] };
    await organization.live('proposeContract', contract('CTR-1', 'CUST-1', 'gold', { overrides }));
    const answer = await binding(organization, { customerId: 'CUST-1' });
    expect(answer.source).toBe('CONTRACT_OVERRIDE');
    expect(answer.terms.commitments.map(({ resolution }) => resolution)).toEqual(['1h', '8h', '5d', null]);
    expect(answer.version).toMatchObject({ subject: { kind: 'CONTRACT', id: 'CTR-1' } });
  });

  it('is what a waiver says, until it ends', async () => {
    const organization = await furnished();
    await withCustomer(organization, 'CUST-1', 'gold', 'silver');
    const open = (await organization.viewer.lookup({ customerId: 'CUST-1' })) as SlaException;
    const { id: exceptionId } = open;
    const until = inHours(24);
    await organization.live('proposeWaiver', { exceptionId, binds: 'MAPPED_TIER', until, reason: 'deal' });
    expect(await binding(organization, { customerId: 'CUST-1' })).toMatchObject({
      source: 'WAIVER',
      tier: 'gold',
    });
    const after = await organization.viewer.lookup({ customerId: 'CUST-1', at: inHours(25) });
    expect(after).toMatchObject({
      id: exceptionId,
      kind: 'TIER_MISMATCH',
      status: 'OPEN',
      since: open.since,
    });
  });

  it('begins and ends with the days of the contract, in its zone', async () => {
    const organization = await furnished();
    await withCustomer(organization, 'CUST-1', 'gold', null);
    const dates = { startsOn: '2027-03-01', endsOn: '2027-03-28', timeZone: 'Pacific/Auckland' };
    await organization.live('proposeContract', contract('CTR-1', 'CUST-1', 'gold', dates));
    const typeAt = async (at: string) =>
      (await organization.viewer.lookup({ customerId: 'CUST-1', at })).__typename;
    // New Zealand is 13 hours ahead in its summer.
    expect(await typeAt('2027-02-28T10:59:59.999Z')).toBe('SlaException');
    expect(await typeAt('2027-02-28T11:00:00Z')).toBe('BindingSla');
    expect(await typeAt('2027-03-28T10:59:59.999Z')).toBe('BindingSla');
    expect(await typeAt('2027-03-28T11:00:00Z')).toBe('SlaException');
    expect(
      await organization.viewer.lookup({ customerId: 'CUST-1', at: '2027-04-01T00:00:00Z' }),
    ).toMatchObject({
      kind: 'NO_ACTIVE_CONTRACT',
      since: '2027-03-28T11:00:00.000Z',
    });
  });

  it('is one of several contracts only when one is the primary', async () => {
    const organization = await furnished();
    await withCustomer(organization, 'CUST-1', 'gold');
    await organization.live('proposeContract', contract('CTR-2', 'CUST-1', 'silver'));
    const ambiguous = await organization.viewer.lookup({ customerId: 'CUST-1' });
    expect(ambiguous).toMatchObject({ kind: 'AMBIGUOUS_CONTRACTS' });
    expect((ambiguous as SlaException).candidates.map(({ tier: of }) => of).sort()).toEqual([
      'gold',
      'gold',
      'silver',
    ]);
    // Asked for one of them, the other is not in the way.
    expect(await binding(organization, { contractId: 'CTR-CUST-1' })).toMatchObject({ tier: 'gold' });
    await organization.live('proposeContract', contract('CTR-CUST-1', 'CUST-1', 'gold', { primary: true }));
    expect(await binding(organization, { customerId: 'CUST-1' })).toMatchObject({ contractId: 'CTR-CUST-1' });
    await organization.live('proposeContract', contract('CTR-2', 'CUST-1', 'silver', { primary: true }));
    expect(await organization.viewer.lookup({ customerId: 'CUST-1' })).toMatchObject({
      kind: 'AMBIGUOUS_CONTRACTS',
    });
  });
});

describe('on both axes of time', () => {
  it('a scheduled version takes over on its day, and is shown as such before', async () => {
    const organization = await furnished();
    await withCustomer(organization, 'CUST-1', 'gold');
    const start = inHours(48);
    const change = await organization.live('proposeTierTerms', {
      ...tier('gold', 2, 2),
      effectiveFrom: start,
    });
    expect(await hours(organization, { customerId: 'CUST-1' })).toBe('4h');
    expect(await hours(organization, { customerId: 'CUST-1', at: inHours(49) })).toBe('2h');
    const { tiers } = await organization.viewer.query<Matrix>('matrix');
    expect(tiers[0]).toMatchObject({
      key: 'gold',
      version: { number: 1, effectiveTo: start },
      scheduled: [{ number: 2, effectiveFrom: start, changeId: change.id }],
    });
  });

  it('a temporary concession gives back what was there before', async () => {
    const organization = await furnished();
    await withCustomer(organization, 'CUST-1', 'silver');
    const concession = {
      customerId: 'CUST-1',
      toTier: 'gold',
      effectiveFrom: inHours(1),
      effectiveUntil: inHours(3),
    };
    await organization.live('remapCustomer', concession);
    const at = async (count: number) => {
      const result = await organization.viewer.lookup({ customerId: 'CUST-1', at: inHours(count) });
      return result.__typename === 'SlaException' ? [result.kind, result.mappedTier] : result.__typename;
    };
    expect([await at(0.5), await at(2), await at(4)]).toEqual([
      'BindingSla',
      ['TIER_MISMATCH', 'gold'],
      'BindingSla',
    ]);
    const { nodes } = await organization.viewer.query<Connection<BindingSla['version']>>('history', {
      subject: { kind: 'CUSTOMER', id: 'CUST-1' },
    });
    expect(nodes.at(-1)?.periods).toEqual([
      { from: concession.effectiveFrom, to: concession.effectiveUntil },
    ]);
  });

  it('what was promised then and what we would have said then differ once something is backdated', async () => {
    const organization = await furnished();
    const { live } = organization;
    await live('proposeApprovalPolicy', policy({ allowBackdating: true }));
    const since = { effectiveFrom: '2026-01-01T00:00:00Z', reason: 'start' };
    await live('proposeTierTerms', { ...tier('gold', 2, 4), ...since });
    await live('remapCustomer', { customerId: 'CUST-1', toTier: 'gold', ...since });
    await live('proposeContract', contract('CTR-1', 'CUST-1', 'gold', since));
    const { at: before } = await binding(organization, { customerId: 'CUST-1' });
    await live('proposeTierTerms', {
      ...tier('gold', 2, 1),
      effectiveFrom: '2026-03-01T00:00:00Z',
      reason: 'agreed by phone',
    });
    const march = { customerId: 'CUST-1', at: '2026-03-03T00:00:00Z' };
    expect(await hours(organization, march)).toBe('1h');
    expect(await hours(organization, { ...march, knownAt: before })).toBe('4h');
    expect(await hours(organization, { customerId: 'CUST-1', at: '2026-02-01T00:00:00Z' })).toBe('4h');
    expect(await binding(organization, march)).toMatchObject({
      version: { backdated: true, reason: 'agreed by phone' },
    });
    // Nothing at all was known of the customer that early.
    expect(await organization.viewer.lookup({ ...march, knownAt: '2026-03-04T00:00:00Z' })).toMatchObject({
      __typename: 'UnknownCustomer',
    });
  });

  it('a date without a time is the end of that day in the zone of the organization, and the answer says so', async () => {
    const organization = await withTiers(await newOrganization(app, 'America/New_York'));
    await withCustomer(organization, 'CUST-1', 'gold');
    const answer = await binding(organization, { customerId: 'CUST-1', at: '2027-07-01' });
    expect(answer.at).toBe('2027-07-02T03:59:59.999Z');
    expect(answer.explanation[0]).toContain('America/New_York');
  });
});

describe('the same question', () => {
  it('has the same answer by GraphQL, in a list of questions, and by REST', async () => {
    const organization = await furnished();
    await withCustomer(organization, 'CUST-1', 'gold');
    await withCustomer(organization, 'CUST-2', 'gold', 'silver');
    const { viewer } = organization;
    const at = { at: '2027-06-01T10:00:00Z', knownAt: inHours(0) };
    const asked = [
      { customerId: 'CUST-1' },
      { customerId: 'CUST-1', priority: 'P2', channel: 'phone', ...at },
      { contractId: 'CTR-CUST-1', priority: 'P0' },
      { customerId: 'CUST-2' },
      { customerId: 'CUST-2', ...at },
      { contractId: 'CTR-CUST-2' },
      { customerId: 'CUST-3' },
      { ticketId: 'T-1' },
    ];
    const settled = (result: unknown) => {
      const { __typename, type, ...rest } = result as Record<string, unknown>;
      return JSON.parse(JSON.stringify({ type: __typename ?? type, ...rest }), (key, value: unknown) =>
        // REST leaves terms as they were approved; GraphQL answers null for what they leave out.
        ['at', 'knownAt'].includes(key) || value === null ? undefined : value,
      ) as unknown;
    };
    const many = await viewer.query<LookupResult[]>('lookupMany', { inputs: asked });
    for (const [place, input] of asked.entries()) {
      const one = settled(await viewer.lookup(input));
      expect(settled(many[place])).toEqual(one);
      const rest = await viewer.rest(`/v1/lookup?${new URLSearchParams(Object.entries(input)).toString()}`);
      expect(rest.status).toBe(200);
      expect(settled(rest.json)).toEqual(one);
    }
  });

  it('suggests nobody who was not known then', async () => {
    const organization = await furnished();
    await withCustomer(organization, 'CUST-1', 'gold');
    const knownAt = inHours(0);
    await withCustomer(organization, 'CUST-2', 'gold');
    const nearest = async (input: object) =>
      ((await organization.viewer.lookup({ ...input })) as UnknownCustomer).nearest;
    expect(await nearest({ customerId: 'CUST-2', knownAt })).toEqual(['CUST-1']);
    expect(await nearest({ customerId: 'CUST-3' })).toEqual(['CUST-1', 'CUST-2']);
    expect(await nearest({ contractId: 'CTR-CUST-2', knownAt })).toEqual(['CTR-CUST-1']);
    expect(await nearest({ contractId: 'CTR-CUST-3' })).toEqual(['CTR-CUST-1', 'CTR-CUST-2']);
  });

  it('may be asked a hundred times at once', async () => {
    const organization = await furnished();
    await withCustomer(organization, 'CUST-1', 'gold');
    const inputs = Array.from({ length: 100 }, () => ({ customerId: 'CUST-1' }));
    const answers = await organization.viewer.query<LookupResult[]>('lookupMany', { inputs });
    expect(answers).toHaveLength(100);
  });
});
