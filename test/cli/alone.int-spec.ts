import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { asked, cliOn, type Cli } from '../support/run-cli.js';
import { temporaryFolder } from '../support/sheets.js';

const DATA = join(import.meta.dirname, '..', 'data');
const MATRIX = join(DATA, 'support-tiers.matrix.csv');

/** Every command is a process of its own, on a machine with other things to do. */
jest.setTimeout(60_000);

interface Status {
  readonly name: string;
  readonly state: string;
  readonly head: string;
  readonly lag: string;
}

let folder = '';
let cli: Cli;
beforeAll(async () => {
  folder = temporaryFolder();
  cli = cliOn(folder);
  // Also compiles what is not compiled yet, so that nothing but the commands speaks afterwards.
  expect(await cli(['org', 'create', 'acme'])).toMatchObject({ code: 0 });
});
afterAll(() => rm(folder, { recursive: true }));

const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;

const headOf = async (): Promise<string | undefined> =>
  (await asked<Status[]>(cli, 'projections', 'status'))[0]?.head;

describe('the command line', () => {
  it('explains itself, each command with examples', async () => {
    for (const command of [[], ['token'], ['person', 'add'], ['import'], ['projections', 'rebuild']]) {
      const { code, stdout, stderr } = await cli([...command, '--help']);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain('Examples:');
    }
  });

  it.each([
    [['tokn'], /unknown command 'tokn'\n\(Did you mean token\?\)/],
    [['export', 'matrix', '--knwon-at', '2026-01-01'], /Did you mean --known-at\?/],
    [['token', '--org', 'acme'], /'--subject <name>' not specified/],
    [['export', 'everything'], /Allowed choices are matrix, customers, exceptions/],
    [['export', 'matrix', '--at', '31.02.2026'], /2026-03-01T09:00:00Z/],
    [['import', 'sheet.csv', '--map', 'Kunde'], /heading=field/],
  ])('does not guess what %j means', async (args, message) => {
    const { code, stdout, stderr } = await cli(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    const told = await cli([...args, '--json']);
    expect(told).toMatchObject({ code: 2, stdout: '' });
    expect(JSON.parse(told.stderr)).toEqual({
      error: { code: 'INVALID_INPUT', message: expect.stringMatching(message) },
    });
  });

  it.each([
    [['org', 'create', 'acme'], 'DUPLICATE'],
    [['org', 'create', 'No Such ID'], 'INVALID_INPUT'],
    [['import', 'nowhere.csv'], 'ENOENT'],
    [['import', DATA], 'EISDIR'],
    [['lookup'], 'INVALID_INPUT'],
    [['lookup', '--customer', 'C-1', '--org', 'nobody'], 'NOT_FOUND'],
    [['key', 'revoke', 'nothing'], 'NOT_FOUND'],
    [['org', 'settings', 'nobody'], 'NOT_FOUND'],
    [['org', 'settings', 'acme', '--exceptions', 'sometimes'], 'INVALID_INPUT'],
    [['projections', 'rebuild', 'nothing'], 'NOT_FOUND'],
    [['person', 'add', '--email', 'no', '--name', 'A', '--roles', 'admin'], 'INVALID_INPUT'],
  ])('fails with one line for %j', async (args, error) => {
    const plain = await cli(args);
    expect(plain).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^error: .+\n$/) });
    const { code, stdout, stderr } = await cli([...args, '--json']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(JSON.parse(stderr)).toEqual({ error: expect.objectContaining({ code: error }) });
  });

  it('shows and changes what an organization has settled', async () => {
    expect(await asked(cli, 'org', 'settings', 'acme')).toEqual({ exceptionRule: 'REFUSE' });
    expect(await cli(['org', 'settings', 'acme', '--exceptions', 'stricter'])).toMatchObject({
      code: 0,
      stdout: 'Exceptions: STRICTER. Lookups answer the stricter of both promises.\n',
    });
    expect(await asked(cli, 'org', 'settings', 'acme')).toEqual({ exceptionRule: 'STRICTER' });
  });

  it('names the variable that is wrong', async () => {
    const { code, stderr } = await cli(['projections', 'status'], { env: { PORT: 'many' } });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: PORT .+\n$/);
  });
});

