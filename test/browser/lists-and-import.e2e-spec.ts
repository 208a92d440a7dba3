import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { PATIENCE_MS } from './support/browser.js';
import { approve, checkSheet, importThrough } from './support/imports.js';
import { browserSuite } from './support/suite.js';

/** How many customers the long list has; `BROWSER_CUSTOMERS=100000` for the whole of it. */
const MANY = Number(process.env['BROWSER_CUSTOMERS'] ?? 5_000);
const SCRIPT = '<img src=x onerror=alert(1)>';
const FORMULA = '=HYPERLINK("http://evil.example")';

const idOf = (index: number): string => `BIG-${String(index).padStart(6, '0')}`;
const LAST = idOf(MANY - 1);

const longSheet = (): string => {
  const lines = ['customer_id,customer_name,contract_id,contract_tier,mapped_tier,starts_on'];
  for (let index = 0; index < MANY; index++) {
    const id = idOf(index);
    const name = index === 0 ? SCRIPT : index === 1 ? `"${FORMULA.replaceAll('"', '""')}"` : `Customer ${id}`;
    // One in fifty contradicts itself, so that the list of exceptions is long, too.
    lines.push(`${id},${name},CTR-${id},growth,${index % 50 === 49 ? 'startup' : 'growth'},2026-01-01`);
  }
  return lines.join('\n');
};

/** To the end of what is there, again and again: more comes as the end comes into sight. */
const scrollTo = async (page: Page, label: string, id: string): Promise<void> => {
  const list = page.getByRole('region', { name: label });
  const row = page.getByRole('link', { name: id, exact: true });
  const end = performance.now() + PATIENCE_MS + MANY;
  while ((await row.count()) === 0 && performance.now() < end) {
    await list.press('End');
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
  }
  await row.waitFor();
};

browserSuite(
  `sheets, and lists of ${MANY}`,
  (suite) => {
    it('takes a messy sheet: guesses, says what is wrong with which row, applies the rest once approved', async () => {
      const [member, admin] = [await suite.open('member'), await suite.open('admin')];
      const messy = readFileSync(resolve(import.meta.dirname, '../data/reference-messy.csv'));
      await checkSheet(member, 'messy.csv', messy);
      await member.getByRole('button', { name: /^Invalid \d/ }).click();
      await member
        .getByRole('row', { name: /Invalid/ })
        .first()
        .waitFor();
      await member.getByRole('link', { name: 'Open the proposal' }).click();
      await admin.goto('/changes');
      await admin.getByRole('link', { name: 'Import of a sheet' }).first().click();
      await approve(admin);
      await admin.getByRole('link', { name: 'See what every row' }).click();
      await admin.getByText(/^Applied: [\d,]+ rows/).waitFor();
    });

    it('searches and pages through all of them, and shows names as the text they are', async () => {
      const [member, admin] = [await suite.open('member'), await suite.open('admin')];
      await importThrough({
        proposer: member,
        approver: admin,
        name: 'big.csv',
        csv: Buffer.from(longSheet()),
      });

      await admin.goto('/customers');
      await admin.getByLabel('ID or name begins with').fill('big-');
      await admin.getByRole('heading', { name: `${MANY.toLocaleString('en-GB')} customers` }).waitFor();
      await admin.getByText(SCRIPT).waitFor();
      await admin.getByText(FORMULA).waitFor();
      expect(await admin.getByRole('table', { name: 'Customers' }).getAttribute('aria-rowcount')).toBe(
        String(MANY + 1),
      );
      // However long the list: only what is in sight exists.
      expect(await admin.getByRole('row').count()).toBeLessThan(100);
      await scrollTo(admin, 'Customers', LAST);
      expect(await admin.getByRole('row').count()).toBeLessThan(100);

      // Back leads to the line that was left.
      await admin.getByRole('link', { name: LAST, exact: true }).click();
      await admin.getByRole('heading', { name: `Customer ${LAST}` }).waitFor();
      await admin.goBack();
      await admin.getByRole('link', { name: LAST, exact: true }).waitFor();

      await admin.getByLabel('ID or name begins with').fill(`customer ${LAST}`);
      await admin.getByRole('heading', { name: '1 customer' }).waitFor();
    });

    it('reads every long list to its end', async () => {
      const auditor = await suite.open('compliance');
      const mismatches = Math.floor(MANY / 50);
      await auditor.goto('/exceptions?kind=TIER_MISMATCH');
      await scrollTo(auditor, 'Exceptions', idOf(49));
      expect(await auditor.getByRole('table', { name: 'Exceptions' }).getAttribute('aria-rowcount')).not.toBe(
        String(mismatches),
      );
      await auditor.goto('/audit?type=ImportRowApplied');
      // Whoever does not scroll reads on by the button.
      await auditor.getByText(/^200 of/).waitFor();
      await auditor.getByRole('button', { name: 'Show more' }).focus();
      await auditor.keyboard.press('Enter');
      await auditor.getByText(/^400 of/).waitFor();
      await auditor.keyboard.press('Enter');
      await auditor.getByText(/^600 of/).waitFor();
    });

    it('reads the report of a sheet row by row', async () => {
      const member = await suite.open('member');
      await member.goto('/changes?view=decided');
      await member.getByRole('link', { name: 'Import of a sheet' }).first().click();
      await member.getByRole('link', { name: 'See what every row' }).click();
      await member.getByRole('button', { name: `Create ${MANY.toLocaleString('en-GB')}` }).click();
      await member.getByRole('button', { name: 'Show more' }).click();
      await member.getByText(`400 of ${MANY.toLocaleString('en-GB')}`).waitFor();
    });
  },
  { patience: PATIENCE_MS * 2 + MANY * 8 },
);
