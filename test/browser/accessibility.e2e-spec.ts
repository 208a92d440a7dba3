import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { settled, windowOf } from './support/browser.js';
import { browserSuite } from './support/suite.js';

const PAGES = [
  '/',
  '/?id=CUST-1001',
  '/?id=CUST-1012',
  '/?id=NOBODY',
  '/matrix',
  '/matrix?from=2026-01-01',
  '/changes?view=decided',
  '/customers',
  '/customers/CUST-1012',
  '/exceptions',
  '/history',
  '/history?kind=CUSTOMER&id=CUST-1003',
  '/coverage',
  '/contract?id=CTR-2026-112',
  '/remap?ids=CUST-1012',
  '/import',
  '/policy',
  '/settings',
  '/audit',
  '/nowhere',
];
const AXE = resolve(import.meta.dirname, '../../web/node_modules/axe-core/axe.min.js');
const LOOKS = [
  { name: 'light', options: { colorScheme: 'light' as const } },
  { name: 'dark', options: { colorScheme: 'dark' as const } },
  { name: 'on a phone', options: { viewport: { width: 390, height: 844 } } },
];

interface Finding {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** What axe finds serious or critical, short enough to read in a report. */
const findingsOn = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(readFileSync(AXE, 'utf8'));
  const { violations } = await page.evaluate<{ violations: readonly Finding[] }>(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })`,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 140)).join(' | ')}`);
};

/** Pixels by which a page is wider than its window. */
const overhang = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');

browserSuite('every page', (suite) => {
  it('greets with a page that everybody can use', async () => {
    const page = await suite.openSignedOut();
    await page.goto('/');
    await settled(page);
    expect(await findingsOn(page)).toEqual([]);
  });

  describe.each(LOOKS)('$name', ({ options }) => {
    let page: Page;
    beforeAll(async () => {
      page = await windowOf(suite.browser, suite.product, 'admin', options);
    });
    afterAll(() => page.context().close());

    it('lets everybody write, propose and read a change', async () => {
      await page.goto('/matrix');
      await page.getByRole('button', { name: 'Propose a change' }).click();
      await page.getByLabel('growth P1 First response', { exact: true }).fill('5d');
      await page.getByRole('region', { name: 'Warnings' }).waitFor();
      expect(await findingsOn(page)).toEqual([]);
      await page.getByRole('button', { name: 'Name, channels' }).first().click();
      expect(await findingsOn(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Propose …' }).click();
      await page.getByLabel('Reason').fill(`Seen by everybody ${JSON.stringify(options)}`);
      expect(await findingsOn(page)).toEqual([]);
      await page.getByRole('button', { name: 'Propose', exact: true }).click();
      await page.getByText('You proposed this yourself').waitFor();
      expect(await findingsOn(page)).toEqual([]);
      await page.getByRole('link', { name: 'Revise' }).click();
      await page.getByLabel('P0 first response').fill('soon');
      expect(await findingsOn(page)).toEqual([]);
      expect(await overhang(page)).toBeLessThanOrEqual(0);
      await page.getByRole('button', { name: 'Discard' }).click();
      await page.getByRole('button', { name: /^Withdraw/ }).click();
      expect(await findingsOn(page)).toEqual([]);
      await page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click();
      await page.getByText('Withdrawn', { exact: true }).first().waitFor();
    });

    it('lets everybody agree on own terms, and see to an exception', async () => {
      await page.goto('/contract?id=CTR-2026-112');
      await page.getByRole('button', { name: 'Agree on own terms' }).click();
      await page.getByRole('button', { name: 'Add a channel' }).click();
      await page.getByLabel('Channel 1').fill('phone');
      expect(await findingsOn(page)).toEqual([]);
      expect(await overhang(page)).toBeLessThanOrEqual(0);
      await page.goto('/exceptions');
      for (const name of ['Acknowledge', 'Waive']) {
        await page.getByRole('button', { name }).click();
        await page.getByRole('dialog').waitFor();
        expect(await findingsOn(page)).toEqual([]);
        await page.keyboard.press('Escape');
      }
    });

    it.each(PAGES)('%s can be used by everybody, and fits', async (address) => {
      await page.goto(address);
      await settled(page);
      expect(await findingsOn(page)).toEqual([]);
      expect(await overhang(page)).toBeLessThanOrEqual(0);
    });
  });
});
