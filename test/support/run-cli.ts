import { spawn } from 'node:child_process';
import { join } from 'node:path';

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly stdin?: string;
}

const SCRIPT = join(import.meta.dirname, '..', '..', 'scripts', 'sla.mjs');

/** Settings of whoever runs the tests are none of the tests' business. */
const OWN = ['PATH', 'HOME', 'SYSTEMROOT', 'TEMP', 'TMP', 'TMPDIR'];

/** The command line as its users have it: another process, on a data folder, without a terminal. */
export const cliOn =
  (dataDir: string) =>
  (args: readonly string[], { env = {}, stdin = '' }: RunOptions = {}): Promise<Ran> =>
    new Promise((resolve, reject) => {
      const own = Object.fromEntries(OWN.map((name) => [name, process.env[name]]));
      const child = spawn(process.execPath, [SCRIPT, ...args], {
        env: { ...own, DATA_DIR: dataDir, ...env },
      });
      let stdout = '';
      let stderr = '';
      child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
      child.on('error', reject).on('close', (code) => resolve({ code, stdout, stderr }));
      child.stdin.end(stdin);
    });

export type Cli = ReturnType<typeof cliOn>;

/** What it answers with `--json`; it has to succeed. */
export const asked = async <T>(cli: Cli, ...args: readonly string[]): Promise<T> => {
  const { code, stdout, stderr } = await cli([...args, '--json']);
  if (code !== 0) throw new Error(`sla ${args.join(' ')} ended with ${code}: ${stderr}`);
  return JSON.parse(stdout) as T;
};
