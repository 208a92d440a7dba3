import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { freePort } from '../../test/support/free-port.js';
import { cpuOfTree } from './processes.js';

const run = promisify(execFile);
const DEBIAN = '/usr/lib/postgresql';
/** All of the data stays in memory, as the product's does; nothing is compiled for a query of one row. */
const SETTINGS = ['shared_buffers=1GB', 'random_page_cost=1.1', 'jit=off', 'listen_addresses=127.0.0.1'];

export interface Postgres {
  readonly port: number;
  /** Runs a script of `psql`, data of `copy … from stdin` included. @throws at its first error */
  script(text: Iterable<string>): Promise<void>;
  /** Processor time of the server with all its backends, in microseconds; 0 where that cannot be seen. */
  cpu(): Promise<number>;
  stop(): Promise<void>;
}

/**
 * The folder with PostgreSQL's programs: `PG_BIN`, else on the path, else the newest where Debian has them.
 *
 * @returns null, after a line that says what to do: there is none
 */
export const postgresBin = async (): Promise<string | null> => {
  const versions = await readdir(DEBIAN).catch(none);
  const newest = versions
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(DEBIAN, version, 'bin'));
  const given = process.env['PG_BIN'];
  const folders = given ? [given] : [...(process.env['PATH'] ?? '').split(delimiter), ...newest];
  for (const folder of folders) {
    // A link on the path leads to the folder where the others are.
    const initdb = await realpath(join(folder, 'initdb')).catch(nowhere);
    if (initdb) return dirname(initdb);
  }
  process.stderr.write(
    '  left out: no initdb. Install PostgreSQL 15 and name its folder of programs in PG_BIN.\n',
  );
  return null;
};

/** An empty server with its data in a temporary folder. */
export const startPostgres = async (bin: string): Promise<Postgres> => {
  const user = await userOf();
  const folder = await mkdtemp(join(tmpdir(), 'sla-bench-postgres-'));
  if (user) await chown(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const isTrusting = ['-U', 'postgres', '--auth=trust'];
  const inAnyLanguage = ['--encoding=UTF8', '--locale=C'];
  await run(join(bin, 'initdb'), ['-D', data, '--no-sync', ...isTrusting, ...inAnyLanguage], {
    cwd: folder,
    ...user,
  });
  const port = await freePort();
  const settings = SETTINGS.flatMap((setting) => ['-c', setting]);
  const server = spawn(join(bin, 'postgres'), ['-D', data, '-p', String(port), '-k', folder, ...settings], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    ...user,
  });
  const ended = once(server, 'exit');
  // A benchmark that fails leaves nothing running.
  process.once('exit', () => server.kill('SIGQUIT'));
  await new Promise<void>((resolve, reject) => {
    let told = '';
    server.stderr.setEncoding('utf8').on('data', (part: string) => {
      told += part;
      if (told.includes('ready to accept connections')) resolve();
    });
    ended.then(() => reject(new Error(`PostgreSQL ended by itself: ${told}`)), reject);
  });
  return {
    port,
    script: async (text) => {
      const where = ['-h', '127.0.0.1', '-p', String(port), '-U', 'postgres'];
      const psql = spawn(join(bin, 'psql'), ['-q', '-v', 'ON_ERROR_STOP=1', ...where], {
        stdio: ['pipe', 'ignore', 'inherit'],
      });
      const fed = pipeline(Readable.from(text), psql.stdin);
      const [[code]] = (await Promise.all([once(psql, 'exit'), fed])) as [[number | null], void];
      if (code !== 0) throw new Error(`psql ended with ${code}.`);
    },
    cpu: () => cpuOfTree(server.pid!),
    stop: async () => {
      // A fast shutdown: sessions are ended, not waited for.
      server.kill('SIGINT');
      await ended;
      await rm(folder, { recursive: true });
    },
  };
};

/** Whom PostgreSQL is run as: it refuses to be root. */
const userOf = async (): Promise<{ readonly uid: number; readonly gid: number } | null> => {
  if (process.getuid?.() !== 0) return null;
  const [uid, gid] = await Promise.all(['-u', '-g'].map((which) => run('id', [which, 'postgres'])));
  return { uid: Number(uid!.stdout), gid: Number(gid!.stdout) };
};

const none = (): string[] => [];
const nowhere = (): null => null;
