import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type App } from '../support/app.js';
import type { Connection, SlaException, SlaExceptionPayload } from '../support/answers.js';
import { newOrganization, type Organization } from '../support/new-organization.js';
import { contract, terms, tier, withCustomer, withTiers } from '../support/samples.js';

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
const listed = ({ viewer }: Organization, filter: object = {}, axes: object = {}) =>
  viewer.query<Connection<SlaException>>('exceptions', { filter, ...axes });
const statuses = async (organization: Organization, filter: object = {}, axes: object = {}) =>
  (await listed(organization, filter, axes)).nodes.map(({ kind, status }) => `${kind} ${status}`);

/** Mapped to gold, contracted to silver, for long enough to ask about. */
const torn = async (): Promise<{ organization: Organization; exception: SlaException }> => {
  const organization = await withTiers(await newOrganization(app));
  await withCustomer(organization, 'torn', 'gold', 'silver');
  return { organization, exception: (await listed(organization)).nodes[0]! };
};
/** For a day the mapped tier binds. */
const waive = (organization: Organization, { id: exceptionId }: SlaException) =>
  organization.live('proposeWaiver', {
    exceptionId,
    binds: 'MAPPED_TIER',
    until: inHours(24),
    reason: 'deal',
  });
const acknowledge = (organization: Organization, exceptionId: string, more: object = {}) =>
  organization.member.mutate<SlaExceptionPayload>('acknowledgeException', {
    exceptionId,
    note: 'on it',
    ...more,
  });

describe('an exception that is waived', () => {
  it('stays in every list until the waiver ends, and is the same one again afterwards', async () => {
    const { organization, exception } = await torn();
    await withCustomer(organization, 'even', 'gold');
    const knownAt = new Date().toISOString();
    await waive(organization, exception);
    const [waived] = (await listed(organization)).nodes;
    expect(waived).toMatchObject({ id: exception.id, status: 'WAIVED', since: exception.since });
    expect(waived!.explanation.at(-1)).toMatch(/^Waiver, version 2: until .* the mapped tier gold binds\.$/);
    expect(await statuses(organization, { status: 'WAIVED' })).toEqual(['TIER_MISMATCH WAIVED']);
    expect(await statuses(organization, { status: 'OPEN' })).toEqual([]);
    expect(await statuses(organization, {}, { at: inHours(25) })).toEqual(['TIER_MISMATCH OPEN']);
    expect(await statuses(organization, {}, { knownAt })).toEqual(['TIER_MISMATCH OPEN']);
    const { viewer } = organization;
    expect(await viewer.query('customer', { id: 'torn' })).toMatchObject({ exceptions: [waived] });
    const among = await viewer.query<Connection<{ id: string }>>('customers', {
      filter: { withException: true },
    });
    expect([among.nodes.map(({ id }) => id), among.totalCount]).toEqual([['torn'], 1]);
    const csv = (await viewer.rest('/v1/export/exceptions.csv')).text;
    expect(csv).toContain(',TIER_MISMATCH,WAIVED,torn,');
    await acknowledge(organization, exception.id);
    expect(await statuses(organization)).toEqual(['TIER_MISMATCH WAIVED']);
    expect(await statuses(organization, {}, { at: inHours(25) })).toEqual(['TIER_MISMATCH ACKNOWLEDGED']);
  });

  it('is waived no longer once it is over: what comes back is another one, and open', async () => {
    const { organization, exception } = await torn();
    await waive(organization, exception);
    await organization.live('remapCustomer', { customerId: 'torn', toTier: 'silver' });
    const knownAt = new Date().toISOString();
    expect(await organization.viewer.lookup({ customerId: 'torn' })).toMatchObject({ source: 'TIER' });
    await organization.live('remapCustomer', { customerId: 'torn', toTier: 'gold' });
    const { nodes } = await listed(organization);
    expect(nodes).toMatchObject([{ kind: 'TIER_MISMATCH', status: 'OPEN', previousId: exception.id }]);
    expect(await organization.viewer.lookup({ customerId: 'torn' })).toMatchObject({ id: nodes[0]!.id });
    expect(await statuses(organization, {}, { at: inHours(1), knownAt })).toEqual([]);
  });

  it('does not hide that the side that binds has a tier that is not in force', async () => {
    const { organization, exception } = await torn();
    await waive(organization, exception);
    await organization.live('proposeTierRetirement', { key: 'gold' });
    expect(await statuses(organization)).toEqual(['TIER_MISMATCH WAIVED', 'UNKNOWN_TIER OPEN']);
    const first = await listed(organization, {}, { first: 1 });
    const { viewer } = organization;
    const second = await viewer.query<Connection<SlaException>>('exceptions', {
      filter: {},
      first: 1,
      after: first.pageInfo.endCursor,
    });
    expect([first, second].map(({ nodes, pageInfo }) => [nodes[0]?.kind, pageInfo.hasNextPage])).toEqual([
      ['TIER_MISMATCH', true],
      ['UNKNOWN_TIER', false],
    ]);
    expect(second.totalCount).toBe(2);
    const among = await viewer.query<Connection<unknown>>('customers', { filter: { withException: true } });
    expect(among.totalCount).toBe(1);
  });
});

