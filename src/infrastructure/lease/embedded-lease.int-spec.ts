import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../../../test/support/eventually.js';
import { temporaryFolder } from '../../../test/support/sheets.js';
import { EmbeddedLease } from './embedded-lease.js';

let folder: string;
beforeEach(() => {
  folder = join(temporaryFolder(), 'leases');
});
afterEach(() => rm(join(folder, '..'), { recursive: true }));

const opened = (): EmbeddedLease => new EmbeddedLease(folder, new Set(['webhooks']));

/** Another process that holds the lease until it is killed. */
const otherHolder = async (): Promise<() => Promise<void>> => {
  const libsql = import.meta.resolve('libsql');
  const script = `
    import Database from ${JSON.stringify(libsql)};
    new Database(process.argv[1]).exec('BEGIN EXCLUSIVE');
    process.stdout.write('held');
    setInterval(() => undefined, 1000);`;
  const args = ['--input-type=module', '--eval', script, join(folder, 'webhooks.lock')];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return async () => {
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  };
};

describe('what is exclusive', () => {
  it('is granted to one at a time, with ever greater tokens', async () => {
    const [one, other] = [opened(), opened()];
    const first = await one.acquire('webhooks');
    expect(await other.acquire('webhooks')).toBeNull();
    expect(await one.acquire('webhooks')).toBeNull();
    await first!.release();
    const second = await other.acquire('webhooks');
    expect(second!.token).toBeGreaterThan(0n);
    expect(await one.acquire('webhooks')).toBeNull();
    await other.close();
    expect((await one.acquire('webhooks'))!.token).toBeGreaterThan(first!.token);
    await one.close();
  });

  it('is free once its holder has been killed', async () => {
    const lease = opened();
    await (await lease.acquire('webhooks'))!.release();
    const killed = await otherHolder();
    expect(await lease.acquire('webhooks')).toBeNull();
    await killed();
    await eventually(async () => expect(await lease.acquire('webhooks')).not.toBeNull());
    await lease.close();
  });

  it('cannot be had where no file can be', async () => {
    const lease = new EmbeddedLease(join(folder, '..', 'file'), new Set(['webhooks']));
    await writeFile(join(folder, '..', 'file'), '');
    await expect(lease.acquire('webhooks')).rejects.toMatchObject({ kind: 'UNAVAILABLE' });
  });
});

it('grants everything else to everybody', async () => {
  const [one, other] = [opened(), opened()];
  const [first, second] = [await one.acquire('read model tiers'), await other.acquire('read model tiers')];
  expect([first, second]).not.toContain(null);
  await first!.release();
  expect(second!.lost.aborted).toBe(false);
  await one.close();
  await other.close();
});
