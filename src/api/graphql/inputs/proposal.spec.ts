import { describe, expect, it } from '@jest/globals';
import { splitProposal } from './proposal.js';

describe('a proposal', () => {
  it('is its content, and when and why', () => {
    expect(
      splitProposal({
        customerId: 'C-1',
        toTier: 'gold',
        effectiveFrom: '2026-03-01T10:00:00+01:00',
        reason: ' renewal ',
        idempotencyKey: 'k',
      }),
    ).toEqual({
      content: { customerId: 'C-1', toTier: 'gold' },
      effectiveFrom: '2026-03-01T09:00:00.000Z',
      effectiveUntil: undefined,
      reason: 'renewal',
      idempotencyKey: 'k',
    });
  });

  it('gives no reason when the reason is blank', () => {
    expect(splitProposal({ key: 'gold', reason: '  ', effectiveFrom: null }).reason).toBeUndefined();
  });

  it('is refused when it would take effect on a date without a time', () => {
    expect(() => splitProposal({ key: 'gold', effectiveFrom: '2026-03-01' })).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', path: ['effectiveFrom'] }),
    );
  });
});