describe('token', () => {
  it('prints the token and nothing else', async () => {
    const args = ['token', '--org', 'acme', '--subject', 'ada', '--roles', 'admin,member', '--ttl', '15m'];
    const { code, stdout, stderr } = await cli(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    const { org, sub, roles, iat, exp } = claimsOf(stdout.trim());
    expect({ org, sub, roles }).toEqual({ org: 'acme', sub: 'ada', roles: ['member', 'admin'] });
    expect(Number(exp) - Number(iat)).toBe(15 * 60);
  });

  it('makes an organization that is not there, once, and says so aside', async () => {
    const args = ['token', '--org', 'fresh', '--subject', 'ada', '--roles', 'admin'];
    const [one, two] = await Promise.all([cli(args), cli(args)]);
    expect([one.code, two.code]).toEqual([0, 0]);
    expect(new Set((one.stderr + two.stderr).trim().split('\n'))).toEqual(
      new Set(['Organization fresh did not exist; it was created with its default coverages.']),
    );
    expect(await cli(args)).toMatchObject({ code: 0, stderr: '' });
  });

  it('makes none in production, nor for a role that there is not', async () => {
    const args = ['token', '--org', 'typo', '--subject', 'ada', '--roles', 'admin'];
    const refused = await cli(args, { env: { NODE_ENV: 'production' } });
    expect(refused).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('no organization typo'),
    });
    expect((await cli([...args.slice(0, -1), 'owner'])).code).toBe(1);
    expect((await cli(['key', 'list', '--org', 'typo'])).stderr).toContain('no organization typo');
  });

  it('is refused with an OpenID provider, who alone issues them', async () => {
    const env = { OIDC_ISSUER: 'https://id.example.com', OIDC_AUDIENCE: 'sla' };
    const refused = await cli(['token', '--org', 'acme', '--subject', 'ada', '--roles', 'admin'], { env });
    expect(refused).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('OIDC_ISSUER') });
  });
});

describe('people and keys', () => {
  it('prints a password that it made up, once', async () => {
    const args = ['person', 'add', '--org', 'acme', '--email', 'Ana@Example.com', '--name', 'Ana'];
    const first = await cli([...args, '--roles', 'member']);
    expect(first.stdout).toMatch(/^[\w-]{18}\n$/);
    const again = await cli([...args, '--roles', 'viewer']);
    expect(again).toMatchObject({ code: 0, stdout: '', stderr: 'ana@example.com is in acme as viewer.\n' });
  });

  it('takes a password from stdin and never shows it', async () => {
    const args = [
      'person',
      'add',
      '--org',
      'acme',
      '--email',
      'bo@example.com',
      '--name',
      'Bo',
      '--roles',
      'admin',
    ];
    const { code, stdout, stderr } = await cli([...args, '--password-stdin'], { stdin: 'correct horse\n' });
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).not.toContain('horse');
    expect((await cli([...args, '--password-stdin'])).stderr).toContain('no password on stdin');
  });

  it('shows a key once, lists it by name and revokes it', async () => {
    const { key, keyId } = await asked<{ key: string; keyId: string }>(
      cli,
      ...['key', 'create', '--org', 'acme', '--scopes', 'lookup:read', '--name', 'helpdesk', '--ttl', '90d'],
    );
    const list = await cli(['key', 'list', '--org', 'acme', '--json']);
    expect(JSON.parse(list.stdout)).toContainEqual(
      expect.objectContaining({ keyId, name: 'helpdesk', scopes: ['lookup:read'], revoked: false }),
    );
    // 43 characters of base64url, which may hold an underscore themselves.
    expect(list.stdout).not.toContain(key.slice(-43));
    expect((await cli(['key', 'revoke', keyId, '--org', 'acme'])).code).toBe(0);
    const after = await asked<unknown[]>(cli, 'key', 'list', '--org', 'acme');
    expect(after).toContainEqual(expect.objectContaining({ keyId, revoked: true }));
  });
});

describe('importing with nothing else running', () => {
  it('says what would happen and records nothing', async () => {
    const before = await headOf();
    const { code, stdout } = await cli(['import', MATRIX, '--org', 'acme', '--dry-run']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^12 records: 12 new\.\nNothing was recorded/);
    const messy = join(DATA, 'reference-messy.csv');
    const report = await asked<{ counts: object; problems: { record: number; message: string }[] }>(
      cli,
      ...['import', messy, '--org', 'acme', '--dry-run'],
    );
    expect(report).toMatchObject({ sheet: 'REFERENCE', total: 12, counts: { DUPLICATE: 2, INVALID: 3 } });
    expect(report.problems[0]?.message).toContain('(line 3)');
    expect(await headOf()).toBe(before);
  });

  it('proposes a sheet with its report, and names the proposal that is there already', async () => {
    const first = await asked<{ changeId: string }>(cli, 'import', MATRIX, '--org', 'acme');
    expect(first).toMatchObject({ revision: 1, total: 12, counts: { CREATE: 12 }, problems: [] });
    const again = await cli(['import', MATRIX, '--org', 'acme']);
    expect(again).toMatchObject({ code: 1, stdout: '' });
    expect(again.stderr).toContain(first.changeId);
    expect((await cli(['lookup', '--customer', 'C-1', '--org', 'acme'])).code).toBe(1);
    const status = await asked<Status[]>(cli, 'projections', 'status');
    expect(status.map(({ lag }) => lag)).toEqual(status.map(() => '0'));
  });

  it('takes columns by name, as JSON, and the sheet from stdin', async () => {
    const stdin = 'Wer;Was;Quatsch\nC-1;startup;x\n';
    const options = [
      '--org',
      'acme',
      '--dry-run',
      '--json',
      '--map',
      '{"Wer":"customerId"}',
      '--map',
      'Was=mappedTier',
    ];
    const { stdout } = await cli(['import', '-', ...options, '--map', 'Quatsch='], { stdin });
    expect(JSON.parse(stdout)).toMatchObject({
      columns: { Wer: 'customerId', Was: 'mappedTier' },
      counts: { CREATE: 1 },
    });
  });
});
