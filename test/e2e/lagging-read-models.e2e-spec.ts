import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ALL_PROJECTIONS } from '../../projections/all.js';
import { startApp, type App } from '../support/app.js';
import type { Change } from '../support/answers.js';
import { newOrganization, type Organization } from '../support/new-organization.js';
import { withCustomer, withTiers } from '../support/samples.js';

const MODELS = ALL_PROJECTIONS.map(({ model }) => model.name);

let app: App;
let organization: Organization;
beforeAll(async () => {
  app = await startApp();
  organization = await withTiers(await newOrganization(app));
  await withCustomer(organization, 'CUST-1', 'gold');
  await withCustomer(organization, 'CUST-2', 'gold');
});
afterAll(() => app.close());

describe('what was just written, while no read model gets to it', () => {
  it('is answered from the log, and as it is read afterwards', async () => {
    const { member, admin, viewer } = organization;
    const earlier = await member.done('remapCustomer', { customerId: 'CUST-1', toTier: 'silver' });
    await Promise.all(MODELS.map((name) => app.core.runtime.rest(name)));

    const key = { idempotencyKey: 'while-frozen' };
    const input = { customerId: 'CUST-2', toTier: 'silver', reason: 'As sold.', ...key };
    const [proposed, approved, again] = await Promise.all([
      member.change('remapCustomer', input),
      admin.change('approveChange', { changeId: earlier.id, revision: 1, comment: 'Fine.' }),
      // A repeat: its first outcome is in the log alone.
      member.change('remapCustomer', input),
    ]);
    expect([proposed, approved, again].map(({ userErrors }) => userErrors)).toEqual([[], [], []]);
    expect(proposed.change).toMatchObject({
      status: 'PROPOSED',
      subject: { kind: 'CUSTOMER', id: 'CUST-2' },
      reason: 'As sold.',
      diff: [{ path: 'toTier', before: 'gold', after: 'silver' }],
    });
    expect(again).toEqual(proposed);
    expect(approved.change).toMatchObject({ id: earlier.id, status: 'APPROVED', approvals: ['ada'] });

    for (const name of MODELS) app.core.runtime.follow(name);
    await app.caughtUp();
    for (const { change } of [proposed, approved])
      expect(await viewer.query<Change>('change', { id: change!.id })).toEqual(change);
  }, 60_000);
});
