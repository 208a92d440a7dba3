import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { compile, isCompiled } from './compile.mjs';
import { install, isInstalled } from './install.mjs';
import { withLock } from './lock.mjs';
import { note } from './notes.mjs';
import { inRoot, root } from './root.mjs';
import { isWebInstalled, isWebReady, makeWebInstalled, makeWebReady } from './web.mjs';

/** What the product runs from. */
export const PRODUCT = ['src', 'projections'];

/** @typedef {{ folders?: string[], web?: boolean }} Wanted compiled folders, and whether the web app is needed */

/**
 * Installs and builds what is missing or out of date. Where nothing is, it costs a few milliseconds. Two at
 * once: the second waits and finds everything done.
 *
 * @param {Wanted} [wanted]
 */
export const makeReady = async ({ folders = PRODUCT, web = false } = {}) => {
  const isReady = () => isInstalled(root) && isCompiled(folders) && (!web || isWebReady());
  if (isReady()) return;
  await withLock(inRoot('.cache', 'preparing.lock'), async () => {
    await installDependencies();
    await compile(folders);
    if (web) await makeWebReady();
  });
};

/** @param {{ web?: boolean }} [wanted] */
export const makeInstalled = async ({ web = false } = {}) => {
  if (isInstalled(root) && (!web || isWebInstalled())) return;
  await withLock(inRoot('.cache', 'preparing.lock'), async () => {
    await installDependencies();
    if (web) await makeWebInstalled();
  });
};

const installDependencies = async () => {
  if (!isInstalled(root)) await install(root, 'dependencies (once, and when the lock file changes)');
};

/**
 * Prepares and then becomes the program: the same process, so that signals reach it.
 *
 * @param {string} program compiled file, from the checkout's folder
 * @param {Wanted} [wanted]
 */
export const runReady = async (program, wanted) => {
  try {
    await makeReady(wanted);
  } catch (error) {
    note(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
  const settings = inRoot('.env');
  if (existsSync(settings)) process.loadEnvFile(settings);
  const file = inRoot('dist', program);
  process.argv[1] = file;
  await import(pathToFileURL(file).href);
};
