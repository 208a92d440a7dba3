import { afterAll, afterEach, beforeAll, expect, jest } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import {
  complaintsOf,
  describeInBrowser,
  forgive,
  openBrowser,
  openWindow,
  PATIENCE_MS,
  signIn,
} from './browser.js';
import { startProduct, type Person, type Product } from './product.js';

/** Milliseconds: the first start builds what is missing. */
const START_WITHIN_MS = 300_000;

export interface BrowserSuite {
  readonly product: Product;
  readonly browser: Browser;
  /** A window of its own in which somebody is signed in; closed after the test. */
  readonly open: (person: Person, options?: BrowserContextOptions) => Promise<Page>;
  /** A window in which nobody is signed in. */
  readonly openSignedOut: (options?: BrowserContextOptions) => Promise<Page>;
  /** What the window has complained of so far was provoked. */
  readonly forgive: (page: Page) => void;
}

interface Options {
  /** Milliseconds for one test, and a third of it for one step. */
  readonly patience?: number;
}

/**
 * Tests in windows of one browser on one product of their own. After each test its windows close; none of them may have
 * complained: no error in a script, nothing that the content security policy had to refuse.
 */
export const browserSuite = (
  name: string,
  define: (suite: BrowserSuite) => void,
  { patience = PATIENCE_MS }: Options = {},
): void => {
  jest.setTimeout(patience);
  describeInBrowser(name, () => {
    let product: Product | undefined;
    let browser: Browser | undefined;
    let windows: Page[] = [];
    beforeAll(async () => {
      product = await startProduct();
      browser = await openBrowser();
    }, START_WITHIN_MS);
    afterEach(async () => {
      const complaints = windows.flatMap(complaintsOf);
      await Promise.all(windows.map((page) => page.context().close()));
      windows = [];
      expect(complaints).toEqual([]);
    });
    afterAll(async () => {
      await browser?.close();
      await product?.stop();
    });

    const openSignedOut = async (options?: BrowserContextOptions): Promise<Page> => {
      const page = await openWindow(browser!, product!, options);
      page.context().setDefaultTimeout(patience / 3);
      windows.push(page);
      return page;
    };
    define({
      get product() {
        return product!;
      },
      get browser() {
        return browser!;
      },
      openSignedOut,
      forgive,
      open: async (person, options) => {
        const page = await openSignedOut(options);
        await signIn(page, product!, person);
        return page;
      },
    });
  });
};
