import { spawn } from 'node:child_process';
import { root } from './root.mjs';

/** @typedef {{ code: number, output: string }} Ended exit code (1 when ended by a signal) and stdout with stderr */

/**
 * Runs a program of Node's, e.g. a package's `bin`, to its end.
 *
 * @param {string[]} args
 * @param {{ cwd?: string, show?: boolean, env?: NodeJS.ProcessEnv }} [options] `show`: straight to the terminal
 * @returns {Promise<Ended>}
 */
export const runNode = (args, options = {}) => run(process.execPath, args, options);

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, show?: boolean, env?: NodeJS.ProcessEnv, shell?: boolean }} [options]
 * @returns {Promise<Ended>}
 */
export const run = (command, args, { cwd = root, show = false, env, shell = false } = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      shell,
      env: { ...process.env, ...env },
      stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    });
    const forward = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
    process.on('SIGINT', forward).on('SIGTERM', forward);
    /** @type {Buffer[]} */
    const output = [];
    child.stdout?.on('data', (chunk) => output.push(chunk));
    child.stderr?.on('data', (chunk) => output.push(chunk));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      process.off('SIGINT', forward).off('SIGTERM', forward);
      if (signal === 'SIGINT' || signal === 'SIGTERM') process.kill(process.pid, signal);
      resolve({ code: code ?? 1, output: Buffer.concat(output).toString() });
    });
  });
