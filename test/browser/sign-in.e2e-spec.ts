import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import {
  complaintsOf,
  describeInBrowser,
  openBrowser,
  openWindow,
  PATIENCE_MS,
  signIn,
  windowOf,
} from './support/browser.js';
import { startProduct, type Product } from './support/product.js';

jest.setTimeout(PATIENCE_MS);

describeInBrowser('signing in and looking up', () => {
  let product: Product;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    product = await startProduct();
    browser = await openBrowser();
  }, 300_000);
  afterEach(() => page.context().close());
  afterAll(async () => {
    await browser.close();
    await product.stop();
  });

  it('refuses a wrong password in words, and lets the right one in', async () => {
    page = await openWindow(browser, product);
    await page.goto('/matrix');
    await page.getByLabel('Organization').fill('demo');
    await page.getByLabel('Email').fill('viewer@demo.example');
    await page.getByLabel('Password').fill('wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('password is wrong');
    await page.getByLabel('Password').fill(product.passwordOf('viewer'));
    await page.getByRole('button', { name: 'Sign in' }).click();
    // The address that was asked for is where one arrives.
    await page.getByRole('heading', { name: 'Matrix' }).waitFor();
  });

  it('keeps the token out of reach of scripts, and forgets it on the way out', async () => {
    page = await windowOf(browser, product, 'viewer');
    expect(await page.evaluate('document.cookie')).toBe('');
    expect(JSON.stringify(await page.evaluate('({ ...localStorage, ...sessionStorage })'))).not.toContain(
      'eyJ',
    );
    await page.getByText('viewer', { exact: true }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await page.context().cookies()).toEqual([]);
  });

  it('names a binding SLA with its source, its approver and why', async () => {
    page = await windowOf(browser, product, 'viewer');
    await page.getByRole('combobox', { name: 'ID or name' }).fill('CUST-1005');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /CUST-1005 is promised enterprise/ }).waitFor();
    const answer = (await page.locator('main').textContent()) ?? '';
    for (const said of ['30 min', 'business-hours', 'admin@demo.example', 'CTR-2026-105'])
      expect(answer).toContain(said);
    expect(page.url()).toContain('id=CUST-1005');
    expect(complaintsOf(page)).toEqual([]);
  });

  it('offers customers as one types, by keyboard', async () => {
    page = await windowOf(browser, product, 'viewer');
    await page.getByRole('combobox', { name: 'ID or name' }).pressSequentially('cust-100');
    await page.getByRole('option', { name: /CUST-1002/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /CUST-1002 is promised/ }).waitFor();
  });

  it('shows an exception as one: both promises and the ways out', async () => {
    page = await windowOf(browser, product, 'member');
    await page.goto('/?id=CUST-1012');
    await page.getByRole('heading', { name: 'CUST-1012: Tier mismatch' }).waitFor();
    await page.getByRole('heading', { name: 'Mapped: growth' }).waitFor();
    await page.getByRole('heading', { name: 'Contracted: startup' }).waitFor();
    await page.getByRole('link', { name: 'Remap' }).click();
    expect(await page.getByRole('textbox', { name: 'Customers' }).inputValue()).toBe('CUST-1012');
    await page.getByRole('option', { name: /startup/ }).waitFor({ state: 'attached' });
    expect(await page.getByLabel('To tier').inputValue()).toBe('startup');
  });

  it('says what was known on a day before anything was', async () => {
    page = await windowOf(browser, product, 'viewer');
    await page.goto('/?id=CUST-1005&knownAt=2020-01-01');
    await page.getByText('as it was known at the end of 2020-01-01').waitFor();
    await page.getByText('Nothing is known of CUST-1005').waitFor();
  });

  it('asks for the password over the page when the session ends, and loses nothing', async () => {
    page = await windowOf(browser, product, 'member');
    await page.goto('/remap?ids=CUST-1003');
    await page.getByLabel('Reason').fill('half a sentence');
    await page.context().clearCookies();
    await page.getByRole('heading', { name: 'Your session has ended' }).waitFor();
    await page.getByLabel('Password').fill(product.passwordOf('member'));
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await page.getByLabel('Reason').inputValue()).toBe('half a sentence');
    await page.reload();
    expect(await page.getByLabel('Reason').inputValue()).toBe('half a sentence');
  });

  it('is reached by the link that was shared, once signed in', async () => {
    page = await openWindow(browser, product);
    await signIn(page, product, 'compliance');
    await page.goto('/history?kind=TIER&id=growth');
    await page.getByRole('heading', { name: 'When each binds' }).waitFor();
  });
});
