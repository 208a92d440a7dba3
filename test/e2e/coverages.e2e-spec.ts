import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type App } from '../support/app.js';
import type { BindingSla } from '../support/answers.js';
import { newOrganization, type Organization } from '../support/new-organization.js';
import { contract, withCustomer, withTiers } from '../support/samples.js';

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

/** A customer whose P2 counts business hours. */
const withHours = async (): Promise<Organization> => {
  const organization = await withTiers(await newOrganization(app));
  await withCustomer(organization, 'c', 'gold');
  return organization;
};
const asked = async ({ viewer }: Organization, at: string) => {
  const answer = (await viewer.lookup({ customerId: 'c', priority: 'P2', at })) as BindingSla;
  const { open, nextChangeAt } = answer.coverage!;
  return { open, nextChangeAt, said: answer.explanation.at(-1)! };
};
const hours = (windows: readonly object[], more: object = {}) => ({
  key: 'business-hours',
  timeZone: 'UTC',
  windows,
  ...more,
});
const daily = (start: string, end: string) => [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, start, end }));

describe('a coverage', () => {
  it('is said to be a default until somebody sets another', async () => {
    const organization = await withHours();
    const before = await asked(organization, '2031-01-06T09:00:00Z');
    expect(before.said).toBe(
      'business-hours, a default that nobody has changed, is open at that instant, until 2031-01-06T16:00:00.000Z.',
    );
    await organization.live('proposeCoverage', hours(daily('08:00', '18:00')));
    const after = await asked(organization, '2031-01-06T09:00:00Z');
    expect(after.said).toBe('business-hours is open at that instant, until 2031-01-06T18:00:00.000Z.');
  });

  it('closes when other hours begin that are closed then', async () => {
    const organization = await withHours();
    await organization.live('proposeCoverage', hours(daily('00:00', '24:00')));
    await organization.live(
      'proposeCoverage',
      hours(daily('09:00', '17:00'), { effectiveFrom: '2031-01-06T20:00:00Z' }),
    );
    expect(await asked(organization, '2031-01-05T12:00:00Z')).toMatchObject({
      open: true,
      nextChangeAt: '2031-01-06T20:00:00.000Z',
    });
    expect(await asked(organization, '2031-01-06T20:00:00Z')).toMatchObject({
      open: false,
      nextChangeAt: '2031-01-07T09:00:00.000Z',
    });
  });

  it('stays open over the beginning of other hours that are open then', async () => {
    const organization = await withHours();
    await organization.live('proposeCoverage', hours(daily('09:00', '17:00')));
    const from = { effectiveFrom: '2031-01-06T12:00:00Z' };
    await organization.live('proposeCoverage', hours(daily('09:00', '19:00'), from));
    expect(await asked(organization, '2031-01-06T10:00:00Z')).toMatchObject({
      open: true,
      nextChangeAt: '2031-01-06T19:00:00.000Z',
    });
  });
});

describe('a channel without hours of its own', () => {
  it('keeps those of the commitment asked for', async () => {
    const organization = await withHours();
    await organization.live('proposeContract', contract('CTR-c', 'c', 'gold'));
    const { viewer } = organization;
    const on = async (priority: string) =>
      (
        (await viewer.lookup({
          customerId: 'c',
          channel: 'EMAIL',
          priority,
          at: '2031-01-05T12:00:00Z',
        })) as BindingSla
      ).channel;
    expect(await on('P0')).toEqual({ channel: 'email', promised: true, openNow: true });
    expect(await on('P2')).toEqual({ channel: 'email', promised: true, openNow: false });
  });
});
