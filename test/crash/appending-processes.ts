import type { ChildProcessByStdio } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

const SCRIPT = [
  '--import',
  join(import.meta.dirname, 'typescript-loader.mjs'),
  join(import.meta.dirname, 'appending-process.ts'),
];

/** A process that appends to the log in `file`, and the lines it has written whole. */
export class AppendingProcess {
  readonly lines: string[] = [];
  private readonly child: ChildProcessByStdio<null, Readable, null>;
  private readonly closed: Promise<unknown>;
  private onLine = (): void => undefined;

  /** @param fileBlocks largest file it may write, in blocks of 1,024 bytes: beyond it the disk fails */
  constructor(file: string, fileBlocks?: number) {
    const command = [process.execPath, ...SCRIPT, file];
    const [program = '', ...args] = fileBlocks
      ? ['bash', '-c', `ulimit -f ${fileBlocks}; exec "$@"`, 'bash', ...command]
      : command;
    this.child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    createInterface({ input: this.child.stdout }).on('line', (line) => {
      this.lines.push(line);
      this.onLine();
    });
    this.closed = once(this.child, 'close');
  }

  /** Waits until it has written so many lines, or has ended. */
  async until(lines: number): Promise<void> {
    while (this.lines.length < lines && this.child.exitCode === null)
      await Promise.race([new Promise<void>((resolve) => (this.onLine = resolve)), this.closed]);
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.closed;
  }

  async ended(): Promise<void> {
    await this.closed;
  }
}

export interface Acknowledged {
  readonly append: string;
  readonly stream: string;
  readonly revision: bigint;
  readonly position: bigint;
}

/** What it was told is in the log. A last line cut off by the kill was never a whole acknowledgement. */
export const acknowledged = ({ lines }: AppendingProcess): Acknowledged[] =>
  lines.flatMap((line) => {
    const match = /^ack (\S+) (\S+) (\d+) (\d+)$/.exec(line);
    const [, append = '', stream = '', revision = '', position = ''] = match ?? [];
    return match ? [{ append, stream, revision: BigInt(revision), position: BigInt(position) }] : [];
  });
