import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { browserSuite } from './support/suite.js';

browserSuite('writing and revising a change', (suite) => {
  const submit = async (page: Page): Promise<void> => {
    await page.getByRole('button', { name: 'Propose', exact: true }).click();
    await page.waitForURL(/\/changes\/[\w-]+/);
    await page.getByRole('link', { name: 'Revise' }).waitFor();
  };
  const difference = (page: Page, name: RegExp) => page.getByRole('row', { name }).waitFor();

  it('revises the cells of a tier: difference, warnings and approvals are seen before it is sent', async () => {
    const [member, admin] = [await suite.open('member'), await suite.open('admin')];
    await member.goto('/matrix');
    await member.getByRole('button', { name: 'Propose a change' }).click();
    await member.getByLabel('growth P1 First response', { exact: true }).fill('90m');
    await member.getByRole('button', { name: 'Propose …' }).click();
    await member.getByLabel('Reason').fill('Asked for');
    await submit(member);
    await admin.goto(new URL(member.url()).pathname);
    await difference(admin, /P1 first response 2 hours 90m/);
    expect(await admin.getByRole('link', { name: 'Revise' }).count()).toBe(0);

    await member.getByRole('link', { name: 'Revise' }).click();
    await member.getByLabel('P0 first response').fill('3d');
    await difference(member, /P0 first response 1 hour 3d/);
    await member.getByRole('region', { name: 'Warnings' }).getByText('later than P1').waitFor();
    await member.getByText('Needs one approval').waitFor();
    await member.getByLabel('P0 first response').fill('soon');
    expect(await member.getByRole('button', { name: 'Submit revision 2' }).isDisabled()).toBe(true);
    await member.getByLabel('P0 first response').fill('45m');
    await member.reload();
    expect(await member.getByLabel('P0 first response').inputValue()).toBe('45m');
    await member.getByRole('button', { name: 'Submit revision 2' }).click();

    await difference(admin, /P0 first response 1 hour 45m/);
    await admin.getByRole('button', { name: /^Approve/ }).click();
    await admin.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
    await member.getByText('Approved', { exact: true }).first().waitFor();
  });

  it('agrees on own terms with everything that terms may hold, and revises them', async () => {
    const member = await suite.open('member');
    await member.goto('/contract?id=CTR-2026-105');
    await member.getByRole('button', { name: 'Agree on own terms' }).click();
    await member.getByLabel('P1 updates every').fill('2h');
    await member.getByLabel('P1 coverage').selectOption('24x7');
    await member.getByLabel('Another priority').fill('P9');
    await member.getByRole('button', { name: 'Add', exact: true }).click();
    await member.getByLabel('P9 resolution').fill('10d');
    await member.getByRole('button', { name: 'Add a channel' }).click();
    await member.getByLabel('Channel 1').fill('phone');
    for (const priority of ['P2', 'P3', 'P9'])
      await member.getByRole('group', { name: 'Priorities of phone' }).getByText(priority).click();
    await member.getByLabel('Hours of phone').selectOption('24x5');
    await member.getByLabel('Uptime %').fill('99,9');
    await member.getByLabel('Achievement %').fill('95');
    await member.getByLabel('Credit % per breach').fill('5');
    await member.getByLabel('Credits at most % a month').fill('20');
    await member.getByLabel('Features').fill('Named engineer\nReview, quarterly');
    await member.getByLabel('Notes').fill('As agreed in May');
    await member.getByLabel('It goes before other active contracts').check();
    await submit(member);
    for (const said of [
      /own terms P1 next update — 2h/,
      /own terms P1 coverage — 24x7/,
      /own terms P9 resolution — 10d/,
      /own terms channels phone priorities — P0, P1/,
      /own terms channels phone coverage — 24x5/,
      /own terms uptime percent — 99.9/,
      /own terms achievement percent — 95/,
      /own terms credits percent per breach — 5/,
      /own terms credits monthly cap percent — 20/,
      /own terms features — Named engineer, Review, quarterly/,
      /own terms notes — As agreed in May/,
      /primary — true/,
    ])
      await difference(member, said);

    await member.getByRole('link', { name: 'Revise' }).click();
    expect(await member.getByLabel('Features').inputValue()).toBe('Named engineer\nReview, quarterly');
    await member.getByRole('button', { name: 'Back to the tier’s' }).click();
    await member.getByLabel('Seats').fill('77');
    await member.getByRole('button', { name: 'Submit revision 2' }).click();
    await difference(member, /seats \d+ 77/);
    await member.getByText('revision 2').first().waitFor();
    expect(await member.getByRole('row', { name: /own terms/ }).count()).toBe(0);
  });

  it('schedules a retirement, and revises when it is', async () => {
    const member = await suite.open('member');
    await member.goto('/matrix');
    await member.getByRole('button', { name: 'Propose a change' }).click();
    await member.getByRole('button', { name: 'Name, channels' }).last().click();
    await member.getByRole('button', { name: 'Retire this tier …' }).click();
    await member.getByLabel('Binds from').fill('2031-01-01T00:00');
    await submit(member);
    await member.getByText('1 Jan 2031, 00:00').first().waitFor();
    await member.getByRole('link', { name: 'Revise' }).click();
    expect(await member.getByLabel('Binds from').inputValue()).toBe('2031-01-01T00:00');
    await member.getByLabel('Binds from').fill('2032-01-01T00:00');
    await member.getByRole('button', { name: 'Submit revision 2' }).click();
    await member.getByText('1 Jan 2032, 00:00').first().waitFor();
  });

  it.each([
    { what: 'a coverage', address: '/coverage?key=24x5', field: 'A day counts as', first: '9h', then: '10h' },
    { what: 'the approval rules', address: '/policy', field: 'Approvals needed', first: '2', then: '3' },
  ])('revises $what', async ({ address, field, first, then }) => {
    const member = await suite.open('member');
    await member.goto(address);
    await member.getByLabel(field).fill(first);
    await submit(member);
    await member.getByRole('link', { name: 'Revise' }).click();
    expect(await member.getByLabel(field).inputValue()).toBe(first);
    await member.getByLabel(field).fill(then);
    await member.getByRole('button', { name: 'Submit revision 2' }).click();
    await member.getByText('revision 2').first().waitFor();
    await member.getByRole('cell', { name: then, exact: true }).waitFor();
  });

  it('revises a remap', async () => {
    const member = await suite.open('member');
    await member.goto('/remap?ids=CUST-1003&to=enterprise');
    await submit(member);
    await member.getByRole('link', { name: 'Revise' }).click();
    await member.getByLabel('To tier').selectOption('startup');
    await member.getByRole('button', { name: 'Submit revision 2' }).click();
    await difference(member, /to tier \w+ startup/);
  });

  it('adds a first commitment for another priority, and a tier of its own', async () => {
    const member = await suite.open('member');
    await member.goto('/matrix');
    await member.getByRole('button', { name: 'Propose a change' }).click();
    await member.getByRole('button', { name: 'Add a tier' }).click();
    await member.getByLabel('Name').fill('Platinum');
    await member.getByLabel('Begin with the terms of').selectOption('No tier: blank');
    await member.getByRole('button', { name: 'Add to the proposal' }).click();
    await member.getByLabel('Another priority').fill('P4');
    await member.getByRole('button', { name: 'Add', exact: true }).click();
    await member.getByLabel('platinum P4 First response').fill('2d');
    await member.getByRole('button', { name: 'Propose …' }).click();
    await submit(member);
    await difference(member, /P4 first response — 2d/);
  });
});
