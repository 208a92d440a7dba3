import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ALL_PROJECTIONS } from '../../projections/all.js';
import { EventStoreDbServer } from '../servers/eventstoredb/server.js';
import { MongoDbProxy } from '../servers/mongodb-proxy.js';
import { startApp, type App } from '../support/app.js';
import type { Change, ChangePayload, Connection, Version } from '../support/answers.js';
import type { Caller } from '../support/caller.js';
import { eventually } from '../support/eventually.js';
import { newOrganization, type Organization } from '../support/new-organization.js';
import { tier, withCustomer, withTiers } from '../support/samples.js';
import { dropDatabase, ownDatabase } from '../support/stores.js';

jest.setTimeout(900_000);

const ROUNDS = Number(process.env['FAULT_ROUNDS'] ?? 30);
const SEED = Number(process.env['FAULT_SEED'] ?? 20261121);
const WRITERS = 4;
/** Longest time in which everything is to go on by itself after a fault, in milliseconds. */
const RECOVERY_MS = 60_000;

let log: EventStoreDbServer;
let proxy: MongoDbProxy | null = null;
let database: string | null = null;
let app: App;
let organization: Organization;

beforeAll(async () => {
  log = await EventStoreDbServer.start();
  const { MONGODB_URL } = process.env;
  if (MONGODB_URL) {
    database = ownDatabase(MONGODB_URL);
    proxy = await MongoDbProxy.start(MONGODB_URL);
  }
  app = await startApp({
    stores: {
      EVENTSTORE_URL: log.url,
      ...(proxy && database && { MONGODB_URL: proxy.url(new URL(database).pathname.slice(1)) }),
    },
  });
  organization = await withTiers(await newOrganization(app));
  await withCustomer(organization, 'CUST-1', 'gold');
});
afterAll(async () => {
  await app.close();
  await proxy?.close();
  if (database) await dropDatabase(database);
  await log.stop();
});

/** Numbers from 0 to below 1 that are the same for the same seed (mulberry32). */
const randomOf = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
};

type Fault = () => Promise<void> | void;

const faultsOf = (random: () => number): Readonly<Record<string, Fault>> => {
  const { faults } = log;
  const some = (most: number): number => 1 + Math.floor(random() * most);
  return {
    'subscriptions dropped': () => faults.dropSubscriptions('UNAVAILABLE'),
    'subscriptions ended': () => faults.dropSubscriptions('OK'),
    'subscriptions silent': () => faults.muteSubscriptions(),
    UNAVAILABLE: () => faults.unavailable(some(6)),
    'stored and not acknowledged': () => faults.killAfterStoring(some(3)),
    'connections broken': () => faults.breakConnections(),
    'server gone and back': () => log.restart(),
    'server frozen': async () => {
      const accepted = faults.connectionsAccepted;
      faults.freeze();
      await eventually(() => expect(faults.connectionsAccepted).toBeGreaterThan(accepted), RECOVERY_MS);
      faults.thaw();
    },
    ...(proxy && mongoFaults(proxy, some)),
  };
};

const mongoFaults = (
  mongo: MongoDbProxy,
  some: (most: number) => number,
): Readonly<Record<string, Fault>> => {
  const once = (fate: 'lost' | 'unanswered'): void => {
    let left = some(20);
    mongo.fate = () => (--left === 0 ? fate : 'pass');
  };
  return {
    'MongoDB connections cut': () => mongo.cut(),
    'a command to MongoDB lost': () => once('lost'),
    'an answer of MongoDB lost': () => once('unanswered'),
  };
};

/** Sends a mutation until it is answered: what is refused as passing comes again under the same key. */
const insisted = async (caller: Caller, mutation: string, input: object): Promise<Change> => {
  for (;;) {
    const { status, data, errors } = await caller.ask('mutation', mutation, { input });
    if (errors.length === 0) {
      const { change, position, userErrors } = data![mutation] as ChangePayload;
      expect(userErrors).toEqual([]);
      if (change) return change;
      // It is stored, and the read models did not get there in time.
      expect(position).not.toBeNull();
    } else expect([status, errors[0]!.extensions.code]).toEqual([503, 'UNAVAILABLE']);
  }
};

