import { describe, it } from '@jest/globals';
import { given } from '../../../test/support/given-subject.js';
import type { ChangeCommand } from './change.commands.js';
import type { SubjectEvent } from './change.events.js';
import type { ApprovalPolicyContent, ContractContent } from './content.js';
import { INITIAL_POLICY } from './policy.js';

const mia = { actor: 'mia' };

describe('two proposals with the same content', () => {
  const contract: ContractContent = {
    contractId: 'CTR-1',
    customerId: 'CUST-1',
    tier: 'gold',
    startsOn: '2026-01-01',
  };
  const subject = { kind: 'CONTRACT', id: 'CTR-1' } as const;
  const proposed: SubjectEvent = {
    type: 'ChangeProposed',
    data: { changeId: 'c1', kind: 'CONTRACT', subject, revision: 1, content: contract, baseVersion: 0 },
  };
  const propose = (content: ContractContent): ChangeCommand => ({
    type: 'ProposeChange',
    changeId: 'c2',
    kind: 'CONTRACT',
    subject,
    content,
  });

  it('are one, however customer and contract are spelled', () =>
    given([proposed, mia])
      .when(propose({ ...contract, contractId: 'ctr-1', customerId: 'cust-1' }))
      .thenFails('DUPLICATE', { existingId: 'c1' }));

  it('are two where they are about another customer', () =>
    given([proposed, mia])
      .when(propose({ ...contract, customerId: 'CUST-2' }))
      .thenMatches({ type: 'ChangeProposed', data: { changeId: 'c2' } }));
});

describe('an approval policy', () => {
  const content: ApprovalPolicyContent = { ...INITIAL_POLICY, defaultApprovals: 2 };
  const subject = { kind: 'APPROVAL_POLICY', id: 'policy' } as const;
  const data = {
    changeId: 'c1',
    kind: 'APPROVAL_POLICY',
    subject,
    revision: 1,
    content,
    baseVersion: 0,
  } as const;
  const revise: ChangeCommand = { type: 'ReviseChange', changeId: 'c1', content };

  it('starts when it is approved, and no other time is taken in silence', () =>
    given([{ type: 'ChangeProposed', data }, mia])
      .when({ ...revise, effectiveFrom: '2026-08-01T00:00:00.000Z' }, mia)
      .thenFails('INVALID_INPUT', { path: ['effectiveFrom'] }));

  it('has no end of its own: nothing would come back when it ended', () =>
    given([{ type: 'ChangeProposed', data }, mia])
      .when({ ...revise, effectiveUntil: '2026-08-01T00:00:00.000Z' }, mia)
      .thenFails('INVALID_INPUT', { path: ['effectiveUntil'] }));
});

describe('retiring a tier', () => {
  const subject = { kind: 'TIER', id: 'gold' } as const;
  const content = { key: 'gold' };
  const kind = 'TIER_RETIREMENT' as const;
  const retired = (effectiveFrom: string, effectiveUntil?: string): SubjectEvent => ({
    type: 'ChangeApproved',
    data: {
      ...{ changeId: 'c1', revision: 1, approver: 'ada' },
      version: {
        ...{ number: 2, kind, subject, content, effectiveFrom, ...(effectiveUntil && { effectiveUntil }) },
        ...{ proposedBy: 'mia', approvedBy: ['ada'], backdated: false, selfApproved: false, timeZone: 'UTC' },
      },
    },
  });
  const retire: ChangeCommand = { type: 'ProposeChange', changeId: 'c2', kind, subject, content };
  const ada = { actor: 'ada' };

  it('may come sooner than was approved', () =>
    given([retired('2026-12-31T00:00:00.000Z'), ada])
      .when({ ...retire, effectiveFrom: '2026-10-01T00:00:00.000Z' })
      .thenMatches({ type: 'ChangeProposed', data: { effectiveFrom: '2026-10-01T00:00:00.000Z' } }));

  it('may come again once it has ended', () =>
    given([retired('2026-01-01T00:00:00.000Z', '2026-07-01T10:00:00.000Z'), ada])
      .when(retire)
      .thenMatches({ type: 'ChangeProposed' }));

  it('does not come twice', () => {
    const twice = given([retired('2026-01-01T00:00:00.000Z'), ada]);
    twice.when(retire).thenFails('INVALID_INPUT', { path: ['key'] });
  });
});

it('waives nothing without a reason', () => {
  const content = {
    exceptionId: 'TIER_MISMATCH~x~cust-1',
    binds: 'MAPPED_TIER',
    until: '2026-08-01',
  } as const;
  const subject = { kind: 'CUSTOMER', id: 'CUST-1' } as const;
  given()
    .when({ type: 'ProposeChange', changeId: 'c1', kind: 'WAIVER', subject, content, reason: ' ' })
    .thenFails('REASON_REQUIRED', { path: ['reason'] });
});

describe('a start that passed while the proposal waited', () => {
  const content = { customerId: 'CUST-1', toTier: 'gold' };
  const subject = { kind: 'CUSTOMER', id: 'CUST-1' } as const;
  const effectiveFrom = '2026-07-01T09:30:00.000Z';
  const proposed = (reason: object): SubjectEvent => ({
    type: 'ChangeProposed',
    data: {
      ...{ changeId: 'c1', kind: 'REMAP', subject, revision: 1, content, baseVersion: 0, effectiveFrom },
      ...reason,
    },
  });
  const approve: ChangeCommand = { type: 'ApproveChange', changeId: 'c1', revision: 1 };
  const policy = { ...INITIAL_POLICY, allowBackdating: true };

  it('needs a reason, as any start in the past does', () =>
    given([proposed({}), mia])
      .when(approve, { policy })
      .thenFails('REASON_REQUIRED'));

  it('is backdated with one', () =>
    given([proposed({ reason: 'from the first of the month' }), mia])
      .when(approve, { policy })
      .thenMatches({ type: 'ChangeApproved', data: { version: { backdated: true, effectiveFrom } } }));
});
