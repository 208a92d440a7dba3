import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { asked, cliOn, type Cli } from '../support/run-cli.js';
import { temporaryFolder } from '../support/sheets.js';

jest.setTimeout(60_000);

let folder = '';
let cli: Cli;
beforeAll(async () => {
  folder = temporaryFolder();
  cli = cliOn(folder);
  expect(await cli(['org', 'create', 'acme'])).toMatchObject({ code: 0 });
});
afterAll(() => rm(folder, { recursive: true }));

it('adds, lists, resumes and removes webhooks; the secret is all that adding one prints', async () => {
  // An address instead of a name: nobody has to be asked where it is, and nothing is sent there.
  const added = await cli(['webhook', 'add', 'https://93.184.216.34/hooks', '--description', 'Status page']);
  expect(added).toMatchObject({ code: 0, stdout: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=\n$/) });
  const [webhook] = await asked<{ id: string }[]>(cli, 'webhook', 'list');
  expect(webhook).toMatchObject({ url: 'https://93.184.216.34/hooks', status: 'ACTIVE', failure: null });
  const { stdout } = await cli(['webhook', 'list']);
  expect(stdout).toMatch(/https:\/\/93\.184\.216\.34\/hooks {2}active/);
  expect(stdout).not.toContain('whsec');
  const replaced = await cli(['webhook', 'secret', webhook!.id]);
  expect(replaced).toMatchObject({ code: 0, stdout: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=\n$/) });
  expect(replaced.stdout).not.toBe(added.stdout);
  expect(await cli(['webhook', 'resume', webhook!.id])).toMatchObject({ code: 0 });
  expect(await cli(['webhook', 'remove', webhook!.id])).toMatchObject({ code: 0 });
  expect(await asked(cli, 'webhook', 'list')).toEqual([]);
});

it.each([
  [['webhook', 'add', 'https://127.0.0.1/'], 'INVALID_INPUT'],
  [['webhook', 'add', 'http://93.184.216.34/'], 'INVALID_INPUT'],
  [['webhook', 'add', 'https://93.184.216.34/', '--after', '999999'], 'INVALID_INPUT'],
  [['webhook', 'remove', '1f0c6f7e-2d35-5a0e-9a63-6f2f0a6f8a31'], 'NOT_FOUND'],
])('refuses %j', async (args, code) => {
  const refused = await cli([...args, '--json']);
  expect(refused.code).toBe(1);
  expect(JSON.parse(refused.stderr)).toMatchObject({ error: { code } });
});
