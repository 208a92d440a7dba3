import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { contentHash, filesBelow, fingerprint, readOrNull } from './fingerprint.mjs';
import { withProgress } from './notes.mjs';
import { inRoot, root } from './root.mjs';

const IS_SPEC = /\.(spec|int-spec|e2e-spec)\.ts$/;

/** @param {string} folder */
const stampOf = (folder) => inRoot('dist', `.${folder}.built`);
/** @param {string} folder */
const sourcesOf = (folder) => filesBelow(inRoot(folder)).filter((file) => !IS_SPEC.test(file));
/** @param {string} folder */
const stateOf = (folder) =>
  `${fingerprint(sourcesOf(folder))} ${contentHash(inRoot('.swcrc'))} ${contentHash(inRoot('package-lock.json'))}`;

/** @param {string[]} folders */
export const isCompiled = (folders) =>
  folders.every((folder) => readOrNull(stampOf(folder)) === stateOf(folder));

/**
 * Compiles folders of the checkout into `dist/`, each under its own name. Types are checked by `npm test`, not here.
 *
 * @param {string[]} folders
 */
export const compile = async (folders) => {
  const stale = folders.filter((folder) => !isCompiled([folder]));
  if (stale.length === 0) return;
  await withProgress('Compiling', async () => {
    const { transform } = await import('@swc/core');
    const options = { ...JSON.parse(readFileSync(inRoot('.swcrc'), 'utf8')), swcrc: false };
    for (const folder of stale) await compileFolder(folder, transform, options);
  });
};

/**
 * @param {string} folder
 * @param {typeof import('@swc/core').transform} transform
 * @param {import('@swc/core').Options} options
 */
const compileFolder = async (folder, transform, options) => {
  // Taken before reading: a file saved while we compile makes the next start compile again.
  const state = stateOf(folder);
  rmSync(stampOf(folder), { force: true });
  const written = await Promise.all(sourcesOf(folder).map((file) => compileFile(file, transform, options)));
  removeAllBut(new Set(written.flat()), inRoot('dist', folder));
  mkdirSync(inRoot('dist'), { recursive: true });
  writeFileSync(stampOf(folder), state);
};

/**
 * @param {string} file
 * @param {typeof import('@swc/core').transform} transform
 * @param {import('@swc/core').Options} options
 * @returns {Promise<string[]>} what was written
 */
const compileFile = async (file, transform, options) => {
  const target = inRoot('dist', path.relative(root, file));
  mkdirSync(path.dirname(target), { recursive: true });
  if (!file.endsWith('.ts')) {
    copyFileSync(file, target);
    return [target];
  }
  const { code, map } = await transform(readFileSync(file, 'utf8'), {
    ...options,
    filename: file,
    sourceFileName: path.relative(path.dirname(target), file),
  });
  const script = target.replace(/\.ts$/, '.js');
  writeFileSync(script, map ? `${code}\n//# sourceMappingURL=${path.basename(script)}.map\n` : code);
  if (map) writeFileSync(`${script}.map`, map);
  return [script, `${script}.map`];
};

/**
 * What a source left behind that is no longer there.
 *
 * @param {Set<string>} kept
 * @param {string} folder
 */
const removeAllBut = (kept, folder) => {
  for (const file of filesBelow(folder)) if (!kept.has(file)) rmSync(file);
};
