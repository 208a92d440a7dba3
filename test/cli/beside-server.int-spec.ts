import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ALL_PROJECTIONS } from '../../projections/all.js';
import type { Import } from '../support/answers.js';
import { startApp, type App } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { newOrganization, type Organization } from '../support/new-organization.js';
import { asked, cliOn, type Cli } from '../support/run-cli.js';
import { tier } from '../support/samples.js';
import { temporaryFolder } from '../support/sheets.js';

jest.setTimeout(120_000);

const DATA = join(import.meta.dirname, '..', 'data');
const MATRIX = join(DATA, 'support-tiers.matrix.csv');
const CUSTOMERS = join(DATA, 'reference-clean.csv');

let app: App;
let cli: Cli;
let acme: Organization;
const folder = temporaryFolder();
beforeAll(async () => {
  app = await startApp({ dataDir: folder, stores: {} });
  cli = cliOn(folder);
  acme = await newOrganization(app);
});
afterAll(() => app.close());

interface Proposed {
  readonly id: string;
  readonly changeId: string;
  readonly revision: number;
  readonly counts: Readonly<Record<string, number>>;
}

/** Imported on the command line, approved and applied in the server. */
const imported = async (file: string, { id: org, admin, viewer }: Organization): Promise<Proposed> => {
  const proposed = await asked<Proposed>(cli, 'import', file, '--org', org, '--by', 'mia');
  await app.caughtUp();
  await admin.approve({ id: proposed.changeId, revision: proposed.revision });
  await eventually(async () => {
    const { applied, total } = await viewer.query<Import>('import', { id: proposed.id });
    expect(applied).toBe(total);
  });
  await app.caughtUp();
  return proposed;
};

const exported = async (what: string, { id }: Organization): Promise<string> => {
  const file = join(folder, `${id}-${what}.csv`);
  expect(await cli(['export', what, '--org', id, '--out', file])).toMatchObject({ code: 0, stdout: '' });
  return file;
};

