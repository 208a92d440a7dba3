import { describe, it } from '@jest/globals';
import type { SubjectEvent } from '../../src/domain/change/change.events.js';
import { projected } from '../../test/support/given-projection.js';
import { recorded } from '../../test/support/given-subject.js';
import { changesProjection } from './changes.projection.js';

const content = { customerId: 'CUST-1', toTier: 'gold' };
const at = (minute: number) => `2026-07-01T09:0${minute}:00.000Z`;
const happened = (minute: number, actor: string, event: SubjectEvent) =>
  recorded(event, { actor, at: at(minute), position: BigInt(minute + 1) });

const proposed = happened(0, 'mia', {
  type: 'ChangeProposed',
  data: {
    changeId: 'c1',
    kind: 'REMAP',
    subject: { kind: 'CUSTOMER', id: 'CUST-1' },
    revision: 1,
    content,
    baseVersion: 0,
    reason: 'upgrade',
    effectiveUntil: at(9),
  },
});
const approvalGiven = happened(1, 'ada', {
  type: 'ApprovalGiven',
  data: { changeId: 'c1', revision: 1, approver: 'ada', comment: 'fine' },
});

describe('the changes read model', () => {
  it('shows a proposal as it was made', () =>
    projected(changesProjection, proposed).thenDocument('acme/c1', {
      status: 'PROPOSED',
      revision: 1,
      proposedBy: 'mia',
      subjectKey: 'cust-1',
      content,
      timeline: [{ kind: 'PROPOSED', actor: 'mia', at: at(0), text: 'upgrade', revision: 1 }],
    }));

  it('counts the approvals of the revision at hand, and forgets what a revision leaves out', () => {
    const revised = happened(2, 'mia', {
      type: 'ChangeRevised',
      data: { changeId: 'c1', revision: 2, content, baseVersion: 3 },
    });
    projected(changesProjection, proposed, approvalGiven).thenDocument('acme/c1', { approvals: ['ada'] });
    const { documents } = projected(changesProjection, proposed, approvalGiven, revised);
    projected(changesProjection, proposed, approvalGiven, revised).thenDocument('acme/c1', {
      revision: 2,
      approvals: [],
      baseVersion: 3,
      timeline: [{ kind: 'PROPOSED' }, { kind: 'APPROVAL', text: 'fine' }, { kind: 'REVISED', revision: 2 }],
    });
    if (documents.get('acme/c1')?.effectiveUntil !== undefined) throw new Error('The end was left out.');
  });

  it('tells how it ended, and why', () => {
    const rejected = happened(3, 'ada', {
      type: 'ChangeRejected',
      data: { changeId: 'c1', revision: 1, reason: 'too generous' },
    });
    projected(changesProjection, proposed, rejected).thenDocument('acme/c1', {
      status: 'REJECTED',
      decidedAt: at(3),
      timeline: [{ kind: 'PROPOSED' }, { kind: 'REJECTED', actor: 'ada', text: 'too generous' }],
    });
  });

  it('knows nothing of a change that was never proposed here', () =>
    projected(changesProjection, approvalGiven).thenNoDocument('acme/c1'));
});
