import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type App } from '../support/app.js';
import type { Change } from '../support/answers.js';
import { newOrganization, type Organization } from '../support/new-organization.js';
import { contract, terms, tier, withTiers } from '../support/samples.js';

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const year = (number: number) => `${number}-01-01T00:00:00.000Z`;
const numbers = ({ followedBy }: Change) => followedBy.map(({ number }) => number);

describe('a proposal shows which known versions', () => {
  const gold = (hours: number, more: object = {}) => ({ ...tier('gold', 2, hours), ...more });
  const scheduled = async (): Promise<Organization> => {
    const organization = await withTiers(await newOrganization(app));
    await organization.live('proposeTierTerms', gold(3, { effectiveFrom: year(2031) }));
    await organization.live(
      'proposeTierTerms',
      gold(2, { effectiveFrom: year(2032), effectiveUntil: year(2033) }),
    );
    return organization;
  };

  it('follow or interrupt it, until it is decided', async () => {
    const { member, admin } = await scheduled();
    const proposed = await member.done('proposeTierTerms', gold(5));
    expect(proposed.followedBy).toMatchObject([
      { number: 2, effectiveFrom: year(2031) },
      { number: 3, periods: [{ from: year(2032), to: year(2033) }] },
    ]);
    expect((await admin.approve(proposed)).followedBy).toEqual([]);
  });

  it('begin within its own period, and none that it replaces', async () => {
    const { member } = await scheduled();
    const until = { effectiveUntil: '2031-06-01T00:00:00Z' };
    expect(numbers(await member.done('proposeTierTerms', gold(5, until)))).toEqual([2]);
    const replacing = { effectiveFrom: year(2031) };
    expect(numbers(await member.done('proposeTierTerms', gold(5, replacing)))).toEqual([3]);
    expect(numbers(await member.done('proposeTierTerms', gold(5, { effectiveFrom: year(2033) })))).toEqual(
      [],
    );
  });

  it('are of the same kind: a waiver does not follow a mapping', async () => {
    const organization = await withTiers(await newOrganization(app));
    const remap = (toTier: string, more: object = {}) => ({ customerId: 'c', toTier, ...more });
    await organization.live('remapCustomer', remap('gold'));
    await organization.live('remapCustomer', remap('silver', { effectiveFrom: year(2031) }));
    const again = await organization.member.done('remapCustomer', remap('silver'));
    expect(again.followedBy).toMatchObject([{ number: 2, content: { toTier: 'silver' } }]);
  });
});

describe('a proposal warns', () => {
  const commitment = (priority: string, firstResponse: string, resolution: string) => ({
    ...{ priority, firstResponse, resolution, coverage: '24x7' },
  });
  const codes = ({ lint }: Change) => lint.map(({ code, tier: key, priority }) => [code, key, priority]);

  it('of what a contract overrides, as it would bind beside the rest of its tier', async () => {
    const { member } = await withTiers(await newOrganization(app));
    const overriding = (commitments: readonly object[], more: object = {}) =>
      contract('K-1', 'c', 'gold', { overrides: terms(4, { commitments, channels: [], ...more }) });
    const slow = await member.done('proposeContract', overriding([commitment('P0', '8h', '4h')]));
    expect(codes(slow)).toEqual([['RESOLUTION_BEFORE_RESPONSE', 'gold', 'P0']]);
    expect(slow.lint[0]!.message).toMatch(/^K-1: P0 is resolved in 4h, before/);
    const credits = { credits: { percentPerBreach: 10, monthlyCapPercent: 5 } };
    const capped = await member.done('proposeContract', overriding([commitment('P0', '5m', '2h')], credits));
    expect(codes(capped)).toEqual([['CREDIT_CAP_BELOW_BREACH', 'gold', null]]);
  });

  it('of a contract nothing that its tier is warned of already', async () => {
    const organization = await withTiers(await newOrganization(app));
    const odd = { ...terms(), commitments: [commitment('P0', '4h', '8h'), commitment('P1', '1h', '9h')] };
    const { lint } = await organization.live('proposeTierTerms', { ...tier('gold', 2), terms: odd });
    expect(lint.map(({ code }) => code)).toContain('PRIORITY_INVERSION');
    const overrides = { commitments: [commitment('P1', '1h', '8h')], channels: [], features: [] };
    expect(
      codes(await organization.member.done('proposeContract', contract('K', 'c', 'gold', { overrides }))),
    ).toEqual([]);
  });

  it('of what other hours make of the promises', async () => {
    const { member, live } = await withTiers(await newOrganization(app));
    const hours = { key: 'desk', timeZone: 'UTC', windows: [{ day: 1, start: '09:00', end: '17:00' }] };
    await live('proposeCoverage', { ...hours, dayLength: '8h' });
    const commitments = [
      { priority: 'P0', firstResponse: '4h', resolution: '12h', coverage: 'desk' },
      { priority: 'P1', firstResponse: '5h', resolution: '2d', coverage: 'desk' },
    ];
    await live('proposeTierTerms', { ...tier('desk', 0), terms: terms(4, { commitments, channels: [] }) });
    const shorter = await member.done('proposeCoverage', { ...hours, dayLength: '2h' });
    expect(codes(shorter)).toEqual([
      ['PRIORITY_INVERSION', 'desk', 'P0'],
      ['RESOLUTION_BEFORE_RESPONSE', 'desk', 'P1'],
    ]);
    expect(codes(await member.done('proposeCoverage', { ...hours, dayLength: '7h' }))).toEqual([]);
  });
});