it.each(['A~b/C d', '株式会社'.repeat(10)])(
  'is acknowledged and waived, whoever it is about: %s',
  async (id) => {
    const organization = await withTiers(await newOrganization(app));
    await withCustomer(organization, id, 'gold', 'silver');
    const [{ id: exceptionId }] = (await listed(organization)).nodes as [SlaException];
    const { exception } = await acknowledge(organization, exceptionId);
    expect(exception).toMatchObject({ id: exceptionId, customerId: id, status: 'ACKNOWLEDGED' });
    const waiver = { exceptionId, binds: 'MAPPED_TIER', until: inHours(24), reason: 'deal' };
    await organization.live('proposeWaiver', waiver);
    expect(await statuses(organization)).toEqual(['TIER_MISMATCH WAIVED']);
  },
);

describe('a waiver that could let nothing bind', () => {
  it('is refused where the tier itself fails', async () => {
    const organization = await withTiers(await newOrganization(app));
    await withCustomer(organization, 'bare', 'gold');
    await organization.live('proposeTierRetirement', { key: 'gold' });
    const [{ id: exceptionId }] = (await listed(organization)).nodes as [SlaException];
    const input = { exceptionId, binds: 'MAPPED_TIER', until: inHours(24), reason: 'deal' };
    expect(await organization.member.refused('proposeWaiver', input)).toMatchObject({
      code: 'INVALID_INPUT',
      path: ['exceptionId'],
    });
  });

  it('is refused where the side is not there, in a revision too', async () => {
    const organization = await withTiers(await newOrganization(app));
    await withCustomer(organization, 'bare', 'gold', null);
    const [{ id: exceptionId }] = (await listed(organization)).nodes as [SlaException];
    const input = { exceptionId, binds: 'CONTRACT_TIER', until: inHours(24), reason: 'deal' };
    expect(await organization.member.refused('proposeWaiver', input)).toMatchObject({ path: ['binds'] });
    const proposed = await organization.member.done('proposeWaiver', { ...input, binds: 'MAPPED_TIER' });
    const revision = { changeId: proposed.id, reason: 'deal' };
    const content = { ...proposed.content, binds: 'CONTRACT_TIER' };
    expect(await organization.member.refused('reviseChange', { ...revision, content })).toMatchObject({
      code: 'INVALID_INPUT',
      path: ['content', 'binds'],
    });
  });
});

describe('an exception that is acknowledged', () => {
  it('says who sees to it and by when', async () => {
    const { organization, exception } = await torn();
    const { exception: seen } = await acknowledge(organization, exception.id, {
      owner: 'ana@acme.com',
      dueOn: '2026-12-31',
    });
    const expected = {
      status: 'ACKNOWLEDGED',
      acknowledgedBy: 'mia',
      owner: 'ana@acme.com',
      dueOn: '2026-12-31',
    };
    expect(seen).toMatchObject(expected);
    expect((await listed(organization)).nodes).toMatchObject([expected]);
    const csv = (await organization.viewer.rest('/v1/export/exceptions.csv')).text;
    expect(csv).toContain('on it,ana@acme.com,2026-12-31');
    const audit = await organization.compliance.query<Connection<{ after: unknown }>>('auditLog', {
      filter: { type: 'ExceptionAcknowledged' },
    });
    expect(audit.nodes[0]!.after).toMatchObject({
      note: 'on it',
      owner: 'ana@acme.com',
      dueOn: '2026-12-31',
    });
  });

  it('has a day that exists', async () => {
    const { organization, exception } = await torn();
    const answer = await acknowledge(organization, exception.id, { dueOn: '2026-02-30' });
    expect(answer).toMatchObject({
      exception: null,
      userErrors: [{ code: 'INVALID_INPUT', path: ['dueOn'] }],
    });
  });
});

