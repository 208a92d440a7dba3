import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { settled } from './support/browser.js';
import { browserSuite } from './support/suite.js';

/** More than one picture of the history holds. */
const VERSIONS = 30;

const REMAP = `mutation Remap($input: RemapCustomerInput!) {
  remapCustomer(input: $input) { change { id revision } userErrors { message } }
}`;
const APPROVE = `mutation Approve($input: DecideChangeInput!) {
  approveChange(input: $input) { change { status } userErrors { message } }
}`;

interface Answer<T> {
  readonly data: T;
}

/** Asks as the page does, with its cookie. */
const ask = async <T>(page: Page, query: string, input: unknown): Promise<T> => {
  const response = await page.request.post('/graphql', {
    data: { query, variables: { input } },
    headers: { 'x-sla-csrf': '1', 'sec-fetch-site': 'same-origin' },
  });
  return ((await response.json()) as Answer<T>).data;
};

browserSuite('the past', (suite) => {
  const approveRemap = async (member: Page, admin: Page, toTier: string, reason: string): Promise<void> => {
    const { remapCustomer } = await ask<{ remapCustomer: { change: { id: string; revision: number } } }>(
      member,
      REMAP,
      { customerId: 'CUST-1003', toTier, reason },
    );
    const { id: changeId, revision } = remapCustomer.change;
    await ask(admin, APPROVE, { changeId, revision });
  };

  it('draws a long history window by window, and compares any two versions of it', async () => {
    const [member, admin] = [await suite.open('member'), await suite.open('admin')];
    for (let number = 2; number <= VERSIONS; number++)
      await approveRemap(member, admin, ['startup', 'growth', 'enterprise'][number % 3]!, `Step ${number}`);

    await member.goto('/history?kind=CUSTOMER&id=CUST-1003');
    await member.getByText(`7 to ${VERSIONS} of ${VERSIONS}`).waitFor();
    const picture = member.getByRole('img', { name: /^Versions 7 to 30 over time/ });
    await picture.waitFor();
    // What is drawn is bounded, whatever there is; what is drawn is said in the table, too.
    expect(await picture.locator('g').count()).toBe(24);
    const table = member.getByRole('table', { name: 'Versions' });
    expect(await table.getAttribute('aria-rowcount')).toBe(String(VERSIONS + 1));
    await table.getByRole('row', { name: /30 .*Step 30/ }).waitFor();

    await member.getByRole('button', { name: 'Earlier' }).click();
    await member.getByRole('img', { name: /^Versions 1 to 6 over time/ }).waitFor();
    expect(await member.getByRole('button', { name: 'Earlier' }).isDisabled()).toBe(true);

    await member.getByLabel('From version').fill('2');
    await member.getByLabel('To version').fill('28');
    await member.getByRole('button', { name: 'Compare' }).click();
    await member.waitForURL(/a=2&b=28/);
    await member.getByRole('row', { name: 'to tier enterprise growth' }).waitFor();
    await table.getByLabel('Compare version 29').check();
    await member.waitForURL(/a=28&b=29/);
    await member.getByRole('row', { name: 'to tier growth enterprise' }).waitFor();
    // The address leads another person to the same comparison.
    await admin.goto(new URL(member.url()).pathname + new URL(member.url()).search);
    await admin.getByRole('row', { name: 'to tier growth enterprise' }).waitFor();
  });

  it('answers for a day, picked in a calendar field', async () => {
    const viewer = await suite.open('viewer');
    await viewer.goto('/?id=CUST-1005');
    await viewer.getByRole('heading', { name: /CUST-1005 is promised enterprise/ }).waitFor();
    await viewer.getByLabel('Promised on').fill('2020-02-29');
    await viewer.getByText('Promised at the end of 29 Feb 2020 in Europe/Berlin').waitFor();
    await viewer.getByRole('heading', { name: /CUST-1005: / }).waitFor();
    expect(viewer.url()).toContain('at=2020-02-29');
    await viewer.goBack();
    await viewer.getByRole('heading', { name: /CUST-1005 is promised enterprise/ }).waitFor();
    await viewer.goto('/matrix?at=2020-02-29');
    await viewer.getByText('Promised at the end of 29 Feb 2020 in Europe/Berlin').waitFor();
  });

  it('answers for a day that is typed, once the day is whole', async () => {
    const viewer = await suite.open('viewer');
    await viewer.goto('/?id=CUST-1005');
    await viewer.getByRole('heading', { name: /CUST-1005 is promised enterprise/ }).waitFor();
    await viewer.getByLabel('Promised on').focus();
    // The same day in every order of day and month.
    await viewer.keyboard.type('01012020');
    await viewer.getByText('Promised at the end of 1 Jan 2020').waitFor();
    expect(new URL(viewer.url()).searchParams.get('at')).toBe('2020-01-01');
    // No year on the way there was a page of its own.
    await viewer.goBack();
    await viewer.getByRole('heading', { name: /CUST-1005 is promised enterprise/ }).waitFor();
    expect(new URL(viewer.url()).search).toBe('?id=CUST-1005');
  });

  it('draws all of it on a phone, where the page one is on is in sight among the pages', async () => {
    const width = 390;
    const viewer = await suite.open('viewer', { viewport: { width, height: 844 } });
    await viewer.goto('/history?kind=TIER&id=growth');
    const bar = viewer
      .getByRole('img', { name: /over time/ })
      .locator('.bar')
      .first();
    const page = viewer.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'History' });
    for (const each of [bar, page]) {
      const { x = -1, width: wide = 0 } = (await each.boundingBox()) ?? {};
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x + wide).toBeLessThanOrEqual(width);
    }
  });

  it('finds in the audit log who did what, and takes it along as a file', async () => {
    const auditor = await suite.open('compliance');
    await auditor.goto('/audit');
    const log = auditor.getByRole('table', { name: 'Audit log' });
    await log.getByRole('row').nth(1).waitFor();
    await auditor.getByLabel('Event').selectOption('Change approved');
    await auditor.getByLabel('By', { exact: true }).fill('admin@demo.example');
    await auditor.keyboard.press('Enter');
    await log
      .getByRole('row', { name: /Change approved/ })
      .first()
      .waitFor();
    await log.getByRole('row', { name: /Change proposed/ }).waitFor({ state: 'detached' });
    expect(new URL(auditor.url()).search).toContain('actor=admin%40demo.example');
    await auditor.getByLabel('To', { exact: true }).fill('2020-01-01');
    await auditor.getByText('Nothing happened that matches').waitFor();

    const download = auditor.waitForEvent('download');
    await auditor.getByRole('link', { name: 'CSV' }).click();
    const file = readFileSync(await (await download).path(), 'utf8');
    expect(file).toContain('ChangeApproved');
  });

  it('proves by a replay that what is served is what the log says', async () => {
    const auditor = await suite.open('compliance');
    await auditor.goto('/audit');
    await auditor.getByRole('button', { name: 'Replay the log' }).click();
    await auditor.getByText('What is served is what the log says').waitFor();
    const hash = await auditor.locator('code').first().textContent();
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    await auditor.getByRole('button', { name: 'Replay again' }).click();
    await auditor.getByText('What is served is what the log says').waitFor();
    expect(await auditor.locator('code').first().textContent()).toBe(hash);
  });

  it('keeps the audit log to those who may read it', async () => {
    const member = await suite.open('member');
    await member.goto('/audit');
    await settled(member);
    await member.getByText('The audit log is not open to you').waitFor();
    expect(await member.getByRole('navigation').getByRole('link', { name: 'Audit' }).count()).toBe(0);
  });
});
