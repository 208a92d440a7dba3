import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { eventually } from './eventually.js';
import { httpClient, type HttpClient } from './http-client.js';

const ROOT = join(import.meta.dirname, '..', '..');

/** Compiles what has changed; the command line does so before it runs. */
export const compileProduct = async (): Promise<void> => {
  const [code] = (await once(
    spawn(process.execPath, [join(ROOT, 'scripts', 'sla.mjs'), '--help']),
    'exit',
  )) as [number];
  if (code !== 0) throw new Error(`The product cannot be compiled: exit code ${code}.`);
};

/** The product as operators run it: a process of its own, which can be killed. */
export class ProductProcess {
  private child: ChildProcess | null = null;
  private address: HttpClient | null = null;
  /** From the start of the process to the first answer, in milliseconds; of the last start. */
  startedIn = 0;

  constructor(
    private readonly dataDir: string,
    private readonly env: NodeJS.ProcessEnv = {},
  ) {}

  get http(): HttpClient {
    if (!this.address) throw new Error('The product is not running.');
    return this.address;
  }

  async start(): Promise<void> {
    const began = performance.now();
    const child = spawn(process.execPath, [join(ROOT, 'dist', 'src', 'main.js')], {
      env: { PATH: process.env['PATH'], PORT: '0', DATA_DIR: this.dataDir, SLA_DEMO: 'off', ...this.env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.child = child;
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    const url = await eventually(() => {
      if (child.exitCode !== null) throw new Error(`The product ended with code ${child.exitCode}.`);
      const [, found] = /is ready: (http\S+?)"/.exec(said) ?? [];
      if (!found) throw new Error(`The product is not ready:\n${said}`);
      return found;
    }, 30_000);
    this.address = httpClient(url);
    await this.address.rest(null, '/healthz');
    this.startedIn = performance.now() - began;
  }

  /** As a power cut would. */
  async kill(): Promise<void> {
    const { child } = this;
    this.child = null;
    if (!child || child.exitCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }
}
