import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import Database from 'libsql';
import { compileProduct, ProductProcess } from '../support/product-process.js';
import { refusedStart } from '../support/refused-start.js';
import { cliOn, type Cli } from '../support/run-cli.js';
import { temporaryFolder } from '../support/sheets.js';

jest.setTimeout(120_000);

let dataDir: string;
let cli: Cli;

beforeAll(compileProduct, 60_000);
beforeEach(async () => {
  dataDir = temporaryFolder();
  cli = cliOn(dataDir);
  for (const org of ['acme', 'bolt']) await cli(['org', 'create', org]);
  // Brings the read models up.
  await cli(['export', 'matrix', '--org', 'acme']);
});
afterEach(() => rm(dataDir, { recursive: true }));

describe('a start that would serve what is not so', () => {
  it('is refused when the log was restored behind its read models, until they are rebuilt', async () => {
    for (const file of ['events.db', 'events.db-wal', 'events.db-shm'])
      await rm(join(dataDir, file), { force: true });
    await cli(['org', 'create', 'acme']);
    const line = /^Read model \S+ reflects the log up to position \d+, but the log ends at \d+: .+\n$/;
    expect(await refusedStart(dataDir)).toMatchObject({ code: 1, said: expect.stringMatching(line) });
    const asked = await cli(['export', 'matrix', '--org', 'acme']);
    expect(asked).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('sla projections rebuild'),
    });

    expect(await cli(['projections', 'rebuild'])).toMatchObject({ code: 0 });
    expect(await cli(['export', 'matrix', '--org', 'acme'])).toMatchObject({ code: 0 });
    const product = new ProductProcess(dataDir);
    await product.start();
    await product.kill();
  });

  it('is refused when a newer version has written a read model', async () => {
    const db = new Database(join(dataDir, 'read-models.db'));
    db.exec("UPDATE generations SET version = 99 WHERE model = 'customers'");
    db.close();
    const line = /^Read model customers is stored in version 99, .+ Start the newer program, .+\n$/;
    expect(await refusedStart(dataDir)).toMatchObject({ code: 1, said: expect.stringMatching(line) });
  });
});

describe('a start with a setting that this machine has no use for', () => {
  it.each([
    ['HOST=no-such-host.invalid', /^getaddrinfo .+: HOST is no address of this machine\. .+\n$/],
    ['HOST=192.0.2.1', /^listen .+: HOST is no address of this machine\. .+\n$/],
  ])('%s ends with one line that names it', async (setting, line) => {
    const [name = '', value] = setting.split('=');
    const refused = await refusedStart(dataDir, { [name]: value });
    expect(refused).toMatchObject({ code: 1, said: expect.stringMatching(line) });
  });

  it('DATA_DIR, a file, ends with one line that names it', async () => {
    const file = join(dataDir, 'a-file');
    await writeFile(file, '');
    const line = /^The event log .+a-file.+ cannot be opened: .+ DATA_DIR has to be a folder .+\n$/;
    expect(await refusedStart(file)).toMatchObject({ code: 1, said: expect.stringMatching(line) });
  });
});
