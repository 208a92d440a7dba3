import { rm } from 'node:fs/promises';
import { afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { EventStoreDbServer } from '../servers/eventstoredb/server.js';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/free-port.js';
import { httpClient } from '../support/http-client.js';
import { compileProduct, ProductProcess } from '../support/product-process.js';
import { refusedStart } from '../support/refused-start.js';
import { cliOn } from '../support/run-cli.js';
import { temporaryFolder } from '../support/sheets.js';

jest.setTimeout(120_000);

let dataDir: string;

beforeAll(compileProduct, 60_000);
beforeEach(() => {
  dataDir = temporaryFolder();
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

const refused = async (env: NodeJS.ProcessEnv, line: RegExp): Promise<string> => {
  const { code, said, log } = await refusedStart(dataDir, { STORES_WAIT_SECONDS: '1', ...env });
  expect({ code, said }).toEqual({ code: 1, said: expect.stringMatching(line) });
  expect(said.trimEnd()).not.toContain('\n');
  return log;
};

describe('a start while the log is away', () => {
  it('says that it waits, lives, is not ready and why, and goes on by itself once the log is there', async () => {
    const server = await EventStoreDbServer.start();
    await server.faults.refuseConnections();
    const port = await freePort();
    const product = new ProductProcess(dataDir, { EVENTSTORE_URL: server.url, PORT: String(port) });
    const started = product.start();
    const door = httpClient(`http://127.0.0.1:${port}`);
    await eventually(async () => {
      expect((await door.rest(null, '/healthz')).status).toBe(200);
      expect(await door.rest(null, '/readyz')).toMatchObject({
        status: 503,
        json: { status: 'not ready', checks: [{ name: 'event store', ok: false }] },
      });
    }, 20_000);
    await server.faults.acceptConnections();
    await started;
    await eventually(async () => expect((await product.http.rest(null, '/readyz')).status).toBe(200), 20_000);
    await product.kill();
    await server.stop();
  });

  it('ends with one line that names the variable, after a bounded wait with a line now and then', async () => {
    const url = `esdb://127.0.0.1:${await freePort()}?tls=false`;
    const log = await refused(
      { EVENTSTORE_URL: url },
      /^The event store was waited for \d+ s\. EventStoreDB cannot be reached.+ in EVENTSTORE_URL; start again then\.\n$/,
    );
    expect(log).toContain('waiting for the event store, 1 s more: ');
  });

  it('ends likewise when TLS is asked for and the server has none', async () => {
    const server = await EventStoreDbServer.start();
    const url = server.url.replace('127.0.0.1', 'localhost').replace('tls=false', 'tls=true');
    await refused({ EVENTSTORE_URL: url }, /^The event store was waited for .+TLS in EVENTSTORE_URL;.+\n$/);
    await server.stop();
  });
});

describe('a start on a log that waiting does not mend', () => {
  let server: EventStoreDbServer;
  afterEach(() => server.stop());

  it('ends at once when the account is refused', async () => {
    server = await EventStoreDbServer.start();
    server.faults.deny = () => true;
    await refused(
      { EVENTSTORE_URL: server.url },
      /^EventStoreDB refuses: the account in EVENTSTORE_URL .+\n$/,
    );
  });

  it('ends at once when the server is too old', async () => {
    server = await EventStoreDbServer.start({ version: '20.10.2.0' });
    await refused(
      { EVENTSTORE_URL: server.url },
      /^EventStoreDB 20\.10\.2\.0 is too old: .+ EVENTSTORE_URL\.\n$/,
    );
  });

  it('ends at once when the client cannot use the URL', async () => {
    server = await EventStoreDbServer.start();
    const url = server.url.replace('tls=false', 'tls=maybe');
    await refused({ EVENTSTORE_URL: url }, /^EVENTSTORE_URL cannot be used: .+\n$/);
  });

  it('ends at once when the read models are of another log', async () => {
    const first = await EventStoreDbServer.start();
    server = await EventStoreDbServer.start();
    const cli = cliOn(dataDir);
    for (const org of ['acme', 'bolt'])
      await cli(['org', 'create', org], { env: { EVENTSTORE_URL: first.url } });
    await cli(['export', 'matrix', '--org', 'acme'], { env: { EVENTSTORE_URL: first.url } });
    await first.stop();
    await refused(
      { EVENTSTORE_URL: server.url },
      /^Read model \S+ reflects the log up to position .+ rebuild.+\n$/,
    );
  });
});

describe('a start while MongoDB is away', () => {
  it('ends with one line that names the variable, after a bounded wait', async () => {
    const url = `mongodb://127.0.0.1:${await freePort()}/sla`;
    const log = await refused(
      { MONGODB_URL: url, STORES_WAIT_SECONDS: '4' },
      /^The read store was waited for \d+ s\. MongoDB cannot be reached.+ in MONGODB_URL; start again then\.\n$/,
    );
    expect(log).toContain('waiting for the read store');
  });

  it('ends at once when the driver cannot use the URL', async () => {
    await refused({ MONGODB_URL: 'mongodb://127.0.0.1/sla?tls=maybe' }, /^MONGODB_URL cannot be used: .+\n$/);
    await refused({ MONGODB_URL: 'mongodb://127.0.0.1/sla?w=1' }, /^MONGODB_URL asks for w=1: .+\n$/);
  });
});
