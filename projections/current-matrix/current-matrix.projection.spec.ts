import { describe, it } from '@jest/globals';
import { ApprovedLog } from '../../test/support/approved.js';
import { projected } from '../../test/support/given-projection.js';
import { contractsProjection } from '../contracts/contracts.projection.js';
import { historyProjection } from '../history/history.projection.js';
import { currentMatrixProjection } from './current-matrix.projection.js';

const JAN = '2026-01-01T00:00:00.000Z';
const FEB = '2026-02-01T00:00:00.000Z';
const gold = {
  key: 'Gold',
  name: 'Gold',
  rank: 3,
  terms: {
    commitments: [
      { priority: 'P0', firstResponse: '1h', nextUpdate: null, resolution: null, coverage: '24x7' },
    ],
    channels: [],
    features: [],
  },
};
const tier = (id: string) => ({ kind: 'TIER', id }) as const;
const log = new ApprovedLog()
  .approve('TIER_TERMS', tier('Gold'), gold, JAN)
  .approve('TIER_RETIREMENT', tier('gold'), { key: 'gold' }, FEB)
  .remap('CUST-1', 'gold', FEB)
  .contract('K/1', 'CUST-1', 'gold', { startsOn: '2026-01-01' }, FEB);

describe('the current matrix', () => {
  it('has the places of every version of a tier, and nothing of customers', () => {
    const matrix = projected(currentMatrixProjection, ...log.events);
    matrix.thenKeys('acme/TIER/gold');
    matrix.thenDocument('acme/TIER/gold', {
      id: 'Gold',
      versions: [
        { number: 1, kind: 'TIER_TERMS', effectiveFrom: JAN, position: '00000000000000000001' },
        { number: 2, kind: 'TIER_RETIREMENT', effectiveFrom: FEB, position: '00000000000000000002' },
      ],
    });
  });
});

describe('the history', () => {
  it('has every version of every subject, whole', () => {
    const history = projected(historyProjection, ...log.events);
    history.thenKeys(
      'acme/TIER/gold/1',
      'acme/TIER/gold/2',
      'acme/CUSTOMER/cust-1/1',
      'acme/CONTRACT/k%2F1/1',
    );
    history.thenDocument('acme/TIER/gold/1', {
      changeId: 'c1',
      recordedAt: JAN,
      version: { content: gold, approvedBy: ['ada'] },
    });
  });
});

describe('the contracts', () => {
  it('say whose they are', () =>
    projected(contractsProjection, ...log.events).thenDocument('acme/k%2F1', { customerKey: 'cust-1' }));
});
