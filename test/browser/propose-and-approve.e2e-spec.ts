import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { tabTo } from './support/browser.js';
import { emailOf, type Person } from './support/product.js';
import { browserSuite } from './support/suite.js';

browserSuite('proposing and approving', (suite) => {
  const proposeInMatrix = async (
    page: Page,
    cell: string,
    value: string,
    reason: string,
  ): Promise<string> => {
    await page.goto('/matrix');
    await page.getByRole('button', { name: 'Propose a change' }).click();
    await page.getByLabel(cell, { exact: true }).fill(value);
    await page.getByRole('button', { name: 'Propose …' }).click();
    await page.getByLabel('Reason').fill(reason);
    await page.getByRole('button', { name: 'Propose', exact: true }).click();
    await page.waitForURL(/\/changes\/[\w-]+/);
    return new URL(page.url()).pathname;
  };

  it('goes from one person’s cell to another’s approval to everybody’s screen, without a reload', async () => {
    const [member, admin, viewer] = [
      await suite.open('member'),
      await suite.open('admin'),
      await suite.open('viewer'),
    ];
    await viewer.goto('/matrix');
    await viewer.getByRole('cell', { name: /45 min/ }).waitFor({ state: 'detached' });
    const address = await proposeInMatrix(
      member,
      'growth P0 First response',
      '45m',
      'Asked for by three customers',
    );
    await member.getByText('Somebody with the role admin decides').waitFor();
    expect(await member.getByRole('button', { name: 'Approve' }).count()).toBe(0);

    await admin.goto(address);
    await admin.getByRole('row', { name: /P0 first response/ }).waitFor();
    await admin.getByRole('button', { name: /^Approve/ }).click();
    await admin.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
    await admin.getByText('Approved', { exact: true }).first().waitFor();

    await viewer.getByText('45 min').waitFor();
    await viewer.getByText('version 2').waitFor();
  });

  it('says why one cannot approve one’s own', async () => {
    const admin = await suite.open('admin');
    await proposeInMatrix(admin, 'startup P3 First response', '20h', 'Fewer hours');
    await admin.getByText('You proposed this yourself').waitFor();
    expect(await admin.getByRole('button', { name: /^Approve/ }).isDisabled()).toBe(true);
  });

  it('says why a change has gone stale, and how it goes on', async () => {
    const [member, admin] = [await suite.open('member'), await suite.open('admin')];
    const first = await proposeInMatrix(member, 'enterprise P3 First response', '7h', 'First');
    const second = await proposeInMatrix(member, 'enterprise P2 First response', '90m', 'Second');
    for (const address of [first, second]) {
      await admin.goto(address);
      await admin.getByRole('heading', { name: 'Tier terms: enterprise' }).waitFor();
      if (address === second) break;
      await admin.getByRole('button', { name: /^Approve/ }).click();
      await admin.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
      await admin.getByText('Approved', { exact: true }).first().waitFor();
    }
    await admin.getByText('the subject has gained a version since').waitFor();
    await member.getByRole('link', { name: 'Take the newer base' }).click();
    // What was approved since is kept: only what the second proposal changes is left as a difference.
    await member.getByRole('row', { name: /P2 first response 2 hours 90m/ }).waitFor();
    expect(await member.getByRole('row', { name: /P3 first response/ }).count()).toBe(0);
    expect(await member.getByLabel('P3 first response').inputValue()).toBe('7h');
    await member.getByRole('button', { name: 'Submit revision 2' }).click();
    await member.getByText('revision 2').first().waitFor();
    await admin.getByText(/Your approval puts it into force/).waitFor();
  });

  it('rejects with a reason that the proposer reads', async () => {
    const [member, admin] = [await suite.open('member'), await suite.open('admin')];
    const address = await proposeInMatrix(member, 'startup P0 Resolution', '9d', 'Slower');
    await admin.goto(address);
    await admin.getByRole('button', { name: /^Reject/ }).click();
    await admin.getByLabel('Reason').fill('Too slow for anybody');
    await admin.getByRole('dialog').getByRole('button', { name: 'Reject' }).click();
    await member.getByText('Too slow for anybody').waitFor();
    await member.getByText('Rejected', { exact: true }).first().waitFor();
    await member.getByRole('heading', { name: 'What it would have changed' }).waitFor();
  });

  it('takes hours that are drawn, and tells them day by day', async () => {
    const member = await suite.open('member');
    await member.goto('/coverage?key=business-hours');
    await member.getByRole('heading', { name: 'Against what is in force' }).waitFor();
    const { x, y, width } = (await member.locator('.week .day').last().boundingBox())!;
    await member.mouse.move(x + width / 4, y + 5);
    await member.mouse.down();
    await member.mouse.move(x + width / 2, y + 5);
    await member.getByText('06:00 – 12:00').waitFor();
    await member.mouse.up();
    await member.getByRole('row', { name: 'Hours on Sun — 06:00–12:00' }).waitFor();
  });

  it('gives the focus back to where a question came from', async () => {
    const member = await suite.open('member');
    await member.goto('/exceptions');
    const waive = member.getByRole('button', { name: 'Waive' }).first();
    await waive.focus();
    await member.keyboard.press('Enter');
    await member.getByRole('dialog', { name: 'Waive for' }).waitFor();
    await member.keyboard.press('Escape');
    await member.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await member.evaluate('document.activeElement?.textContent')).toBe('Waive');
  });

  it('warns of what is not meant before anything is sent', async () => {
    const member = await suite.open('member');
    await member.goto('/matrix');
    await member.getByRole('button', { name: 'Propose a change' }).click();
    await member.getByLabel('growth P0 First response', { exact: true }).fill('3d');
    await member.getByRole('region', { name: 'Warnings' }).getByText('growth').first().waitFor();
    await member.getByLabel('growth P0 First response', { exact: true }).fill('soon');
    expect(await member.getByRole('button', { name: 'Propose …' }).isDisabled()).toBe(true);
  });

  it('works with the keyboard alone, from signing in to the approval', async () => {
    const [member, admin] = [await suite.openSignedOut(), await suite.openSignedOut()];
    const signInByKeys = async (page: Page, person: Person): Promise<void> => {
      await page.goto('/');
      await page.getByRole('heading', { name: 'Sign in' }).waitFor();
      for (const [field, text] of [
        [/^Organization/, 'demo'],
        [/^Email/, emailOf(person)],
        [/^Password/, suite.product.passwordOf(person)],
      ] as const) {
        await tabTo(page, field);
        await page.keyboard.type(text);
      }
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Look up' }).waitFor();
    };
    await signInByKeys(member, 'member');
    await tabTo(member, /^Matrix$/);
    await member.keyboard.press('Enter');
    await member.getByRole('cell', { name: /4 h/ }).first().waitFor();
    await tabTo(member, /^Propose a change$/);
    await member.keyboard.press('Enter');
    await tabTo(member, /^growth P2 First response$/);
    await member.keyboard.press('ControlOrMeta+a');
    await member.keyboard.type('11h');
    await tabTo(member, /^Propose …$/);
    await member.keyboard.press('Enter');
    await member.getByRole('dialog').waitFor();
    await tabTo(member, /^Reason/);
    await member.keyboard.type('By keys alone');
    await tabTo(member, /^Propose$/);
    await member.keyboard.press('Enter');
    await member.getByText('Somebody with the role admin decides').waitFor();

    await signInByKeys(admin, 'admin');
    await tabTo(admin, /^Changes/);
    await admin.keyboard.press('Enter');
    await admin.getByText('By keys alone').waitFor();
    // The latest proposal comes first, and single keys act on it.
    await admin.keyboard.press('j');
    await admin.keyboard.press('k');
    await admin.keyboard.press('o');
    await admin.getByRole('row', { name: /P2 first response.*11h/ }).waitFor();
    await admin.keyboard.press('a');
    await admin.getByRole('dialog').waitFor();
    await tabTo(admin, /^Comment/);
    await admin.keyboard.press('Control+Enter');
    await member.getByText('Approved', { exact: true }).first().waitFor();
    await tabTo(member, /^Matrix$/);
    await member.keyboard.press('Enter');
    await member.getByText('11 h').waitFor();
  });
});
