import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inRoot } from './root.mjs';
import { runNode } from './run.mjs';

/** @typedef {{ passed: number, failed: number }} Counts */

/**
 * Runs jest in the open and counts its tests. A file that cannot be run counts as one failed test; so does a
 * jest that fails for a reason of its own.
 *
 * @param {string[]} args passed on to jest
 * @returns {Promise<Counts>}
 */
export const runJest = async (args) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sla-jest-'));
  const report = path.join(folder, 'report.json');
  try {
    const { code } = await runNode(
      [
        '--experimental-vm-modules',
        '--no-warnings',
        inRoot('node_modules', 'jest', 'bin', 'jest.js'),
        '--json',
        `--outputFile=${report}`,
        ...args,
      ],
      { show: true },
    );
    return count(report, code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/**
 * @param {string} report
 * @param {number} code
 * @returns {Counts}
 */
const count = (report, code) => {
  try {
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(
      readFileSync(report, 'utf8'),
    );
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    return { passed: numPassedTests, failed: code === 0 ? failed : Math.max(1, failed) };
  } catch (error) {
    process.stderr.write(`jest left no report: ${String(error)}\n`);
    return { passed: 0, failed: 1 };
  }
};
