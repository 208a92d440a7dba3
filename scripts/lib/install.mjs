import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { contentHash, readOrNull } from './fingerprint.mjs';
import { withProgress } from './notes.mjs';
import { run, runNode } from './run.mjs';

/** @param {string} folder */
const stampOf = (folder) => path.join(folder, 'node_modules', '.sla-install');
/** @param {string} folder */
const lockOf = (folder) => path.join(folder, 'package-lock.json');

/** True when the folder's dependencies are those of its lock file. @param {string} folder */
export const isInstalled = (folder) => {
  const wanted = contentHash(lockOf(folder));
  if (readOrNull(stampOf(folder)) === wanted) return true;
  if (!wasInstalledByHand(folder)) return false;
  writeFileSync(stampOf(folder), wanted);
  return true;
};

/**
 * Somebody ran npm themselves: what npm noted as its last step is what the lock file asks for.
 *
 * @param {string} folder
 */
const wasInstalledByHand = (folder) => {
  const noted = readOrNull(path.join(folder, 'node_modules', '.package-lock.json'));
  if (noted === null) return false;
  const present = JSON.parse(noted).packages;
  const wanted = Object.entries(JSON.parse(readOrNull(lockOf(folder)) ?? '{}').packages);
  return wanted.every(([name, { version, optional, peer, devOptional, link }]) => {
    if (name === '' || link) return true;
    // An optional package of another platform is rightly absent.
    return present[name] ? present[name].version === version : Boolean(optional || devOptional || peer);
  });
};

/**
 * Installs a folder's dependencies as its lock file says. What npm prints is shown only when it fails.
 *
 * @param {string} folder
 * @param {string} what for the note
 */
export const install = async (folder, what) => {
  await withProgress(`Installing ${what}`, async () => {
    // The build needs development dependencies whatever NODE_ENV the product is to run with.
    const { code, output } = await npm(['ci', '--include=dev', '--no-fund', '--no-audit'], folder);
    if (code !== 0) throw new Error(`npm ci failed in ${folder}:\n${output}`);
  });
  writeFileSync(stampOf(folder), contentHash(lockOf(folder)));
};

/**
 * @param {string[]} args
 * @param {string} cwd
 */
const npm = (args, cwd) => {
  // Under `npm start` npm says where it is; Windows cannot spawn `npm.cmd` without a shell.
  const cli = process.env['npm_execpath'];
  if (cli?.endsWith('npm-cli.js')) return runNode([cli, ...args], { cwd });
  return run('npm', args, { cwd, shell: process.platform === 'win32' });
};
