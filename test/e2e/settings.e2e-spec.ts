import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type App } from '../support/app.js';
import type { BindingSla, Connection, LookupResult, SlaException, UserError } from '../support/answers.js';
import { newOrganization, type Organization } from '../support/new-organization.js';
import { contract, terms, tier, withCustomer, withTiers } from '../support/samples.js';

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

interface SettingsPayload {
  readonly settings: { readonly exceptionRule: string } | null;
  readonly position: string | null;
  readonly userErrors: readonly UserError[];
}
const change = ({ admin }: Organization, exceptionRule: string, more: object = {}) =>
  admin.mutate<SettingsPayload>('changeSettings', { input: { exceptionRule, ...more } });

/** Mapped to gold, which answers quickly, and contracted to silver, which knows one more priority. */
const torn = async (): Promise<Organization> => {
  const organization = await withTiers(await newOrganization(app));
  const { commitments } = terms(2);
  const fast = terms(6, { commitments: commitments.slice(0, 3), uptimePercent: 99.9 });
  await organization.live('proposeTierTerms', { ...tier('gold', 2), terms: fast });
  const slow = { ...terms(3), uptimePercent: 99 };
  await organization.live('proposeTierTerms', { ...tier('silver', 1), terms: slow });
  await withCustomer(organization, 'torn', 'gold', 'silver');
  return organization;
};
const lookup = ({ viewer }: Organization, input: object = {}): Promise<LookupResult> =>
  viewer.lookup({ customerId: 'torn', ...input });
const typeOf = async (organization: Organization, input: object = {}) => {
  const answer = await lookup(organization, input);
  return answer.__typename === 'BindingSla' ? answer.source : (answer as SlaException).kind;
};

describe('what a lookup answers where promises contradict one another', () => {
  it('is what the organization has settled; the exception stays in the list', async () => {
    const organization = await torn();
    const { viewer } = organization;
    expect(await viewer.query('settings')).toEqual({ exceptionRule: 'REFUSE' });
    expect(await typeOf(organization)).toBe('TIER_MISMATCH');

    const { settings, position, userErrors } = await change(organization, 'STRICTER', {
      reason: 'be generous',
    });
    expect({ settings, userErrors }).toEqual({ settings: { exceptionRule: 'STRICTER' }, userErrors: [] });
    const stricter = (await lookup(organization, { priority: 'P0', atLeast: position })) as BindingSla;
    expect(stricter).toMatchObject({
      source: 'STRICTER_OF_BOTH',
      tier: 'gold',
      version: { subject: { id: 'gold' } },
    });
    expect(stricter.terms.commitments.map(({ priority }) => priority)).toEqual(['P0', 'P1', 'P2', 'P3']);
    expect(stricter.terms.uptimePercent).toBe(99.9);
    expect(stricter.explanation).toContain('The exception TIER_MISMATCH stays open until the facts agree.');
    const { json } = await viewer.rest('/v1/lookup?customerId=torn&priority=P0');
    const { commitments } = stricter.terms;
    expect(json).toMatchObject({ type: 'BindingSla', source: 'STRICTER_OF_BOTH', terms: { commitments } });
    expect(await viewer.query<Connection<SlaException>>('exceptions')).toMatchObject({
      nodes: [{ kind: 'TIER_MISMATCH', status: 'OPEN' }],
    });
    expect(await viewer.query('customer', { id: 'torn' })).toMatchObject({
      exceptions: [{ kind: 'TIER_MISMATCH' }],
    });

    await change(organization, 'CONTRACT_WINS');
    const won = (await lookup(organization)) as BindingSla;
    expect(won).toMatchObject({ source: 'CONTRACT_WINS', tier: 'silver', contractId: 'CTR-torn' });
    expect((await viewer.rest('/v1/lookup?customerId=torn')).json).toMatchObject({ source: 'CONTRACT_WINS' });
    await change(organization, 'REFUSE');
    expect(await typeOf(organization)).toBe('TIER_MISMATCH');
  });

  it('stays what it was for the past, on both axes', async () => {
    const organization = await torn();
    const before = new Date().toISOString();
    await change(organization, 'STRICTER');
    const later = new Date(Date.now() + 3_600_000).toISOString();
    expect(await typeOf(organization, { at: later })).toBe('STRICTER_OF_BOTH');
    expect(await typeOf(organization, { at: before })).toBe('TIER_MISMATCH');
    expect(await typeOf(organization, { at: later, knownAt: before })).toBe('TIER_MISMATCH');
  });

  it('follows the tiers that it is made of', async () => {
    const organization = await torn();
    await change(organization, 'STRICTER');
    const resolution = async () =>
      ((await lookup(organization, { priority: 'P0' })) as BindingSla).commitment?.resolution;
    expect([await resolution(), await resolution()]).toEqual(['2h', '2h']);
    await organization.live('proposeTierTerms', { ...tier('silver', 1), terms: terms(1) });
    expect(await resolution()).toBe('1h');
  });

  it('is refused by every rule where nothing is at hand to answer with', async () => {
    const organization = await torn();
    await change(organization, 'STRICTER');
    await withCustomer(organization, 'bare', 'gold', null);
    await organization.live('proposeContract', contract('K-un', 'un', 'gold'));
    await withCustomer(organization, 'many', 'gold');
    await organization.live('proposeContract', contract('K-many', 'many', 'silver'));
    const kinds = async () => {
      const found = [];
      for (const customerId of ['bare', 'un', 'many']) found.push(await typeOf(organization, { customerId }));
      return found;
    };
    expect(await kinds()).toEqual(['NO_ACTIVE_CONTRACT', 'UNMAPPED', 'STRICTER_OF_BOTH']);
    await change(organization, 'CONTRACT_WINS');
    expect(await kinds()).toEqual(['NO_ACTIVE_CONTRACT', 'CONTRACT_WINS', 'AMBIGUOUS_CONTRACTS']);
    const slip = await organization.viewer.failure('query', 'lookup', {
      input: { customerId: 'torn', priority: 'P9' },
    });
    expect(slip).toBe('INVALID_INPUT');
  });
});

