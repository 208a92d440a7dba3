import { describe, it } from '@jest/globals';
import { given } from '../../../test/support/given-subject.js';
import type { SubjectEvent } from './change.events.js';
import type { ChangeCommand } from './change.commands.js';
import type { TierTermsContent } from './content.js';
import { INITIAL_POLICY } from './policy.js';

const content: TierTermsContent = {
  key: 'gold',
  name: 'Gold',
  rank: 3,
  terms: {
    commitments: [
      { priority: 'P0', firstResponse: '1h', nextUpdate: null, resolution: '4h', coverage: '24x7' },
    ],
    channels: [],
    features: [],
  },
};
const subject = { kind: 'TIER', id: 'gold' } as const;
const better = { ...content, rank: 4 };

const propose: ChangeCommand = {
  type: 'ProposeChange',
  changeId: 'c1',
  kind: 'TIER_TERMS',
  subject,
  content,
};
const approve: ChangeCommand = { type: 'ApproveChange', changeId: 'c1', revision: 1 };

const wasProposed: SubjectEvent = {
  type: 'ChangeProposed',
  data: { changeId: 'c1', kind: 'TIER_TERMS', subject, revision: 1, content, baseVersion: 0 },
};
const version = (number: number) => ({
  number,
  kind: 'TIER_TERMS' as const,
  subject,
  content,
  effectiveFrom: '2026-07-01T10:00:00.000Z',
  proposedBy: 'mia',
  approvedBy: ['ada'],
  backdated: false,
  selfApproved: false,
  timeZone: 'Europe/Berlin',
});
const wasApproved: SubjectEvent = {
  type: 'ChangeApproved',
  data: { changeId: 'c1', revision: 1, approver: 'ada', version: version(1) },
};
const revised = (revision: number): SubjectEvent => ({
  type: 'ChangeRevised',
  data: { changeId: 'c1', revision, content: better, baseVersion: 0 },
});
const mia = { actor: 'mia' };
const ada = { actor: 'ada' };

describe('proposing a change', () => {
  it('opens it against the latest version, for thirty days', () =>
    given()
      .when(propose)
      .then({
        ...wasProposed,
        data: { ...wasProposed.data, expiresAt: '2026-07-31T10:00:00.000Z' },
      }));

  it('names the open change that already says the same', () =>
    given([wasProposed, mia])
      .when({ ...propose, changeId: 'c2' })
      .thenFails('DUPLICATE', { existingId: 'c1' }));

  it('may say again what has lapsed', () => {
    const lapsed = {
      ...wasProposed,
      data: { ...wasProposed.data, expiresAt: '2026-07-01T10:00:00.000Z' },
    } as SubjectEvent;
    given([lapsed, mia])
      .when({ ...propose, changeId: 'c2' })
      .thenMatches({ type: 'ChangeProposed', data: { changeId: 'c2' } });
  });

  it('allows the same once the first is decided', () =>
    given([wasProposed, mia], [wasApproved, ada])
      .when({ ...propose, changeId: 'c2' })
      .thenMatches({ type: 'ChangeProposed', data: { changeId: 'c2', baseVersion: 1 } }));

  it('refuses a start in the past', () =>
    given()
      .when({
        ...propose,
        effectiveFrom: '2026-06-01T00:00:00.000Z',
        reason: 'late paperwork',
      })
      .thenFails('BACKDATING_NOT_ALLOWED', { path: ['effectiveFrom'] }));

  it('asks for a reason where the policy lets it start in the past', () =>
    given()
      .when(
        { ...propose, effectiveFrom: '2026-06-01T00:00:00.000Z' },
        {
          policy: { ...INITIAL_POLICY, allowBackdating: true },
        },
      )
      .thenFails('REASON_REQUIRED', { path: ['reason'] }));

  it('refuses an end that is not after the start', () =>
    given()
      .when({ ...propose, effectiveUntil: '2026-07-01T10:00:00.000Z' })
      .thenFails('INVALID_INPUT', { path: ['effectiveUntil'] }));

  it('refuses to retire a tier that is not there', () =>
    given()
      .when({
        type: 'ProposeChange',
        changeId: 'c1',
        kind: 'TIER_RETIREMENT',
        subject,
        content: { key: 'gold' },
      })
      .thenFails('INVALID_INPUT', { path: ['key'] }));
});

