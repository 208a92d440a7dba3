import { describe, it, expect } from '@jest/globals';
import { ApprovedLog } from '../../test/support/approved.js';
import { projected } from '../../test/support/given-projection.js';
import { customersProjection } from './customers.projection.js';

const JAN = '2026-01-01T00:00:00.000Z';
const FEB = '2026-02-01T00:00:00.000Z';

describe('the customers read model', () => {
  it('has a customer from their first mapping on, under the spelling it came with', () => {
    const log = new ApprovedLog().remap('CUST-1', 'gold', JAN).remap('cust-1', 'silver', FEB);
    projected(customersProjection, ...log.events).thenDocument('acme/cust-1', {
      customerId: 'CUST-1',
      mappings: [
        { number: 1, tier: 'gold', effectiveFrom: JAN },
        { number: 2, tier: 'silver', effectiveFrom: FEB },
      ],
    });
  });

  it('has a customer from their first contract on, with the instants between which it binds', () => {
    const dates = { startsOn: '2026-03-01', endsOn: '2026-03-31' };
    const log = new ApprovedLog().contract('K-1', 'CUST-1', 'gold', dates, JAN, {
      timeZone: 'Pacific/Auckland',
    });
    projected(customersProjection, ...log.events).thenDocument('acme/cust-1', {
      mappings: [],
      contracts: [
        {
          contractId: 'K-1',
          versions: [{ bindsFrom: '2026-02-28T11:00:00.000Z', bindsUntil: '2026-03-31T11:00:00.000Z' }],
        },
      ],
    });
  });

  it('keeps the name when a remap names none', () => {
    const subject = { kind: 'CUSTOMER', id: 'CUST-1' } as const;
    const log = new ApprovedLog()
      .approve('REMAP', subject, { customerId: 'CUST-1', customerName: 'Wingtip', toTier: 'gold' }, JAN)
      .remap('CUST-1', 'silver', FEB);
    projected(customersProjection, ...log.events).thenDocument('acme/cust-1', {
      name: 'Wingtip',
      nameKey: 'wingtip',
    });
  });

  it('keeps organizations apart, whatever their customers are called', () => {
    const events = [
      ...new ApprovedLog('acme').remap('CUST-1', 'gold', JAN).events,
      ...new ApprovedLog('umbra').remap('CUST-1', 'silver', JAN).events,
    ];
    const { documents } = projected(customersProjection, ...events);
    expect([...documents.keys()]).toEqual(['acme/cust-1', 'umbra/cust-1']);
  });
});
