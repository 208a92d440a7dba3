import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Clock } from '../../src/application/ports/clock.js';
import { startApp, type App } from '../support/app.js';
import type { Connection, SlaException } from '../support/answers.js';
import { keyHolder, newOrganization } from '../support/new-organization.js';
import { contract, withCustomer, withTiers } from '../support/samples.js';

/** The machine's clock, until it is held at an instant. */
class HeldClock extends Clock {
  private held: string | null = null;

  now(): string {
    return this.held ?? new Date().toISOString();
  }

  hold(instant: string | null): void {
    this.held = instant;
  }
}

const clock = new HeldClock();
let app: App;
beforeAll(async () => {
  app = await startApp({ clock });
});
afterAll(() => app.close());

/** The day after the contract's last one, where it begins first and where it begins last. */
const MIDNIGHTS = [
  { zone: 'Pacific/Auckland', midnight: '2090-01-31T11:00:00.000Z', before: '2090-01-31T10:59:59.999Z' },
  { zone: 'Pacific/Honolulu', midnight: '2090-02-01T10:00:00.000Z', before: '2090-02-01T09:59:59.999Z' },
];

describe('a contract that ends on a day', () => {
  it.each(MIDNIGHTS)(
    'ends at the midnight of $zone, to the millisecond, with nothing written',
    async (at) => {
      clock.hold(null);
      const organization = await withTiers(await newOrganization(app, 'Europe/Berlin'));
      await withCustomer(organization, 'CUST-1', 'gold', null);
      const dates = { startsOn: '2026-01-01', endsOn: '2090-01-31', timeZone: at.zone };
      await organization.live('proposeContract', contract('CTR-1', 'CUST-1', 'gold', dates));
      // Tokens would not live to see it.
      const reader = await keyHolder(app, organization, 'lookup:read');
      const head = await app.head();

      /** What every door says, of an instant or of now. */
      const said = async (instant?: string) => {
        const query = instant === undefined ? '' : `&at=${instant}`;
        const lookup = await reader.lookup({ customerId: 'CUST-1', at: instant });
        const { json } = await reader.rest(`/v1/lookup?customerId=CUST-1${query}`);
        const ofContract = await reader.rest(`/v1/lookup?contractId=CTR-1${query}`);
        const { nodes } = await reader.query<Connection<SlaException>>('exceptions', { at: instant });
        const csv = (await reader.rest(`/v1/export/exceptions.csv?${query}`)).text;
        return {
          types: [lookup.__typename, json?.['type'], ofContract.json?.['type']],
          exceptions: nodes.map(({ kind, since }) => [kind, since]),
          exported: csv.includes('NO_ACTIVE_CONTRACT,OPEN,CUST-1'),
        };
      };
      const binding = { types: Array(3).fill('BindingSla'), exceptions: [], exported: false };
      const ended = {
        types: Array(3).fill('SlaException'),
        exceptions: [['NO_ACTIVE_CONTRACT', at.midnight]],
        exported: true,
      };
      expect(await said(at.before)).toEqual(binding);
      expect(await said(at.midnight)).toEqual(ended);
      clock.hold(at.before);
      expect([await said(), await said()]).toEqual([binding, binding]);
      clock.hold(at.midnight);
      expect(await said()).toEqual(ended);
      expect(await said(at.before)).toEqual(binding);
      expect(await app.head()).toBe(head);
    },
  );
});