describe(`${ROUNDS} faults under load, from seed ${SEED}`, () => {
  it('lose no event, repeat none, leave no gap in a projection, and nothing has to be started again', async () => {
    const random = randomOf(SEED);
    const approved = new Map<string, string>();
    const struck = new Map<string, number>();
    let over = false;
    let lookups = 0;

    const write = async (of: number): Promise<void> => {
      for (let step = 0; !over; step++) {
        const reason = `${of}.${step}`;
        const proposed = await insisted(organization.member, 'proposeTierTerms', {
          ...tier(`tier-${of}`, step),
          reason,
          idempotencyKey: `propose ${reason}`,
        });
        const { id: changeId, revision } = proposed;
        await insisted(organization.admin, 'approveChange', {
          changeId,
          revision,
          idempotencyKey: `approve ${reason}`,
        });
        approved.set(changeId, reason);
      }
    };
    const read = async (): Promise<void> => {
      while (!over) {
        const { data, errors } = await organization.viewer.ask('query', 'lookup', {
          input: { customerId: 'CUST-1' },
        });
        // With the read models away there is no answer; with the log away there is.
        if (errors.length > 0)
          expect([proxy !== null, errors[0]!.extensions.code]).toEqual([true, 'UNAVAILABLE']);
        else expect(data!['lookup']).toMatchObject({ tier: 'gold' });
        lookups += 1;
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    const running = [...Array.from({ length: WRITERS }, (_, of) => write(of)), read()];
    const failed = Promise.race(running).then(() => undefined);

    const kinds = Object.entries(faultsOf(random));
    for (let round = 0; round < ROUNDS; round++) {
      const [name, strike] = kinds[Math.floor(random() * kinds.length)]!;
      struck.set(name, (struck.get(name) ?? 0) + 1);
      await strike();
      const [before, looked] = [approved.size, lookups];
      const progress = eventually(() => {
        // The round and the fault are what a failure has to say.
        expect({ round, name, wrote: approved.size > before, read: lookups > looked }).toEqual({
          round,
          name,
          wrote: true,
          read: true,
        });
      }, RECOVERY_MS);
      await Promise.race([progress, failed]);
    }
    if (proxy) proxy.fate = () => 'pass';
    over = true;
    await Promise.all(running);
    expect([...struck.values()].reduce((sum, count) => sum + count, 0)).toBe(ROUNDS);

    await eventually(() => app.caughtUp(), RECOVERY_MS);
    const reasons = new Map<string, string | null>();
    for (let of = 0; of < WRITERS; of++) {
      const versions = await historyOf(`tier-${of}`);
      expect(versions.map(({ number }) => number)).toEqual(versions.map((_, place) => place + 1));
      for (const { changeId, reason } of versions) reasons.set(changeId, reason);
    }
    expect(new Map([...reasons].sort())).toEqual(new Map([...approved].sort()));
    const open = await organization.viewer.query<Connection<Change>>('changes', {
      filter: { status: 'PROPOSED' },
    });
    expect(open.totalCount).toBe(0);

    const ids: string[] = [];
    for await (const { id } of app.core.events.readAll()) ids.push(id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(await differences()).toEqual([]);
    for (const status of await app.core.runtime.status()) expect(status).toMatchObject({ error: null });
  });
});

const historyOf = async (key: string): Promise<readonly Version[]> => {
  const versions: Version[] = [];
  for (let after: string | null = null; ;) {
    const page: Connection<Version> = await organization.viewer.query('history', {
      subject: { kind: 'TIER', id: key },
      first: 200,
      after,
    });
    versions.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) return versions;
    after = page.pageInfo.endCursor;
  }
};

/** What the read models hold that a rebuild from the log would not give. */
const differences = async (): Promise<readonly object[]> => {
  const found: object[] = [];
  for (const { model } of ALL_PROJECTIONS)
    for await (const difference of app.core.runtime.compare(model.name))
      found.push({ model: model.name, difference });
  return found;
};