describe('approving a change', () => {
  it('makes it the next version, in the same event', () =>
    given([wasProposed, mia]).when(approve).then(wasApproved));

  it('refuses its own proposer', () => given([wasProposed, ada]).when(approve).thenFails('SELF_APPROVAL'));

  it('marks a self-approval where the policy allows it', () =>
    given([wasProposed, ada])
      .when(approve, { policy: { ...INITIAL_POLICY, allowSelfApproval: true } })
      .thenMatches({ type: 'ChangeApproved', data: { version: { selfApproved: true } } }));

  it('refuses who is no admin', () =>
    given([wasProposed, mia]).when(approve, { actor: 'max', isAdmin: false }).thenFails('FORBIDDEN'));

  it('refuses what has been revised since', () =>
    given([wasProposed, mia], [revised(2), mia])
      .when(approve)
      .thenFails('STALE', { path: ['revision'] }));

  it('refuses what was made against an older version', () =>
    given([wasProposed, mia], [otherProposed, mia], [wasApproved, ada])
      .when({ ...approve, changeId: 'c2' })
      .thenFails('STALE'));

  it('refuses a second approval by the same person', () =>
    given([wasProposed, mia], [wasApproved, ada]).when(approve).thenFails('ALREADY_APPROVED_BY_YOU'));

  it('refuses to approve what somebody else has approved already', () =>
    given([wasProposed, mia], [wasApproved, ada]).when(approve, { actor: 'eve' }).thenFails('NOT_OPEN'));

  it('refuses what nobody proposed', () => given().when(approve).thenFails('NOT_FOUND'));

  it('refuses what has expired', () =>
    given([
      {
        ...wasProposed,
        data: { ...wasProposed.data, expiresAt: '2026-07-01T10:00:00.000Z' },
      },
      mia,
    ])
      .when(approve)
      .thenFails('NOT_OPEN'));

  it('refuses a start that passed while it waited', () =>
    given([
      {
        ...wasProposed,
        data: { ...wasProposed.data, effectiveFrom: '2026-07-01T09:30:00.000Z' },
      },
      mia,
    ])
      .when(approve)
      .thenFails('BACKDATING_NOT_ALLOWED'));

  it('marks what starts in the past, where the policy allows it', () =>
    given([
      {
        ...wasProposed,
        data: { ...wasProposed.data, effectiveFrom: '2026-06-01T00:00:00.000Z', reason: 'late paperwork' },
      },
      mia,
    ])
      .when(approve, { policy: { ...INITIAL_POLICY, allowBackdating: true } })
      .thenMatches({ data: { version: { backdated: true, effectiveFrom: '2026-06-01T00:00:00.000Z' } } }));

  it('refuses an import that is still being read', () =>
    given([wasProposed, mia], [{ type: 'ImportStarted', data: { importId: 'i1', source: 'cli' } }, mia])
      .when(approve)
      .thenFails('CONFLICT'));
});

