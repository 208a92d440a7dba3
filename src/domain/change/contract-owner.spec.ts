import { describe, it } from '@jest/globals';
import { given } from '../../../test/support/given-subject.js';
import type { SubjectEvent } from './change.events.js';
import type { ContractContent } from './content.js';

const contract: ContractContent = {
  contractId: 'CTR-1',
  customerId: 'CUST-1',
  tier: 'gold',
  startsOn: '2026-01-01',
};
const subject = { kind: 'CONTRACT', id: 'CTR-1' } as const;
const applied: SubjectEvent = {
  type: 'ImportRowApplied',
  data: {
    changeId: 'c0',
    importId: 'i0',
    record: 1,
    version: {
      number: 1,
      kind: 'CONTRACT',
      subject,
      content: contract,
      effectiveFrom: '2026-07-01T10:00:00.000Z',
      proposedBy: 'mia',
      approvedBy: ['ada'],
      backdated: false,
      selfApproved: false,
      timeZone: 'Europe/Berlin',
    },
  },
};

describe('a contract', () => {
  it('never moves to another customer', () =>
    given([applied, { actor: 'mia' }])
      .when({
        type: 'ProposeChange',
        changeId: 'c1',
        kind: 'CONTRACT',
        subject,
        content: { ...contract, customerId: 'CUST-2' },
      })
      .thenFails('DUPLICATE', { path: ['contractId'] }));
});
