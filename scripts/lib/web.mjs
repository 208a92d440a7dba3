import { existsSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { filesBelow, fingerprint, readOrNull } from './fingerprint.mjs';
import { install, isInstalled } from './install.mjs';
import { withProgress } from './notes.mjs';
import { inRoot } from './root.mjs';
import { runNode } from './run.mjs';

const WEB = inRoot('web');
const STAMP = inRoot('web', 'dist', '.built');

const exists = () => existsSync(inRoot('web', 'package.json'));
/** The web app may have dependencies of its own or share the checkout's. */
const hasOwnLock = () => existsSync(inRoot('web', 'package-lock.json'));
const state = () => fingerprint([...filesBelow(WEB), inRoot('package-lock.json')]);

export const isWebInstalled = () => !exists() || !hasOwnLock() || isInstalled(WEB);

export const makeWebInstalled = async () => {
  if (!isWebInstalled()) await install(WEB, "the web app's dependencies");
};

export const isWebReady = () => !exists() || (isWebInstalled() && readOrNull(STAMP) === state());

/** Builds `web/dist` with Vite, where there is a web app and it has changed. */
export const makeWebReady = async () => {
  if (isWebReady()) return;
  await makeWebInstalled();
  const built = state();
  await withProgress('Building the web app', async () => {
    const vite = createRequire(inRoot('web', 'package.json')).resolve('vite/package.json');
    const { code, output } = await runNode([path.join(path.dirname(vite), 'bin', 'vite.js'), 'build'], {
      cwd: WEB,
      // React for development is what comes of any other value, the product's own NODE_ENV included.
      env: { NODE_ENV: 'production' },
    });
    if (code !== 0) throw new Error(`The web app could not be built:\n${output}`);
  });
  writeFileSync(STAMP, built);
};