describe('an exception that comes back', () => {
  it('is a new entry with a link to the one before; the one before is resolved, and listed once', async () => {
    const { organization, exception } = await torn();
    const remap = (toTier: string) => organization.live('remapCustomer', { customerId: 'torn', toTier });
    await organization.live('proposeTierTerms', tier('bronze'));
    await remap('bronze');
    await remap('silver');
    expect(await statuses(organization)).toEqual([]);
    await remap('gold');
    const [again] = (await listed(organization)).nodes;
    expect(again).toMatchObject({ kind: 'TIER_MISMATCH', status: 'OPEN', previousId: exception.id });
    expect(again!.id).not.toBe(exception.id);
    const resolved = await listed(organization, { status: 'RESOLVED', kind: 'TIER_MISMATCH' });
    expect(resolved.nodes).toMatchObject([{ id: exception.id, status: 'RESOLVED', previousId: null }]);
    expect(resolved.nodes[0]!.until).not.toBeNull();
    expect(resolved.totalCount).toBe(1);
  });

  it('was resolved by a change of the tier, too', async () => {
    const organization = await withTiers(await newOrganization(app));
    await withCustomer(organization, 'one', 'gold');
    await withCustomer(organization, 'two', 'gold');
    const thin = { ...tier('gold', 2), terms: terms(2, { commitments: terms(2).commitments.slice(0, 2) }) };
    await organization.live('proposeTierTerms', thin);
    expect(await statuses(organization)).toEqual(Array(2).fill('INCOMPLETE_TERMS OPEN'));
    await organization.live('proposeTierTerms', tier('gold', 2));
    await organization.live('proposeTierRetirement', { key: 'gold' });
    expect(await statuses(organization)).toEqual(Array(2).fill('UNKNOWN_TIER OPEN'));
    await organization.live('proposeTierTerms', thin);
    const again = (await listed(organization, { customerId: 'one' })).nodes;
    const over = (await listed(organization, { status: 'RESOLVED', customerId: 'one' })).nodes;
    expect(over.map(({ kind }) => kind).sort()).toEqual([
      'INCOMPLETE_TERMS',
      'NO_ACTIVE_CONTRACT',
      'UNKNOWN_TIER',
    ]);
    expect(again).toMatchObject([
      { kind: 'INCOMPLETE_TERMS', previousId: over.find(({ kind }) => kind === 'INCOMPLETE_TERMS')!.id },
    ]);
    const all = await listed(organization, { status: 'RESOLVED' });
    expect(all.totalCount).toBe(6);
    const seen: string[] = [];
    for (let after: string | null = null; seen.length < 6;) {
      const page: Connection<SlaException> = await organization.viewer.query('exceptions', {
        filter: { status: 'RESOLVED' },
        first: 1,
        after,
      });
      seen.push(page.nodes[0]!.id);
      after = page.pageInfo.endCursor;
    }
    expect(seen).toEqual(all.nodes.map(({ id }) => id));
    expect(new Set(seen).size).toBe(6);
  });
});

it('was a gap of a tier that has left force since', async () => {
  const organization = await withTiers(await newOrganization(app));
  await withCustomer(organization, 'one', 'gold');
  const thin = { ...tier('gold', 2), terms: terms(2, { commitments: terms(2).commitments.slice(0, 2) }) };
  await organization.live('proposeTierTerms', thin);
  const [gap] = (await listed(organization)).nodes;
  await organization.live('proposeTierRetirement', { key: 'gold' });
  const over = await listed(organization, { status: 'RESOLVED', kind: 'INCOMPLETE_TERMS' });
  expect(over.nodes).toMatchObject([{ id: gap!.id, kind: 'INCOMPLETE_TERMS', since: gap!.since }]);
  expect(over.totalCount).toBe(1);
});

it('ends with the contract that ends it, in the past as in the list', async () => {
  const organization = await withTiers(await newOrganization(app));
  await withCustomer(organization, 'done', 'gold', null);
  await organization.live('proposeContract', contract('K-1', 'done', 'gold'));
  const [resolved] = (await listed(organization, { status: 'RESOLVED' })).nodes;
  expect(resolved).toMatchObject({ kind: 'NO_ACTIVE_CONTRACT', customerId: 'done' });
  const then = await organization.viewer.lookup({ customerId: 'done', at: resolved!.since });
  expect(then).toMatchObject({ __typename: 'SlaException', id: resolved!.id });
});
