import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { browserSuite } from './support/suite.js';

browserSuite('the matrix over time', (suite) => {
  const scheduled = async (): Promise<void> => {
    const [member, admin] = [await suite.open('member'), await suite.open('admin')];
    await member.goto('/matrix');
    await member.getByRole('button', { name: 'Propose a change' }).click();
    await member.getByLabel('enterprise P0 First response', { exact: true }).fill('15m');
    await member.getByRole('button', { name: 'Propose …' }).click();
    await member.getByLabel('Binds from').fill('2031-01-01T00:00');
    await member.getByLabel('Ends by itself').fill('2031-03-01T00:00');
    await member.getByRole('button', { name: 'Propose', exact: true }).click();
    await member.waitForURL(/\/changes\/[\w-]+/);
    await admin.goto(new URL(member.url()).pathname);
    await admin.getByRole('button', { name: /^Approve/ }).click();
    await admin.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
    await admin.getByText('Approved', { exact: true }).first().waitFor();
  };
  const slider = (page: Page) => page.getByRole('slider', { name: 'Turning points of the matrix' });
  const spoken = (page: Page) => slider(page).getAttribute('aria-valuetext');

  it('is walked from turn to turn with the arrow keys, which say where one is', async () => {
    await scheduled();
    const viewer = await suite.open('viewer');
    await viewer.goto('/matrix');
    // What is scheduled shows where it will be, before its day.
    await viewer.getByText('from 1 Jan 2031: 15 min / 2 h, 24x7').waitFor();
    await viewer.getByText('version 2 from 1 Jan 2031').waitFor();
    expect(await spoken(viewer)).toBe('Now');

    await slider(viewer).focus();
    await viewer.keyboard.press('ArrowRight');
    await viewer.getByText('15 min', { exact: true }).waitFor();
    expect(await spoken(viewer)).toBe('1 Jan 2031, 00:00, scheduled: enterprise');
    expect(viewer.url()).toContain('at=2030-12-31T23%3A00%3A00.000Z');
    await viewer.getByText('until 1 Mar 2031').waitFor();

    await viewer.keyboard.press('End');
    await viewer.getByText('30 min', { exact: true }).waitFor();
    expect(await spoken(viewer)).toBe('1 Mar 2031, 00:00, scheduled: enterprise');
    expect(await viewer.getByRole('button', { name: 'Later' }).isDisabled()).toBe(true);

    await viewer.reload();
    await viewer.getByText('Promised 1 Mar 2031, 00:00.').waitFor();
    await viewer.getByRole('button', { name: 'Earlier' }).click();
    await viewer.getByText('15 min', { exact: true }).waitFor();
    await viewer.getByRole('button', { name: 'Back to now' }).click();
    await viewer.getByText('What every tier promises now.').waitFor();
    expect(await spoken(viewer)).toBe('Now');
  });

  it('compares two days, whichever comes first', async () => {
    const viewer = await suite.open('viewer');
    await viewer.goto('/matrix?from=2031-02-01');
    await viewer.getByRole('heading', { name: 'Changes by the end of 1 Feb 2031' }).waitFor();
    await viewer.getByRole('row', { name: /enterprise P0 first response 30 minutes 15m/ }).waitFor();
    await viewer.goto('/matrix?at=2031-02-01&from=2031-04-01');
    await viewer.getByRole('row', { name: /enterprise P0 first response 15m 30 minutes/ }).waitFor();
    expect(await viewer.getByLabel('Promised on').inputValue()).toBe('2031-02-01');
    await viewer.getByLabel('Promised on').fill('2031-04-01');
    await viewer.getByText('Nothing differs between the two.').waitFor();
  });

  it('is given as a sheet for the day that is shown, and prints on one page what is promised', async () => {
    const viewer = await suite.open('viewer');
    await viewer.goto('/matrix?at=2031-02-01');
    const download = viewer.waitForEvent('download');
    await viewer.getByRole('link', { name: 'CSV' }).click();
    const chunks: Buffer[] = [];
    for await (const chunk of await (await download).createReadStream()) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString()).toContain('15m');

    await viewer.goto('/matrix');
    await viewer.getByText('30 min', { exact: true }).waitFor();
    const pdf = (await viewer.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(1);
    // A4, lying.
    expect(pdf).toMatch(/\/MediaBox \[0 0 841\.\d+ 594\.\d+\]/);
    await viewer.emulateMedia({ media: 'print' });
    await viewer.getByText(/^demo: in force on .* Printed by viewer@demo.example/).waitFor();
    expect(await viewer.getByRole('navigation').count()).toBe(0);
  });
});
