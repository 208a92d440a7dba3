import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const MAIN = join(import.meta.dirname, '..', '..', 'dist', 'src', 'main.js');

export interface Refusal {
  readonly code: number;
  /** All of stderr. */
  readonly said: string;
  /** All of stdout: the log. */
  readonly log: string;
}

/** A start of the product that is to end by itself; it has to be compiled. */
export const refusedStart = async (dataDir: string, env: NodeJS.ProcessEnv = {}): Promise<Refusal> => {
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env['PATH'], PORT: '0', DATA_DIR: dataDir, SLA_DEMO: 'off', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [said, log] = ['', ''];
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stdout.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, said, log };
};
