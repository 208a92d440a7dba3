import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { complaintsOf, describeInBrowser, openBrowser, PATIENCE_MS, windowOf } from './support/browser.js';
import { startProduct, type Person, type Product } from './support/product.js';

/** How many customers the long list has; `BROWSER_CUSTOMERS=100000` for the whole of it. */
const MANY = Number(process.env['BROWSER_CUSTOMERS'] ?? 3_000);
const LONG_MS = PATIENCE_MS + MANY * 4;
const SCRIPT = '<img src=x onerror=alert(1)>';
const FORMULA = '=HYPERLINK("http://evil.example")';

jest.setTimeout(LONG_MS);

const longSheet = (): string => {
  const lines = ['customer_id,customer_name,contract_id,contract_tier,mapped_tier,starts_on'];
  for (let index = 0; index < MANY; index++) {
    const id = String(index).padStart(6, '0');
    const name = index === 0 ? SCRIPT : index === 1 ? `"${FORMULA.replaceAll('"', '""')}"` : `Customer ${id}`;
    lines.push(`BIG-${id},${name},BIG-CTR-${id},growth,growth,2026-01-01`);
  }
  return lines.join('\n');
};

describeInBrowser('sheets and long lists', () => {
  let product: Product;
  let browser: Browser;
  let windows: Page[] = [];
  const open = async (person: Person): Promise<Page> => {
    const page = await windowOf(browser, product, person);
    windows.push(page);
    return page;
  };
  beforeAll(async () => {
    product = await startProduct();
    browser = await openBrowser();
  }, 300_000);
  afterEach(async () => {
    await Promise.all(windows.map((page) => page.context().close()));
    windows = [];
  });
  afterAll(async () => {
    await browser.close();
    await product.stop();
  });

  const check = async (page: Page, name: string, csv: Buffer): Promise<void> => {
    await page.goto('/import');
    await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: csv });
    await page.getByRole('button', { name: 'Check every row' }).click();
    await page.waitForURL(/\/import\/[\w-]+/);
  };
  const approve = async (page: Page): Promise<void> => {
    await page.getByRole('button', { name: /^Approve/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
    await page.getByText('Approved', { exact: true }).first().waitFor();
  };

  it('takes a messy sheet: guesses, says what is wrong with which row, applies the rest once approved', async () => {
    const [member, admin] = [await open('member'), await open('admin')];
    const messy = readFileSync(resolve(import.meta.dirname, '../data/reference-messy.csv'));
    await check(member, 'messy.csv', messy);
    await member.getByRole('button', { name: /^Invalid \d/ }).click();
    await member.getByRole('row').nth(1).waitFor();
    expect(await member.getByRole('row', { name: /Invalid/ }).count()).toBeGreaterThan(0);
    await member.getByRole('link', { name: 'Open the proposal' }).click();
    await admin.goto('/changes');
    await admin.getByRole('link', { name: 'Import of a sheet' }).first().click();
    await approve(admin);
    await admin.getByRole('link', { name: 'See what every row' }).click();
    await admin.getByText(/^Applied: \d+ rows/).waitFor();
    for (const page of [member, admin]) expect(complaintsOf(page)).toEqual([]);
  });

  it(`pages through ${MANY} customers, and shows names as the text they are`, async () => {
    const [member, admin] = [await open('member'), await open('admin')];
    for (const page of [member, admin]) page.context().setDefaultTimeout(LONG_MS / 3);
    await check(member, 'big.csv', Buffer.from(longSheet()));
    await member
      .getByText(new RegExp(`^Ready.*|: ${MANY} rows`))
      .first()
      .waitFor();
    await member.getByRole('link', { name: 'Open the proposal' }).click();
    await member.waitForURL(/\/changes\//);
    await admin.goto(new URL(member.url()).pathname);
    await approve(admin);
    await admin.getByRole('link', { name: 'See what every row' }).click();
    await admin.getByText(/^Applied: \d+ rows/).waitFor();

    await admin.goto('/customers?search=BIG-');
    await admin.getByRole('heading', { name: `${MANY.toLocaleString('en-GB')} customers` }).waitFor();
    await admin.getByText(SCRIPT).waitFor();
    await admin.getByText(FORMULA).waitFor();
    expect(await admin.getByRole('listitem').count()).toBeLessThan(100);
    const list = admin.getByRole('region', { name: 'Customers' });
    await scrollTo(admin, list, `BIG-${String(MANY - 1).padStart(6, '0')}`);
    expect(complaintsOf(admin)).toEqual([]);
  });
});

/** To the end of what is there, again and again: more comes as the end comes into sight. */
const scrollTo = async (page: Page, list: Locator, id: string): Promise<void> => {
  const row = page.getByRole('link', { name: id });
  const end = performance.now() + LONG_MS / 2;
  while ((await row.count()) === 0 && performance.now() < end) {
    await list.press('End');
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
  }
  await row.waitFor();
};
