import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { eventually } from '../../support/eventually.js';
import { freePort } from '../../support/free-port.js';

export type Person = 'viewer' | 'member' | 'admin' | 'compliance';

/** The product as `npm start` runs it, web app and demo organization included. */
export interface Product {
  readonly url: string;
  readonly passwordOf: (person: Person) => string;
  /** Ends it and starts it again on the same port and data, as an upgrade does. `whileAway` runs between. */
  readonly restart: (whileAway: () => Promise<void>) => Promise<void>;
  readonly stop: () => Promise<void>;
}

const ROOT = resolve(import.meta.dirname, '../../..');
/** Milliseconds; the first start builds what is missing. */
const START_WITHIN_MS = 240_000;

export const emailOf = (person: Person): string => `${person}@demo.example`;

/** Starts it on a free port with a data folder of its own. */
export const startProduct = async (): Promise<Product> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'sla-browser-'));
  const port = await freePort();
  const removeData = (): void => rmSync(dataDir, { recursive: true, force: true });
  let end = await run(dataDir, port).catch((error: unknown) => {
    removeData();
    throw error;
  });
  const signIns = new Map(
    readFileSync(join(dataDir, 'demo-sign-ins.txt'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/) as [email: string, password: string]),
  );
  return {
    url: urlOf(port),
    passwordOf: (person) => signIns.get(emailOf(person)) ?? '',
    restart: async (whileAway) => {
      await end();
      await whileAway();
      end = await run(dataDir, port);
    },
    stop: async () => {
      await end();
      removeData();
    },
  };
};

const urlOf = (port: number): string => `http://127.0.0.1:${port}`;

/** Runs it until it is ready; the function returned ends it. */
const run = async (dataDir: string, port: number): Promise<() => Promise<void>> => {
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: ROOT,
    env: {
      ...process.env,
      NODE_ENV: 'test',
      DATA_DIR: dataDir,
      PORT: String(port),
      LOG_LEVEL: 'error',
      SLA_DEMO: 'on',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const end = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  try {
    await eventually(async () => {
      // What has ended will not be ready: no reason to wait on.
      if (child.exitCode !== null) return;
      const { ok } = await fetch(`${urlOf(port)}/readyz`);
      if (!ok) throw new Error(`The product is not ready: ${said}`);
    }, START_WITHIN_MS);
    if (child.exitCode !== null) throw new Error(`The product ended with ${child.exitCode}: ${said}`);
  } catch (error) {
    await end();
    throw error;
  }
  return end;
};
