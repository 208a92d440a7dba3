import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { asked, cliOn, type Cli } from '../support/run-cli.js';
import { temporaryFolder } from '../support/sheets.js';

jest.setTimeout(60_000);

const MATRIX = join(import.meta.dirname, '..', 'data', 'support-tiers.matrix.csv');

interface Status {
  readonly name: string;
  readonly head: string;
  readonly checkpoint: string;
}

const folder = temporaryFolder();
const dataDir = join(folder, 'data');
const file = join(folder, 'backup.db');
let cli: Cli;
beforeAll(async () => {
  cli = cliOn(dataDir);
  expect(await cli(['org', 'create', 'acme'])).toMatchObject({ code: 0 });
  expect(await cli(['token', '--org', 'acme', '--subject', 'ada', '--roles', 'admin'])).toMatchObject({
    code: 0,
  });
  expect(await cli(['import', MATRIX, '--org', 'acme'])).toMatchObject({ code: 0 });
});
afterAll(() => rm(folder, { recursive: true }));

describe('sla backup and restore', () => {
  it('bring the whole installation to another folder', async () => {
    const made = await asked<{ position: string; files: string[] }>(cli, 'backup', file);
    expect(made.files).toContain('keys/token-signing.jwk');
    const other = cliOn(join(folder, 'other'));
    const restored = await asked<object>(other, 'restore', file);
    expect(restored).toMatchObject({ position: made.position, files: made.files });

    const key = (dir: string) => readFile(join(folder, dir, 'keys', 'token-signing.jwk'), 'utf8');
    expect(await key('other')).toBe(await key('data'));
    // Known there too: the same sheet again is the same open proposal.
    expect((await other(['import', MATRIX, '--org', 'acme'])).stderr).toContain('already proposed');
    const status = await asked<Status[]>(other, 'projections', 'status');
    expect(status.map(({ head }) => head)).toEqual(status.map(() => made.position));
  });

  it('refuse in one line what would overwrite, and what is not there', async () => {
    const again = await cli(['backup', file]);
    expect(again).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^error: .+ is there already.*\n$/),
    });
    const onto = await cli(['restore', file]);
    expect(onto).toMatchObject({ code: 1, stderr: expect.stringMatching(/^error: .+ is not empty.*\n$/) });
    await mkdir(join(folder, 'empty'));
    const nothing = await cliOn(join(folder, 'empty'))(['backup', join(folder, 'none.db'), '--json']);
    expect(JSON.parse(nothing.stderr)).toEqual({ error: expect.objectContaining({ code: 'NO_LOG' }) });
    const elsewhere = await cli(['backup', join(folder, 'none.db')], {
      env: { EVENTSTORE_URL: 'esdb://localhost:2113?tls=false' },
    });
    expect(elsewhere.stderr).toContain('EVENTSTORE_URL');
  });
});
