import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import mongoose from 'mongoose';
import { type ReadModel, ReadStoreError, type Write } from '../../../application/ports/read-store.js';
import { type Fate, MongoDbProxy } from '../../../../test/servers/mongodb-proxy.js';
import { eventually } from '../../../../test/support/eventually.js';
import { MongoDbReadStore } from './mongodb-read-store.js';

const server = process.env['MONGODB_URL'] ?? '';
const suite = server ? describe : describe.skip;

jest.setTimeout(60_000);

interface Tally {
  readonly org: string;
  readonly text: string;
}
const TALLIES: ReadModel<Tally> = { name: 'tallies', version: 1, indexes: { byText: ['org', 'text'] } };

/** Event n touches these documents; folding one twice, or one too few, shows in the text. */
const LOG: readonly (readonly string[])[] = [['a', 'b'], ['a'], ['-b', 'c'], ['a', 'b']];
const EXPECTED = [
  { key: 'a', document: { org: 'acme', text: '|1|2|4' } },
  { key: 'b', document: { org: 'acme', text: '|4' } },
  { key: 'c', document: { org: 'acme', text: '|3' } },
];

/** Brings the read model to the end of the log, two events at a time. */
const follow = async (store: MongoDbReadStore): Promise<void> => {
  for (;;) {
    const checkpoint = await store.checkpoint(TALLIES);
    const from = Number(checkpoint ?? 0n);
    if (from >= LOG.length) return;
    const events = LOG.slice(from, from + 2);
    const keys = events.flat().map((key) => key.replace('-', ''));
    try {
      const documents = await store.load(TALLIES, keys);
      // Nobody else is at work: what is folded on is never ahead of the checkpoint.
      for (const { text } of documents.values())
        expect(Number(text.split('|').at(-1))).toBeLessThanOrEqual(from);
      const writes = new Map<string, Write<Tally>>();
      for (const [at, touched] of events.entries())
        for (const key of touched) {
          const position = BigInt(from + at + 1);
          if (key.startsWith('-')) writes.set(key.slice(1), { key: key.slice(1), document: null, position });
          else {
            const written = writes.get(key);
            const before = written ? written.document : documents.get(key);
            const document = { org: 'acme', text: `${before?.text ?? ''}|${position}` };
            writes.set(key, { key, document, position });
          }
        }
      await store.commit(TALLIES, {
        writes: [...writes.values()],
        checkpoint: BigInt(from + events.length),
        expectedCheckpoint: checkpoint,
      });
    } catch (error) {
      if (!(error instanceof ReadStoreError && error.kind === 'FENCED')) throw error;
    }
  }
};

suite('MongoDbReadStore under faults', () => {
  const database = `faults-${randomUUID()}`;
  let proxy: MongoDbProxy;
  let healthy: MongoDbReadStore;

  const through = (): MongoDbReadStore =>
    new MongoDbReadStore({
      url: proxy.url(database),
      serverSelectionTimeoutMs: 150,
      operationTimeoutMs: 400,
      patienceMs: 0,
    });
  const outcome = async (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => 'done',
      (error: unknown) => (error instanceof ReadStoreError ? error.kind : error),
    );

  beforeAll(async () => {
    healthy = new MongoDbReadStore({ url: new URL(database, server).href, patienceMs: 20 });
    await healthy.prepare([TALLIES]);
  });
  beforeEach(async () => {
    proxy = await MongoDbProxy.start(server);
  });
  afterEach(() => proxy.close());
  afterAll(async () => {
    await healthy.close();
    const connection = await mongoose.createConnection(new URL(database, server).href).asPromise();
    await connection.dropDatabase();
    await connection.close();
  });

  it.each<Fate>(['lost', 'unanswered'])('recovers from a death at every command, %s', async (fate) => {
    let deaths = 0;
    for (let last = 1, alive = false; !alive; last++) {
      await healthy.beginRebuild(TALLIES);
      await healthy.switchRebuild(TALLIES);
      const mortal = through();
      await mortal.checkpoint(TALLIES);
      let commands = 0;
      proxy.fate = () => {
        commands++;
        if (commands < last) return 'pass';
        return commands === last ? fate : 'lost';
      };
      alive = (await outcome(follow(mortal))) === 'done';
      deaths += alive ? 0 : 1;
      await mortal.close();
      proxy.fate = () => 'pass';
      await follow(healthy);
      expect(await healthy.scan(TALLIES, { limit: 9 })).toEqual(EXPECTED);
      expect(await healthy.count(TALLIES, { index: 'byText', equals: ['acme'] })).toBe(3);
      expect(await healthy.checkpoint(TALLIES)).toBe(4n);
    }
    expect(deaths).toBeGreaterThan(10);
  });

  it('answers within its bounds while the server is frozen, and goes on when it is back', async () => {
    const store = through();
    await store.ping();
    proxy.freeze();
    const began = performance.now();
    const outcomes = await Promise.all([
      outcome(store.get(TALLIES, 'a')),
      outcome(store.ping()),
      outcome(store.checkpoint(TALLIES)),
      outcome(store.commit(TALLIES, { writes: [], checkpoint: 9n, expectedCheckpoint: 4n })),
    ]);
    expect(outcomes).toEqual(Array(4).fill('UNAVAILABLE'));
    expect(performance.now() - began).toBeLessThan(2_000);
    proxy.thaw();
    await eventually(() => store.ping());
    expect(await outcome(store.get(TALLIES, 'a'))).toBe('done');
    await store.close();
  });

  it('is refused while there is no server, also at the start, and goes on when there is one', async () => {
    proxy.fate = () => 'lost';
    const store = through();
    proxy.freeze();
    expect(await outcome(store.prepare([TALLIES]))).toBe('UNAVAILABLE');
    proxy.thaw();
    proxy.cut();
    expect(await outcome(store.get(TALLIES, 'a'))).toBe('UNAVAILABLE');
    proxy.fate = () => 'pass';
    await eventually(() => store.prepare([TALLIES]));
    expect(await outcome(store.get(TALLIES, 'a'))).toBe('done');
    await store.close();
  });

  it('goes on after its connections were cut, again and again', async () => {
    const store = through();
    for (let round = 0; round < 20; round++) {
      proxy.cut();
      await eventually(() => store.get(TALLIES, 'a'), 10_000);
    }
    await store.close();
  });

  it('keeps listeners through an outage and tells them of what was written meanwhile', async () => {
    await healthy.beginRebuild(TALLIES);
    await healthy.switchRebuild(TALLIES);
    const store = through();
    await store.checkpoint(TALLIES);
    const told: unknown[] = [];
    const end = store.onCommitted((committed) => told.push(committed));
    proxy.freeze();
    await follow(healthy);
    proxy.thaw();
    await eventually(() => expect(told).toContainEqual({ model: 'tallies', keys: ['*'], checkpoint: 4n }));
    end();
    await store.close();
  });
});