describe('a quorum of two', () => {
  const policy = { ...INITIAL_POLICY, rules: [{ tier: 'GOLD', approvals: 2 }] };
  const gaveApproval: SubjectEvent = {
    type: 'ApprovalGiven',
    data: { changeId: 'c1', revision: 1, approver: 'eve' },
  };

  it('waits for the second approver', () =>
    given([wasProposed, mia])
      .when(approve, { policy })
      .then({ type: 'ApprovalGiven', data: { changeId: 'c1', revision: 1, approver: 'ada' } }));

  it('is reached by two distinct people', () =>
    given([wasProposed, mia], [gaveApproval, { actor: 'eve' }])
      .when(approve, { policy })
      .thenMatches({ type: 'ChangeApproved', data: { version: { approvedBy: ['eve', 'ada'] } } }));

  it('counts a person once', () =>
    given([wasProposed, mia], [gaveApproval, { actor: 'eve' }])
      .when(approve, { policy, actor: 'eve' })
      .thenFails('ALREADY_APPROVED_BY_YOU'));

  it('no longer counts who has lost the role', () =>
    given([wasProposed, mia], [gaveApproval, { actor: 'eve' }])
      .when(approve, { policy, mayStillApprove: (name) => name !== 'eve' })
      .thenMatches({ type: 'ApprovalGiven' }));

  it('starts anew when the proposal is revised', () =>
    given([wasProposed, mia], [gaveApproval, { actor: 'eve' }], [revised(2), mia])
      .when({ ...approve, revision: 2 }, { policy })
      .thenMatches({ type: 'ApprovalGiven', data: { revision: 2 } }));
});

describe('revising a change', () => {
  it('takes the newer base', () =>
    given([wasProposed, mia], [otherProposed, mia], [wasApproved, ada])
      .when({ type: 'ReviseChange', changeId: 'c2', content }, { actor: 'mia' })
      .thenMatches({ type: 'ChangeRevised', data: { changeId: 'c2', revision: 2, baseVersion: 1 } }));

  it('is for its proposer', () =>
    given([wasProposed, mia])
      .when({ type: 'ReviseChange', changeId: 'c1', content: better })
      .thenFails('FORBIDDEN'));

  it('is over once it is decided', () =>
    given([wasProposed, mia], [wasApproved, ada])
      .when({ type: 'ReviseChange', changeId: 'c1', content: better }, { actor: 'mia' })
      .thenFails('NOT_OPEN'));
});

describe('ending a change without approving it', () => {
  it('rejects with a reason', () =>
    given([wasProposed, mia])
      .when({ type: 'RejectChange', changeId: 'c1', revision: 1, reason: 'too generous' })
      .then({ type: 'ChangeRejected', data: { changeId: 'c1', revision: 1, reason: 'too generous' } }));

  it('does not reject without one', () =>
    given([wasProposed, mia])
      .when({ type: 'RejectChange', changeId: 'c1', revision: 1, reason: ' ' })
      .thenFails('REASON_REQUIRED', { path: ['reason'] }));

  it('lets the proposer withdraw', () =>
    given([wasProposed, mia])
      .when({ type: 'WithdrawChange', changeId: 'c1' }, { actor: 'mia', isAdmin: false })
      .then({ type: 'ChangeWithdrawn', data: { changeId: 'c1', revision: 1 } }));

  it('lets an admin withdraw what others proposed, and nobody else', () => {
    given([wasProposed, mia])
      .when({ type: 'WithdrawChange', changeId: 'c1' })
      .thenMatches({ type: 'ChangeWithdrawn' });
    given([wasProposed, mia])
      .when({ type: 'WithdrawChange', changeId: 'c1' }, { actor: 'max', isAdmin: false })
      .thenFails('FORBIDDEN');
  });

  it('expires only once its time has come', () => {
    const expiring = {
      ...wasProposed,
      data: { ...wasProposed.data, expiresAt: '2026-07-01T10:00:00.000Z' },
    } as SubjectEvent;
    given([expiring, mia])
      .when({ type: 'ExpireChange', changeId: 'c1' })
      .then({ type: 'ChangeExpired', data: { changeId: 'c1', revision: 1 } });
    given([expiring, mia])
      .when({ type: 'ExpireChange', changeId: 'c1' }, { now: '2026-07-01T09:59:59.999Z' })
      .thenNothingHappens();
  });
});

const otherProposed: SubjectEvent = {
  type: 'ChangeProposed',
  data: { changeId: 'c2', kind: 'TIER_TERMS', subject, revision: 1, content: better, baseVersion: 0 },
};
