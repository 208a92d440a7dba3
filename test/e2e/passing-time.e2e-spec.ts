import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type App } from '../support/app.js';
import type { Change, Connection, SlaException } from '../support/answers.js';
import { newOrganization } from '../support/new-organization.js';
import { contract, policy, terms, tier, withCustomer, withTiers } from '../support/samples.js';
import { TravellingClock } from '../support/travelling-clock.js';

const clock = new TravellingClock();
let app: App;
beforeAll(async () => {
  app = await startApp({ clock });
});
afterAll(() => app.close());

describe('time alone', () => {
  it('ends what nobody decides, on the day that the policy says', async () => {
    const { live, member, admin, viewer } = await newOrganization(app);
    await live('proposeApprovalPolicy', policy({ expireAfterDays: 10 }));
    const change = await member.done('proposeTierTerms', tier('gold'));
    const statusNow = async () => (await viewer.query<Change>('change', { id: change.id })).status;
    clock.goOn(9.9);
    expect(await statusNow()).toBe('PROPOSED');
    clock.goOn(0.2);
    expect(await statusNow()).toBe('EXPIRED');
    expect(await admin.refused('approveChange', { changeId: change.id, revision: 1 })).toMatchObject({
      code: 'NOT_OPEN',
    });
    const list = async (status: string) =>
      (await viewer.query<Connection<Change>>('changes', { filter: { status } })).nodes.map(({ id }) => id);
    expect([await list('PROPOSED'), await list('EXPIRED')]).toEqual([[], [change.id]]);
    // What has lapsed is no reason to refuse the same again.
    expect((await member.done('proposeTierTerms', tier('gold'))).status).toBe('PROPOSED');
  });

  it('makes a scheduled version live, and ends a waiver and a contract, with nothing written', async () => {
    const organization = await withTiers(await newOrganization(app));
    const { live, viewer } = organization;
    await withCustomer(organization, 'torn', 'gold', 'silver');
    const { id: exceptionId } = (await viewer.lookup({ customerId: 'torn' })) as SlaException;
    const days = (count: number) => new Date(Date.parse(clock.now()) + count * 24 * 3_600_000).toISOString();
    await live('proposeWaiver', { exceptionId, binds: 'MAPPED_TIER', until: days(20), reason: 'deal' });
    await live('proposeTierTerms', { ...tier('gold', 2), terms: terms(2), effectiveFrom: days(10) });
    const endsOn = days(30).slice(0, 10);
    await live('proposeContract', contract('CTR-torn', 'torn', 'silver', { endsOn }));
    const head = await app.head();
    const seen = async () => {
      const result = await viewer.lookup({ customerId: 'torn', priority: 'P0' });
      return result.__typename === 'BindingSla'
        ? result.commitment?.resolution
        : (result as SlaException).kind;
    };
    const said = [await seen()];
    for (const step of [11, 10, 11]) {
      clock.goOn(step);
      said.push(await seen());
    }
    expect(said).toEqual(['4h', '2h', 'TIER_MISMATCH', 'NO_ACTIVE_CONTRACT']);
    expect(await app.head()).toBe(head);
  });
});
