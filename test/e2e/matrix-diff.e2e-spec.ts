import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startApp, type App } from '../support/app.js';
import type { Matrix, MatrixDiff } from '../support/answers.js';
import { newOrganization, type Organization } from '../support/new-organization.js';
import { terms, tier, withTiers } from '../support/samples.js';

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
const present = async ({ viewer }: Organization) => (await viewer.query<Matrix>('matrix')).at;
/** `P1 resolution 8h 6h` with the change that did it. */
const differences = async ({ viewer }: Organization, from: string, to: string) => {
  const { deltas } = await viewer.query<MatrixDiff>('matrixDiff', { from, to });
  return deltas.map(({ priority, field, before, after, changeId }) => [
    [priority, field, before, after].join(' '),
    changeId,
  ]);
};
/** Gold with some of its targets to resolve changed. */
const gold = (resolutions: Readonly<Record<string, string>>) => ({
  ...tier('gold', 2),
  terms: terms(4, {
    commitments: terms().commitments.map((commitment) => ({
      ...commitment,
      resolution: resolutions[commitment.priority] ?? commitment.resolution,
    })),
  }),
});

it('names the change behind each term, whatever changed other terms since', async () => {
  const organization = await withTiers(await newOrganization(app));
  const before = await present(organization);
  const first = await organization.live('proposeTierTerms', gold({ P1: '6h' }));
  const second = await organization.live('proposeTierTerms', gold({ P1: '6h', P0: '3h' }));
  const after = await present(organization);
  expect(await differences(organization, before, after)).toEqual([
    ['P0 resolution 4h 3h', second.id],
    ['P1 resolution 8h 6h', first.id],
  ]);
  expect(await differences(organization, after, before)).toEqual([
    ['P0 resolution 3h 4h', second.id],
    ['P1 resolution 6h 8h', first.id],
  ]);
});

it('names the concession that ended by itself, not what it gave back', async () => {
  const organization = await withTiers(await newOrganization(app));
  const before = await present(organization);
  const concession = await organization.live('proposeTierTerms', {
    ...gold({ P0: '1h' }),
    effectiveUntil: inHours(24),
  });
  const during = await present(organization);
  expect(await differences(organization, before, during)).toEqual([['P0 resolution 4h 1h', concession.id]]);
  expect(await differences(organization, during, inHours(25))).toEqual([
    ['P0 resolution 1h 4h', concession.id],
  ]);
  expect(await differences(organization, before, inHours(25))).toEqual([]);
});

it('names what brought a retired tier back for what it says now', async () => {
  const organization = await withTiers(await newOrganization(app));
  const before = await present(organization);
  const retired = await organization.live('proposeTierRetirement', { key: 'gold' });
  const between = await present(organization);
  const back = await organization.live('proposeTierTerms', gold({ P1: '6h' }));
  const after = await present(organization);
  const gone = await differences(organization, before, between);
  expect(new Set(gone.map(([, changeId]) => changeId))).toEqual(new Set([retired.id]));
  const returned = await differences(organization, between, after);
  expect(new Set(returned.map(([, changeId]) => changeId))).toEqual(new Set([back.id]));
  expect(await differences(organization, before, after)).toEqual([['P1 resolution 8h 6h', back.id]]);
});
