import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { MongoDbProxy } from '../../../test/servers/mongodb-proxy.js';
import { eventually } from '../../../test/support/eventually.js';
import { MongoDbLease } from './mongodb-lease.js';

const server = process.env['MONGODB_URL'] ?? '';
const suite = server ? describe : describe.skip;

suite('MongoDbLease', () => {
  const database = `lease-${randomUUID()}`;
  const url = (): string => new URL(database, server).href;
  const open: MongoDbLease[] = [];
  const process = (at = url(), silenceMs = 300): MongoDbLease => {
    const lease = new MongoDbLease({ url: at, silenceMs, operationTimeoutMs: 400 });
    open.push(lease);
    return lease;
  };
  const taken = (lease: MongoDbLease, name: string) =>
    eventually(async () => {
      const held = await lease.acquire(name);
      if (!held) throw new Error('held by another');
      return held;
    });

  afterEach(async () => {
    await Promise.all(open.splice(0).map((lease) => lease.close()));
  });
  afterAll(async () => {
    const connection = await mongoose.createConnection(url()).asPromise();
    await connection.dropDatabase();
    await connection.close();
  });

  it('is had by one of many', async () => {
    const contenders = Array.from({ length: 4 }, () => process());
    const outcomes = await Promise.all(contenders.map((contender) => contender.acquire('one')));
    expect(outcomes.filter((held) => held !== null)).toHaveLength(1);
    expect(await process().acquire('another')).not.toBeNull();
  });

  it('stays with a holder that lives, and goes on at once when released, with a greater token', async () => {
    const [first, second] = [process(), process()];
    const held = (await first.acquire('kept'))!;
    const began = performance.now();
    await eventually(async () => {
      expect(await second.acquire('kept')).toBeNull();
      expect(performance.now() - began).toBeGreaterThan(900);
    });
    expect(held.lost.aborted).toBe(false);
    await held.release();
    const next = await second.acquire('kept');
    expect(next!.token).toBeGreaterThan(held.token);
    expect(await first.acquire('kept')).toBeNull();
  });

  it('is taken over from a holder that is frozen, which knows before', async () => {
    const proxy = await MongoDbProxy.start(server);
    const frozen = process(proxy.url(database));
    const held = (await frozen.acquire('frozen'))!;
    const other = process();
    expect(await other.acquire('frozen')).toBeNull();
    proxy.freeze();
    const next = await taken(other, 'frozen');
    expect(held.lost.aborted).toBe(true);
    expect(next.token).toBe(held.token + 1n);
    proxy.thaw();
    await eventually(async () => expect(await frozen.acquire('frozen')).toBeNull());
    expect(next.lost.aborted).toBe(false);
    await frozen.close();
    await proxy.close();
  });
});
