import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const root = path.resolve(import.meta.dirname, '..', '..');
const MAIN = "import { word } from './word.js';\nconsole.log(word, process.pid, ...process.argv.slice(2));\n";

describe('starting from a checkout', () => {
  let checkout = '';
  const at = (...parts: string[]): string => path.join(checkout, ...parts);

  interface Run {
    readonly code: number | null;
    readonly pid: number | undefined;
    readonly stdout: string;
    readonly stderr: string;
  }

  const start = (...args: string[]): Promise<Run> =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [at('scripts/start.mjs'), ...args]);
      let stdout = '';
      let stderr = '';
      child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
      child.on('error', reject).on('close', (code) => resolve({ code, pid: child.pid, stdout, stderr }));
    });

  beforeEach(async () => {
    checkout = await mkdtemp(path.join(tmpdir(), 'sla-checkout-'));
    for (const part of ['scripts', '.swcrc', 'package.json', 'package-lock.json'])
      await cp(path.join(root, part), at(part), { recursive: true });
    // Only the compiler, marked as installed: npm must have no reason to touch anything here.
    await mkdir(at('node_modules'));
    await symlink(path.join(root, 'node_modules/@swc'), at('node_modules/@swc'), 'junction');
    const lock = await readFile(at('package-lock.json'));
    await writeFile(at('node_modules/.sla-install'), createHash('sha256').update(lock).digest('hex'));
    await mkdir(at('src'));
    await writeFile(at('src/main.ts'), MAIN);
    await writeFile(at('src/word.ts'), "export const word: string = 'ready';\n");
  });

  afterEach(() => rm(checkout, { recursive: true, force: true }));

  it('compiles, then becomes the product in the same process', async () => {
    const { pid, stdout, stderr } = await start('--flag', 'value');
    expect(stdout).toBe(`ready ${pid} --flag value\n`);
    expect(stderr).toContain('Compiling');
  });

  it('has nothing to do the second time', async () => {
    await start();
    expect(await start()).toMatchObject({ code: 0, stderr: '' });
  });

  it('compiles again what has changed, and forgets what is gone', async () => {
    await writeFile(at('src/gone.ts'), 'export const gone = true;\n');
    await start();
    await rm(at('src/gone.ts'));
    await writeFile(at('src/word.ts'), "export const word = 'changed';\n");
    expect((await start()).stdout).toMatch(/^changed /);
    expect(existsSync(at('dist/src/gone.js'))).toBe(false);
  });

  it('leaves specs out of the product', async () => {
    await writeFile(at('src/word.spec.ts'), 'export const spec = true;\n');
    await start();
    expect(existsSync(at('dist/src/word.spec.js'))).toBe(false);
  });

  it('lets two start at once', async () => {
    const runs = await Promise.all([start(), start()]);
    expect(runs.map(({ code }) => code)).toEqual([0, 0]);
    expect(existsSync(at('.cache/preparing.lock'))).toBe(false);
  });

  it('does not wait for one who was killed while preparing', async () => {
    const { pid } = await start();
    await rm(at('dist'), { recursive: true });
    await writeFile(at('.cache/preparing.lock'), String(pid));
    expect((await start()).code).toBe(0);
  });

  it('takes settings from .env, below what the environment says', async () => {
    await writeFile(at('.env'), 'FROM_FILE=file\nPATH=file\n');
    await writeFile(
      at('src/main.ts'),
      "console.log(process.env['FROM_FILE'], process.env['PATH'] === 'file');\n",
    );
    expect((await start()).stdout).toBe('file false\n');
  });

  it('says what is wrong with a source that cannot be compiled, and starts nothing', async () => {
    await writeFile(at('src/word.ts'), 'export const = ;\n');
    const { code, stdout, stderr } = await start();
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('word.ts');
  });
});
