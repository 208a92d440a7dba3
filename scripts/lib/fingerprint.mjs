import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

const IGNORED = new Set(['node_modules', 'dist']);

/**
 * Every file below a folder, in a fixed order; none where there is no such folder.
 *
 * @param {string} folder
 * @returns {string[]} absolute paths
 */
export const filesBelow = (folder) => {
  const entries = readdirOrNone(folder).filter((entry) => !IGNORED.has(entry.name));
  return entries.flatMap((entry) => {
    const file = path.join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(file) : [file];
  });
};

/**
 * Changes when a file is added, taken away or written; looks at sizes and times only, so that asking is cheap.
 * Not "newest wins": an older file that comes back with another branch counts as a change too.
 *
 * @param {string[]} files
 */
export const fingerprint = (files) => {
  const hash = createHash('sha256');
  for (const file of files) {
    const { mtimeMs, size } = statSync(file);
    hash.update(`${file}\0${mtimeMs}\0${size}\n`);
  }
  return hash.digest('hex');
};

/** @param {string} file */
export const contentHash = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');

/**
 * @param {string} file
 * @returns {string | null} null where there is no such file
 */
export const readOrNull = (file) => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
};

/** @param {string} folder */
const readdirOrNone = (folder) => {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
};

/** @param {unknown} error */
const isMissing = (error) => hasCode(error, 'ENOENT');

/**
 * @param {unknown} error
 * @param {string} code the system's name for it
 */
export const hasCode = (error, code) => error instanceof Error && 'code' in error && error.code === code;
