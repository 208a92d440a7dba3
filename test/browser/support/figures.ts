import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';

/** What one visit cost, as the browser itself says. */
export interface Visit {
  /** Milliseconds from the request to the first text or picture. */
  readonly firstContentfulPaint: number;
  /** Milliseconds from a key or a click to the next frame, the worst of the visit; null: below the 16 ms that are told. */
  readonly interactionDelay: number | null;
  /** Sum of the shifts that nobody caused; 0.1 is where it begins to disturb. */
  readonly layoutShift: number;
}

/** Runs before the page's own scripts. */
const OBSERVE = `(() => {
  const seen = (window.__figures = { interaction: null, shift: 0 });
  new PerformanceObserver((list) => {
    for (const { duration, interactionId } of list.getEntries())
      if (interactionId) seen.interaction = Math.max(seen.interaction ?? 0, duration);
  }).observe({ type: 'event', durationThreshold: 16, buffered: true });
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) seen.shift += value;
  }).observe({ type: 'layout-shift', buffered: true });
})()`;

const READ = `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
  const { interaction, shift } = window.__figures;
  const [paint] = performance.getEntriesByName('first-contentful-paint');
  done({ firstContentfulPaint: paint?.startTime ?? 0, interactionDelay: interaction, layoutShift: shift });
})))`;

export const observe = (page: Page): Promise<void> => page.addInitScript(OBSERVE).then(() => undefined);

export const visitOf = (page: Page): Promise<Visit> => page.evaluate<Visit>(READ);

const ASSETS = resolve(import.meta.dirname, '../../../web/dist/assets');

/** Compressed bytes of every file that the build made, by its address. */
export const builtSizes = (): ReadonlyMap<string, number> =>
  new Map(
    readdirSync(ASSETS).map((name) => [
      `/assets/${name}`,
      gzipSync(readFileSync(resolve(ASSETS, name)), { level: 9 }).byteLength,
    ]),
  );

/** Compressed bytes of scripts and styles that a visit has loaded. */
export const loadedBytes = async (page: Page, sizes: ReadonlyMap<string, number>): Promise<number> => {
  const paths = await page.evaluate<readonly string[]>(
    `performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname)`,
  );
  return [...new Set(paths)].reduce((sum, path) => sum + (sizes.get(path) ?? 0), 0);
};
