import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import { positionText } from '../../src/application/read-models/document-key.js';
import { SqliteEventStore } from '../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { SystemClock } from '../../src/infrastructure/system-clock.js';
import { Caller } from '../support/caller.js';
import { eventually } from '../support/eventually.js';
import { compileProduct, ProductProcess } from '../support/product-process.js';
import { cliOn } from '../support/run-cli.js';
import { tier } from '../support/samples.js';
import { temporaryFolder } from '../support/sheets.js';
import { SteadySubscriber } from '../support/steady-subscriber.js';

/** FEED_SUBSCRIBERS, FEED_KILLS and FEED_APIS make it larger: 1,000, 20 and 2 for a release. */
const SUBSCRIBERS = Number(process.env['FEED_SUBSCRIBERS'] ?? 30);
const KILLS = Number(process.env['FEED_KILLS'] ?? 3);
/** Processes that serve subscribers; the first one projects, too. */
const APIS = Number(process.env['FEED_APIS'] ?? 1);
const WRITERS = 3;
/** Deliveries to wait for before the next kill. */
const CHANGES_BETWEEN_KILLS = 10;
const PATIENCE_MS = 120_000;

jest.setTimeout((1 + KILLS) * PATIENCE_MS);

let dataDir: string;
let processes: readonly ProductProcess[];
beforeAll(compileProduct, 60_000);
beforeEach(async () => {
  dataDir = temporaryFolder();
  expect(await cliOn(dataDir)(['org', 'create', 'acme'])).toMatchObject({ code: 0 });
  processes = Array.from(
    { length: APIS },
    (_, i) => new ProductProcess(dataDir, i > 0 ? { SLA_ROLES: 'api' } : {}),
  );
});
afterEach(async () => {
  await Promise.all(processes.map((product) => product.kill()));
  await rm(dataDir, { recursive: true });
});

const tokenOf = async (subject: string, role: string): Promise<string> => {
  const args = ['token', '--org', 'acme', '--subject', subject, '--roles', role, '--ttl', '8h'];
  return (await cliOn(dataDir)(args)).stdout.trim();
};

/** Proposes and approves without end; what a kill takes away is not tried again. */
class Writer {
  private isWanted = true;
  private readonly running: Promise<void>;

  constructor(name: string, mia: Caller, ada: Caller) {
    this.running = this.write(name, mia, ada);
  }

  async stop(): Promise<void> {
    this.isWanted = false;
    await this.running;
  }

  private async write(name: string, mia: Caller, ada: Caller): Promise<void> {
    for (let i = 0; this.isWanted; i++)
      try {
        await ada.approve(await mia.done('proposeTierTerms', tier(`${name}-${i}`)));
      } catch {
        // The server is away: its log says what has happened nevertheless.
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
  }
}

const approvedSince = async (after: bigint): Promise<readonly string[]> => {
  const events = new SqliteEventStore({ file: join(dataDir, 'events.db'), clock: new SystemClock() });
  try {
    const positions: string[] = [];
    for await (const { position } of events.readAll({ after, types: ['ChangeApproved'] }))
      positions.push(positionText(position));
    return positions;
  } finally {
    await events.close();
  }
};

it('gives every subscriber every change once and in order, however often the server is killed', async () => {
  await Promise.all(processes.map((product) => product.start()));
  const urlOf = (i: number) => () => processes[i % APIS]!.http.url;
  const [viewer, member, admin] = await Promise.all([
    tokenOf('vera', 'viewer'),
    tokenOf('mia', 'member'),
    tokenOf('ada', 'admin'),
  ]);
  const http = () => processes[0]!.http;
  const [mia, ada] = [new Caller(http, 'mia', member), new Caller(http, 'ada', admin)];
  const beginning = await headOf();
  let received = 0;
  const subscribers = Array.from(
    { length: SUBSCRIBERS },
    (_, i) => new SteadySubscriber(urlOf(i), viewer, positionText(beginning), () => received++),
  );
  const writers = Array.from({ length: WRITERS }, (_, i) => new Writer(`tier-${i}`, mia, ada));
  for (let kill = 0; kill < KILLS; kill++) {
    const enough = received + SUBSCRIBERS * CHANGES_BETWEEN_KILLS;
    await eventually(() => expect(received).toBeGreaterThan(enough), PATIENCE_MS);
    await Promise.all(processes.map((product) => product.kill()));
    await Promise.all(processes.map((product) => product.start()));
  }
  await Promise.all(writers.map((writer) => writer.stop()));
  const expected = await approvedSince(beginning);
  await eventually(() => expect(received).toBeGreaterThanOrEqual(expected.length * SUBSCRIBERS), PATIENCE_MS);
  for (const subscriber of subscribers) {
    expect(subscriber.received).toEqual(expected);
    subscriber.leave();
  }
  // For `docs/feed.md`.
  if (process.env['FEED_KILLS']) process.stdout.write(`${expected.length} changes to ${SUBSCRIBERS}.\n`);
});

const headOf = async (): Promise<bigint> => {
  const positions = await approvedSince(0n);
  return BigInt(positions.at(-1) ?? 0);
};
