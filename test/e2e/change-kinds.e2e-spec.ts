import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type App } from '../support/app.js';
import { newOrganization, type Organization } from '../support/new-organization.js';
import { contract, policy, terms, tier, withCustomer, withTiers } from '../support/samples.js';
import type { Change, Connection, Matrix, SlaException, Version } from '../support/answers.js';

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const versionsOf = async ({ viewer }: Organization, kind: string, id: string): Promise<readonly Version[]> =>
  (await viewer.query<Connection<Version>>('history', { subject: { kind, id } })).nodes;

interface Kind {
  readonly kind: string;
  readonly mutation: string;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly input: (organization: Organization) => Promise<object>;
  /** What a read shows that only approval may change. */
  readonly shown: (organization: Organization) => Promise<unknown>;
}

const matrixOf = async ({ viewer }: Organization) =>
  (await viewer.query<Matrix>('matrix')).tiers.map(({ key, version }) => [key, version.number]);
const resultFor = async ({ viewer }: Organization, customerId: string) => {
  const result = await viewer.lookup({ customerId });
  return result.__typename === 'BindingSla' ? [result.tier, result.source] : result.__typename;
};

const KINDS: readonly Kind[] = [
  {
    kind: 'TIER_TERMS',
    mutation: 'proposeTierTerms',
    subject: { kind: 'TIER', id: 'gold' },
    input: async () => tier('gold', 2, 2),
    shown: matrixOf,
  },
  {
    kind: 'TIER_RETIREMENT',
    mutation: 'proposeTierRetirement',
    subject: { kind: 'TIER', id: 'gold' },
    input: async () => ({ key: 'gold' }),
    shown: matrixOf,
  },
  {
    kind: 'COVERAGE',
    mutation: 'proposeCoverage',
    subject: { kind: 'COVERAGE', id: 'business-hours' },
    input: async () => ({
      key: 'business-hours',
      timeZone: 'America/New_York',
      windows: [{ day: 1, start: '08:00', end: '20:00' }],
      publicHolidays: 'US',
    }),
    shown: async ({ viewer }) => {
      const result = await viewer.lookup({ customerId: 'calm', priority: 'P2' });
      return result.__typename === 'BindingSla' && result.coverage?.timeZone;
    },
  },
  {
    kind: 'CONTRACT',
    mutation: 'proposeContract',
    subject: { kind: 'CONTRACT', id: 'CTR-calm' },
    input: async () => contract('CTR-calm', 'calm', 'gold', { overrides: terms(1) }),
    shown: (organization) => resultFor(organization, 'calm'),
  },
  {
    kind: 'REMAP',
    mutation: 'remapCustomer',
    subject: { kind: 'CUSTOMER', id: 'torn' },
    input: async () => ({ customerId: 'torn', toTier: 'silver' }),
    shown: (organization) => resultFor(organization, 'torn'),
  },
  {
    kind: 'WAIVER',
    mutation: 'proposeWaiver',
    subject: { kind: 'CUSTOMER', id: 'torn' },
    input: async ({ viewer }) => {
      const exception = (await viewer.lookup({ customerId: 'torn' })) as SlaException;
      const until = '2999-01-01T00:00:00Z';
      return { exceptionId: exception.id, binds: 'MAPPED_TIER', until, reason: 'until the renewal' };
    },
    shown: (organization) => resultFor(organization, 'torn'),
  },
  {
    kind: 'APPROVAL_POLICY',
    mutation: 'proposeApprovalPolicy',
    subject: { kind: 'APPROVAL_POLICY', id: 'policy' },
    input: async () => policy({ defaultApprovals: 2 }),
    shown: async ({ member }) => {
      const change = await member.done('remapCustomer', { customerId: `x${Math.random()}`, toTier: 'gold' });
      return change.approvalsNeeded;
    },
  },
];

describe.each(KINDS)('a change of kind $kind', ({ kind, mutation, subject, input, shown }) => {
  it('is visible when proposed, live when approved, and never in between', async () => {
    const organization = await withTiers(await newOrganization(app));
    await withCustomer(organization, 'calm', 'silver');
    await withCustomer(organization, 'torn', 'gold', 'silver');
    const { member, admin, viewer } = organization;
    const before = await shown(organization);
    const versionsBefore = (await versionsOf(organization, subject.kind, subject.id)).length;

    const given = await input(organization);
    const proposed = await member.done(mutation, { ...given, reason: 'because' });
    expect(proposed).toMatchObject({ kind, subject, status: 'PROPOSED', revision: 1, proposedBy: 'mia' });
    expect(proposed).toMatchObject({ reason: 'because', approvals: [], approvalsNeeded: 1, stale: false });
    expect(await viewer.query<Change>('change', { id: proposed.id })).toEqual(proposed);
    expect(await shown(organization)).toEqual(before);
    expect(await versionsOf(organization, subject.kind, subject.id)).toHaveLength(versionsBefore);

    const approved = await admin.approve(proposed, { comment: 'fine' });
    expect(approved).toMatchObject({ status: 'APPROVED', approvals: ['ada'], stale: false });
    expect(approved.timeline.map(({ kind: step, actor }) => [step, actor])).toEqual([
      ['PROPOSED', 'mia'],
      ['APPROVED', 'ada'],
    ]);
    expect(await shown(organization)).not.toEqual(before);
    const version = (await versionsOf(organization, subject.kind, subject.id)).at(-1);
    expect(version).toMatchObject({
      subject,
      changeId: proposed.id,
      proposedBy: 'mia',
      approvedBy: ['ada'],
      reason: 'because',
      backdated: false,
      selfApproved: false,
      content: approved.content,
    });
  });
});
