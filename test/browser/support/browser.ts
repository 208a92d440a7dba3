import { existsSync } from 'node:fs';
import { describe } from '@jest/globals';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { emailOf, type Person, type Product } from './product.js';

const PLACES = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
];
const executablePath = PLACES.find((place) => place !== undefined && existsSync(place));

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

if (executablePath === undefined)
  process.stderr.write('Browser tests skipped: no Chromium here. Install chromium, or set CHROMIUM_PATH.\n');

/** A suite that needs a browser; left out, with a line that says so, where there is none. */
export const describeInBrowser = executablePath === undefined ? describe.skip : describe;

/** Milliseconds for one test: the machine may be busy. */
export const PATIENCE_MS = 120_000;

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: executablePath ?? '', headless: true, args: ARGS });

/** What the browser says of an answer other than 2xx: a test that asks for one has seen the page's own words for it. */
const IS_ANSWER = /^Failed to load resource|WebSocket connection to/;

/** A window with a profile of its own; what goes wrong in its scripts is told by {@link complaintsOf}. */
export const openWindow = async (
  browser: Browser,
  { url }: Product,
  options: BrowserContextOptions = {},
): Promise<Page> => {
  const context = await browser.newContext({
    baseURL: url,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    ...options,
  });
  context.setDefaultTimeout(PATIENCE_MS / 3);
  const page = await context.newPage();
  const complaints: string[] = [];
  COMPLAINTS.set(page, complaints);
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !IS_ANSWER.test(message.text())) complaints.push(message.text());
  });
  return page;
};

const COMPLAINTS = new WeakMap<Page, string[]>();

/** Errors of the page's scripts, and what the content security policy refused. */
export const complaintsOf = (page: Page): readonly string[] => COMPLAINTS.get(page) ?? [];

export const forgive = (page: Page): void => void COMPLAINTS.get(page)?.splice(0);

export const signIn = async (page: Page, product: Product, person: Person): Promise<void> => {
  await page.goto('/');
  await page.getByLabel('Organization').fill('demo');
  await page.getByLabel('Email').fill(emailOf(person));
  await page.getByLabel('Password').fill(product.passwordOf(person));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Look up' }).waitFor();
};

/** A window in which somebody is signed in. */
export const windowOf = async (
  browser: Browser,
  product: Product,
  person: Person,
  options?: BrowserContextOptions,
): Promise<Page> => {
  const page = await openWindow(browser, product, options);
  await signIn(page, product, person);
  return page;
};

/** Until the page shows its answer, and not that it is waiting for one. */
export const settled = async (page: Page): Promise<void> => {
  await page.locator('h1, main .empty').first().waitFor();
  await page.locator('.skeleton').first().waitFor({ state: 'detached' });
};

const FOCUSED = `(() => {
  const element = document.activeElement;
  return element?.getAttribute('aria-label') ?? element?.labels?.[0]?.textContent ?? element?.textContent ?? '';
})()`;
const MOST_TABS = 200;

/** Presses Tab until what has this name has the focus. */
export const tabTo = async (page: Page, name: RegExp): Promise<void> => {
  for (let step = 0; step < MOST_TABS; step++) {
    await page.keyboard.press('Tab');
    if (name.test(await page.evaluate<string>(FOCUSED))) return;
  }
  throw new Error(`Tab never came to ${String(name)}.`);
};
