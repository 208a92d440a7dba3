import { writeFileSync } from 'node:fs';
import { afterAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { machine } from '../../bench/support/machine.js';
import { settled } from './support/browser.js';
import { builtSizes, loadedBytes, observe, visitOf, type Visit } from './support/figures.js';
import { browserSuite } from './support/suite.js';

/** Bytes of compressed scripts and styles that any page may need on its first visit. */
const MOST_BYTES = 250_000;

interface Route {
  readonly address: string;
  /** What somebody does there first, with a key and a click. */
  readonly use: (page: Page) => Promise<void>;
}

const ROUTES: readonly Route[] = [
  {
    address: '/?id=CUST-1005',
    use: async (page) => {
      const field = page.getByRole('combobox', { name: 'ID or name' });
      await field.click();
      await field.press('End');
      await field.pressSequentially('6');
    },
  },
  {
    address: '/matrix',
    use: async (page) => {
      await page.getByRole('button', { name: 'Propose a change' }).click();
      const cell = page.getByLabel('growth P1 First response', { exact: true });
      await cell.click();
      await cell.pressSequentially('5');
    },
  },
  {
    address: '/customers',
    use: async (page) => {
      await page.getByLabel('ID or name begins with').pressSequentially('cust-101');
      await page.getByRole('region', { name: 'Customers' }).press('End');
    },
  },
  {
    address: '/changes?view=decided',
    use: async (page) => {
      await page.keyboard.press('j');
      await page.getByRole('link', { name: 'All open' }).click();
    },
  },
  { address: '/exceptions', use: (page) => page.getByLabel('Kind').press('ArrowDown') },
  {
    address: '/history?kind=TIER&id=growth',
    use: (page) => page.getByRole('button', { name: 'Show' }).click(),
  },
  { address: '/audit', use: (page) => page.getByLabel('Event').pressSequentially('Change') },
  { address: '/import', use: (page) => page.getByRole('link', { name: 'Changes' }).click() },
];

interface Figure extends Visit {
  readonly address: string;
  /** Bytes. */
  readonly firstLoad: number;
}

const table = (figures: readonly Figure[]): string =>
  [
    ['page', 'first load', 'first paint', 'interaction', 'shift'],
    ...figures.map(({ address, firstLoad, firstContentfulPaint, interactionDelay, layoutShift }) => [
      address,
      `${(firstLoad / 1000).toFixed(0)} kB`,
      `${firstContentfulPaint.toFixed(0)} ms`,
      interactionDelay === null ? '< 16 ms' : `${interactionDelay.toFixed(0)} ms`,
      layoutShift.toFixed(3),
    ]),
  ]
    .map(([page = '', ...rest]) => page.padEnd(32) + rest.map((cell) => cell.padStart(13)).join(''))
    .join('\n');

browserSuite('what the pages cost', (suite) => {
  const figures: Figure[] = [];
  // Times depend on the machine, so they decide nothing; `WEB_FIGURES=FILE` keeps them.
  afterAll(() => {
    process.stderr.write(`${table(figures)}\n`);
    const file = process.env['WEB_FIGURES'];
    const report = { benchmark: 'web', machine: machine(), rows: figures };
    if (file !== undefined) writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
  });

  it.each(ROUTES)('$address loads little, and stays in its place', async ({ address, use }) => {
    const page = await suite.open('admin');
    await observe(page);
    await page.goto(address);
    await settled(page);
    const firstLoad = await loadedBytes(page, builtSizes());
    await use(page);
    const visit = await visitOf(page);
    figures.push({ address, firstLoad, ...visit });
    expect(firstLoad).toBeGreaterThan(0);
    expect(firstLoad).toBeLessThanOrEqual(MOST_BYTES);
  });
});