describe('changing the settings', () => {
  it('is for administrators, and what was tried is on the record', async () => {
    const organization = await newOrganization(app);
    for (const who of [organization.viewer, organization.member, organization.compliance])
      expect(
        await who.mutate<SettingsPayload>('changeSettings', { input: { exceptionRule: 'STRICTER' } }),
      ).toMatchObject({ settings: null, userErrors: [{ code: 'FORBIDDEN' }] });
    expect(await organization.viewer.query('settings')).toEqual({ exceptionRule: 'REFUSE' });
    await app.caughtUp();
    const refused = await organization.compliance.query<Connection<{ after: unknown }>>('auditLog', {
      filter: { type: 'ActionRefused' },
    });
    expect(refused.nodes).toHaveLength(3);
    expect(refused.nodes[0]!.after).toMatchObject({ action: 'ChangeSettings', code: 'FORBIDDEN' });
  });

  it('happens once for one idempotency key, and not at all where nothing changes', async () => {
    const organization = await newOrganization(app);
    const key = { idempotencyKey: 'k-1' };
    const first = await change(organization, 'STRICTER', key);
    const head = await app.head();
    expect(await change(organization, 'STRICTER', key)).toEqual(first);
    expect(await change(organization, 'STRICTER')).toMatchObject({ position: null, userErrors: [] });
    expect(await app.head()).toBe(head);
    expect(await change(organization, 'REFUSE', key)).toMatchObject({
      userErrors: [{ code: 'IDEMPOTENCY_MISMATCH' }],
    });
  });

  it('is told with what was before, and survives a replay', async () => {
    const organization = await newOrganization(app);
    await change(organization, 'STRICTER', { reason: 'be generous' });
    await change(organization, 'CONTRACT_WINS');
    const { nodes } = await organization.compliance.query<Connection<object>>('auditLog', {
      filter: { type: 'SettingsChanged' },
    });
    expect(nodes).toMatchObject([
      { before: { exceptionRule: 'STRICTER' }, after: { exceptionRule: 'CONTRACT_WINS' }, actor: 'ada' },
      { before: { exceptionRule: 'REFUSE' }, after: { exceptionRule: 'STRICTER' }, reason: 'be generous' },
    ]);
    const { differences } = await organization.compliance.query<{ differences: unknown[] }>('auditReplay');
    expect(differences).toEqual([]);
  });

  it('leaves other organizations alone', async () => {
    const [one, other] = [await torn(), await torn()];
    await change(one, 'STRICTER');
    expect([await typeOf(one), await typeOf(other)]).toEqual(['STRICTER_OF_BOTH', 'TIER_MISMATCH']);
  });
});
