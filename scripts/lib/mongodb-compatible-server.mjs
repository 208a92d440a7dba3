import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { contentHash } from './fingerprint.mjs';
import { withProgress } from './notes.mjs';
import { inRoot } from './root.mjs';
import { run } from './run.mjs';

const SOURCE = inRoot('scripts', 'mongodb-compatible-server');
const START_WITHIN_MS = 20_000;

/** @typedef {{ url: string, stop: () => Promise<void> }} Server `url` ends in `/`; a database name may follow */

/**
 * Starts an empty server on a free loopback port. Its files are in a folder of their own and go with it; should
 * this process be killed, the server ends by itself.
 *
 * @returns {Promise<Server>}
 */
export const startMongodbCompatibleServer = async () => {
  const binary = await built();
  const folder = mkdtempSync(path.join(tmpdir(), 'sla-mongodb-'));
  const child = spawn(binary, [folder], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const stop = async () => {
    child.stdin.end();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    return { url: await firstLine(child), stop };
  } catch (error) {
    child.kill('SIGKILL');
    await stop();
    throw error;
  }
};

/** Where the binary is, or would be: it changes with its sources, so that an old one is never taken for a new one. */
const binaryPath = () => {
  const cache = process.env['XDG_CACHE_HOME'] ?? path.join(homedir(), '.cache');
  const version = [contentHash(path.join(SOURCE, 'go.sum')), contentHash(path.join(SOURCE, 'main.go'))];
  const name = `mongodb-compatible-server-${version.map((hash) => hash.slice(0, 12)).join('-')}`;
  return path.join(cache, 'sla-matrix-manager', process.platform === 'win32' ? `${name}.exe` : name);
};

const built = async () => {
  const binary = binaryPath();
  if (existsSync(binary)) return binary;
  mkdirSync(path.dirname(binary), { recursive: true });
  const fresh = `${binary}.${process.pid}`;
  await withProgress('Building the MongoDB-compatible server (once; needs Go)', async () => {
    const { code, output } = await run('go', ['build', '-mod=readonly', '-o', fresh, '.'], { cwd: SOURCE });
    if (code !== 0) throw new Error(`go build failed:\n${output}`);
  });
  renameSync(fresh, binary);
  return binary;
};

/**
 * @param {import('node:child_process').ChildProcessByStdio<import('node:stream').Writable, import('node:stream').Readable, null>} child
 * @returns {Promise<string>}
 */
const firstLine = (child) =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The server did not start in time.')), START_WITHIN_MS);
    child.once('error', reject).once('close', (code) => reject(new Error(`The server ended with ${code}.`)));
    createInterface({ input: child.stdout }).once('line', (line) => {
      clearTimeout(timer);
      resolve(line);
    });
  });