describe('beside a running server', () => {
  it('proposes what the server shows within a second, and answers as it does', async () => {
    await imported(MATRIX, acme);
    const proposed = await asked<Proposed>(cli, 'import', CUSTOMERS, '--org', acme.id, '--by', 'mia');
    const change = await eventually(
      () => acme.admin.query<{ proposedBy: string } | null>('change', { id: proposed.changeId }),
      1_000,
    );
    expect(change?.proposedBy).toBe('mia');
    await acme.admin.approve({ id: proposed.changeId, revision: 1 });
    await eventually(async () => {
      const answer = await acme.viewer.lookup({ customerId: 'CUST-1005' });
      expect(answer).toMatchObject({ __typename: 'BindingSla', tier: 'enterprise' });
    });
    const args = ['lookup', '--org', acme.id, '--customer', 'cust-1005', '--priority', 'P0'];
    expect(await asked(cli, ...args)).toMatchObject({
      type: 'BindingSla',
      tier: 'enterprise',
      commitment: { firstResponse: '30 minutes' },
    });
    const { stdout } = await cli(args);
    expect(stdout).toMatch(/^CUST-1005: enterprise/);
    expect(stdout).toContain('Proposed by mia; approved by ada');
    const unknown = await cli(['lookup', '--org', acme.id, '--customer', 'CUST-100']);
    expect(unknown).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('CUST-1001') });
  });

  it('exports what the server exports, to stdout, a file and JSON', async () => {
    for (const what of ['matrix', 'customers', 'exceptions']) {
      const { text } = await acme.viewer.rest(`/v1/export/${what}.csv`);
      const { code, stdout } = await cli(['export', what, '--org', acme.id]);
      expect(code).toBe(0);
      expect(stdout).toBe(text);
      expect(await readFile(await exported(what, acme), 'utf8')).toBe(text);
      const records = await asked<object[]>(cli, 'export', what, '--org', acme.id);
      expect(records).toHaveLength(text.trimEnd().split('\r\n').length - 1);
    }
    const before = await cli(['export', 'customers', '--org', acme.id, '--known-at', '2026-01-01']);
    expect(before.stdout.split('\r\n')).toHaveLength(2);
  });

  it('exports what imports back to the same state, here and elsewhere', async () => {
    const [matrix, customers] = [await exported('matrix', acme), await exported('customers', acme)];
    const other = await newOrganization(app);
    expect((await imported(matrix, other)).counts).toEqual({ CREATE: 12 });
    expect((await imported(customers, other)).counts).toEqual({ CREATE: 30 });
    for (const file of [matrix, customers]) {
      const { counts } = await asked<Proposed>(cli, 'import', file, '--org', acme.id, '--dry-run');
      expect(Object.keys(counts)).toEqual(['UNCHANGED']);
    }
    expect(await readFile(await exported('matrix', other))).toEqual(await readFile(matrix));
    expect(await readFile(await exported('customers', other))).toEqual(await readFile(customers));
    // And it is the sheet that somebody once brought, but for the ends of lines.
    expect(await readFile(customers, 'utf8')).toBe(
      (await readFile(CUSTOMERS, 'utf8')).replace(/\r?\n/g, '\r\n'),
    );
  });

  it('leaves no half of an export behind', async () => {
    const nowhere = join(folder, 'no', 'such', 'folder.csv');
    const { code, stderr } = await cli(['export', 'matrix', '--org', acme.id, '--out', nowhere]);
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringMatching(/^error: .+\n$/) });
  });

  it('signs in who was added and refuses a key that was revoked', async () => {
    const args = ['--org', acme.id, '--email', 'ana@example.com', '--name', 'Ana', '--roles', 'viewer'];
    const { password } = await asked<{ password: string }>(cli, 'person', 'add', ...args);
    const document = `mutation ($p: String!) {
      signIn(organization: "${acme.id}", email: "ana@example.com", password: $p) { token userErrors { message } }
    }`;
    const { data } = await app.http.gql<{ signIn: object }>(null, document, { p: password });
    expect(data?.signIn).toMatchObject({ token: expect.any(String), userErrors: [] });
    const key = await asked<{ key: string; keyId: string }>(
      cli,
      ...['key', 'create', '--org', acme.id, '--scopes', 'lookup:read'],
    );
    const status = async () => (await app.http.rest(key.key, '/v1/lookup?customerId=CUST-1001')).status;
    expect(await status()).toBe(200);
    await cli(['key', 'revoke', key.keyId, '--org', acme.id]);
    await eventually(async () => expect(await status()).toBe(401), 5_000);
  });

  it('rebuilds read models under the server, which goes on and loses nothing', async () => {
    const { member, admin } = acme;
    let rebuilding = true;
    const rebuild = cli(['projections', 'rebuild']).finally(() => (rebuilding = false));
    let written = 0;
    while (rebuilding)
      await admin.approve(await member.done('proposeTierTerms', tier(`extra-${written++}`, 10 + written)));
    expect(await rebuild).toMatchObject({
      code: 0,
      stdout: `${ALL_PROJECTIONS.length} read models rebuilt.\n`,
    });
    await app.caughtUp();
    const matrix = await acme.viewer.query<{ tiers: { key: string }[] }>('matrix');
    expect(matrix.tiers.filter(({ key }) => key.startsWith('extra-'))).toHaveLength(written);
    for (const { model } of ALL_PROJECTIONS) {
      const differences: unknown[] = [];
      for await (const difference of app.core.runtime.compare(model.name)) differences.push(difference);
      expect(differences).toEqual([]);
    }
    const status = await asked<{ lag: string }[]>(cli, 'projections', 'status');
    expect(status.map(({ lag }) => lag)).toEqual(status.map(() => '0'));
  });
});

describe('after the server has stopped', () => {
  it('brings the read models up by itself', async () => {
    await app.stop();
    await writeFile(join(folder, 'one.csv'), 'customer_id,mapped_tier\nLATE-1,growth\n');
    const late = await asked<Proposed>(cli, 'import', join(folder, 'one.csv'), '--org', acme.id);
    expect(late.counts).toEqual({ CREATE: 1 });
    const again = await asked<Proposed>(
      cli,
      'import',
      join(folder, 'one.csv'),
      '--org',
      acme.id,
      '--dry-run',
    );
    expect(again.counts).toEqual({ CREATE: 1 });
    await app.start();
    expect(await acme.admin.query<object>('change', { id: late.changeId })).toMatchObject({
      status: 'PROPOSED',
    });
  });
});
