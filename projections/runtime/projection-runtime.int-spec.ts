import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ReadModel } from '../../src/application/ports/read-store.js';
import { CachedReadStore } from '../../src/infrastructure/read-store/cached-read-store.js';
import { SqliteReadStore } from '../../src/infrastructure/read-store/sqlite/sqlite-read-store.js';
import { eventually } from '../../test/support/eventually.js';
import { InMemoryEventStore } from '../../test/support/in-memory-event-store.js';
import { personAdded, somethingElse, TALLY, tallyProjection } from '../../test/support/tally.projection.js';
import type { Difference } from './compare.js';
import { ProjectionRuntime } from './projection-runtime.js';

let folder: string;
let events: InMemoryEventStore;
let store: SqliteReadStore;
const ending: (() => Promise<void>)[] = [];

const runtimeOn = (on = store): ProjectionRuntime => {
  const runtime = new ProjectionRuntime(events, on, [tallyProjection]);
  ending.push(() => runtime.stop());
  return runtime;
};
const openStore = async (): Promise<SqliteReadStore> => {
  const opened = new SqliteReadStore(join(folder, 'read.db'), { pollMs: 10 });
  await opened.prepare([TALLY]);
  return opened;
};
const added = async (...people: string[]): Promise<bigint> => {
  let position = 0n;
  for (const person of people) ({ position } = await events.append(personAdded(person)));
  return position;
};
const statusOf = async (runtime: ProjectionRuntime) => (await runtime.status())[0]!;
const countOf = async (person: string, from = store) => (await from.get(TALLY, person))?.count;
const differences = async (runtime: ProjectionRuntime): Promise<Difference[]> => {
  const found: Difference[] = [];
  for await (const difference of runtime.compare('tally')) found.push(difference);
  return found;
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'projections-'));
  events = new InMemoryEventStore();
  store = await openStore();
});
afterEach(async () => {
  for (const end of ending.splice(0)) await end();
  await store.close();
  await rm(folder, { recursive: true });
});

describe('following the log', () => {
  it('catches up, goes live and follows', async () => {
    await added('ada', 'bob', 'ada');
    const runtime = runtimeOn();
    expect(await statusOf(runtime)).toMatchObject({ state: 'catching-up', checkpoint: null, lag: 3n });
    runtime.start();
    await runtime.atLeast('tally', 3n);
    await eventually(async () => expect(await statusOf(runtime)).toMatchObject({ state: 'live', lag: 0n }));
    await runtime.atLeast(['tally'], await added('ada'));
    expect(await store.get(TALLY, 'ada')).toMatchObject({ count: 3, positions: ['1', '3', '4'] });
    expect(await store.get(TALLY, 'ada#3')).toMatchObject({ count: 3 });
    expect(await store.get(TALLY, 'ada#2')).toBeNull();
  });

  it('is live from the start where there is nothing to catch up with', async () => {
    const first = runtimeOn();
    first.start();
    await first.atLeast('tally', await added('ada'));
    await first.stop();
    const second = runtimeOn();
    second.start();
    await eventually(async () => expect(await statusOf(second)).toMatchObject({ state: 'live', lag: 0n }));
  });

  it('wakes those who wait for events that it does not ask for, and writes the checkpoint soon', async () => {
    const runtime = runtimeOn();
    runtime.start();
    const { position } = await events.append(somethingElse());
    await runtime.atLeast('tally', position);
    for (let i = 0; i < 20; i++)
      await runtime.atLeast('tally', (await events.append(somethingElse())).position);
    await eventually(async () => expect(await store.checkpoint(TALLY)).toBe(21n));
  });

  it('goes on from the last checkpoint after a hundred dropped subscriptions', async () => {
    const runtime = runtimeOn();
    runtime.start();
    let last = 0n;
    for (let round = 0; round < 100; round++) {
      last = await added('ada');
      events.dropSubscriptions();
      if (round % 10 === 0) await runtime.atLeast('tally', last);
    }
    await runtime.atLeast('tally', last);
    expect(await store.get(TALLY, 'ada')).toMatchObject({ count: 100 });
    expect(await differences(runtime)).toEqual([]);
  });

  it('goes on without a restart once the log is back', async () => {
    events.away = true;
    const runtime = runtimeOn();
    runtime.start();
    await eventually(async () =>
      expect(await statusOf(runtime)).toMatchObject({
        state: 'catching-up',
        error: 'The log is away.',
        head: null,
      }),
    );
    events.away = false;
    await runtime.atLeast('tally', await added('ada'));
    await eventually(async () =>
      expect(await statusOf(runtime)).toMatchObject({ state: 'live', error: null }),
    );
  });

  it('drains when it stops and goes on where it was', async () => {
    const first = runtimeOn();
    first.start();
    await first.atLeast('tally', await added('ada'));
    await events.append(somethingElse());
    await first.stop();
    await added('ada');
    const second = runtimeOn();
    second.start();
    await second.atLeast('tally', 3n);
    expect(await countOf('ada')).toBe(2);
  });
});

describe('two projectors of one read model', () => {
  it('fence each other off and skip nothing', async () => {
    const other = await openStore();
    ending.push(() => other.close());
    const runtimes = [runtimeOn(), runtimeOn(other)];
    for (const runtime of runtimes) runtime.start();
    let last = 0n;
    for (let i = 0; i < 60; i++) {
      last = await added('ada', `p${i % 7}`);
      if (i % 5 === 0) await Promise.all(runtimes.map((runtime) => runtime.atLeast('tally', last)));
    }
    await Promise.all(runtimes.map((runtime) => runtime.atLeast('tally', last)));
    expect(await countOf('ada')).toBe(60);
    expect(await countOf('ada', other)).toBe(60);
    for (const runtime of runtimes) await runtime.stop();
    expect(await differences(runtimes[0]!)).toEqual([]);
  });
});

describe('waiting for a position', () => {
  it('looks at the store when another process writes the read model', async () => {
    const elsewhere = await openStore();
    ending.push(() => elsewhere.close());
    const writer = runtimeOn(elsewhere);
    writer.start();
    const reader = runtimeOn();
    await reader.atLeast('tally', await added('ada'));
    expect(await countOf('ada')).toBe(1);
  });

  it('ends with a clear error when the time is over or the caller has gone', async () => {
    const runtime = runtimeOn();
    runtime.start();
    await expect(runtime.atLeast('tally', 9n, { timeoutMs: 20 })).rejects.toMatchObject({
      name: 'PositionNotReachedError',
      reason: 'TIMEOUT',
      model: 'tally',
      position: 9n,
    });
    const gone = new AbortController();
    const waiting = runtime.atLeast('tally', 9n, { signal: gone.signal });
    gone.abort();
    await expect(waiting).rejects.toMatchObject({ reason: 'ABORTED' });
    await expect(runtime.atLeast('nothing', 1n)).rejects.toThrow('There are: tally.');
  });
});

describe('a poison event', () => {
  it.each([
    ['that cannot be folded', 'poison'],
    ['that cannot be read', 'unreadable'],
  ])('%s stops its read model in front of it, visibly, until it is skipped', async (_, kind) => {
    await added('ada', 'bob');
    const { position: bad } = await events.append(personAdded('ada', kind));
    if (kind === 'unreadable') events.unreadable.add(bad);
    const last = await added('ada');
    const runtime = runtimeOn();
    runtime.start();
    await expect(runtime.atLeast('tally', last)).rejects.toMatchObject({ reason: 'STOPPED' });
    expect(await statusOf(runtime)).toMatchObject({
      state: 'stopped',
      stoppedAt: bad,
      checkpoint: bad - 1n,
      error: expect.stringContaining('at position 3'),
    });
    expect(await countOf('bob')).toBe(1);
    await expect(runtime.atLeast('tally', last)).rejects.toMatchObject({ reason: 'STOPPED' });
    await expect(runtime.rebuild('tally')).rejects.toMatchObject({ name: 'PoisonEventError', position: bad });

    runtime.skip('tally', bad);
    await runtime.atLeast('tally', last);
    expect(await countOf('ada')).toBe(2);
    await runtime.rebuild('tally');
    expect(await differences(runtime)).toEqual([]);
  });

  it('leaves the other read models alone', async () => {
    const model = { ...TALLY, name: 'other' };
    const other = { ...tallyProjection, model, evolve: (): null => null };
    await store.prepare([TALLY, model]);
    const runtime = new ProjectionRuntime(events, store, [tallyProjection, other]);
    ending.push(() => runtime.stop());
    runtime.start();
    const { position } = await events.append(personAdded('ada', 'poison'));
    await expect(runtime.atLeast('tally', position)).rejects.toMatchObject({ reason: 'STOPPED' });
    await runtime.atLeast('other', position);
    await eventually(async () =>
      expect((await runtime.status()).map(({ name, state }) => [name, state])).toEqual([
        ['tally', 'stopped'],
        ['other', 'live'],
      ]),
    );
  });
});

describe('a rebuild', () => {
  it('loses nothing that a projector elsewhere showed just before the switch', async () => {
    const server = runtimeOn();
    server.start();
    await server.atLeast('tally', await added('ada'));
    const beside = await openStore();
    const late = new (class extends CachedReadStore {
      override async switchRebuild(model: ReadModel<never>): Promise<void> {
        await server.atLeast('tally', await added('ada'));
        await eventually(async () => expect(await countOf('ada')).toBe(2));
        await super.switchRebuild(model);
      }
    })(beside);
    await new ProjectionRuntime(events, late, [tallyProjection]).rebuild('tally');
    expect(await countOf('ada')).toBe(2);
    await server.atLeast('tally', await added('ada'));
    expect(await countOf('ada')).toBe(3);
    await late.close();
  });

  it('gives what the live read model has, while it goes on, and is switched without a gap', async () => {
    const runtime = runtimeOn();
    runtime.start();
    const people = Array.from({ length: 300 }, (_, i) => `p${i % 40}`);
    await runtime.atLeast('tally', await added(...people));
    await store.commit(TALLY, {
      writes: [
        { key: 'stray', document: { person: 'stray', count: 1, roles: [], positions: [] }, position: 300n },
      ],
      checkpoint: 300n,
      expectedCheckpoint: await store.checkpoint(TALLY),
    });
    expect(await differences(runtime)).toMatchObject([
      { key: 'stray', live: { person: 'stray' }, rebuilt: null },
    ]);

    const progress: bigint[] = [];
    const rebuilding = runtime.rebuild('tally', { onProgress: ({ position }) => progress.push(position) });
    const last = await added(...people);
    await rebuilding;
    expect(progress.at(-1)).toBeGreaterThanOrEqual(300n);
    expect(await store.get(TALLY, 'stray')).toBeNull();
    await runtime.atLeast('tally', last);
    await runtime.atLeast('tally', await added('p0'));
    expect(await countOf('p0')).toBe(17);
    expect(await differences(runtime)).toEqual([]);
  });

  it('can be done beside a running process by one that follows nothing', async () => {
    const elsewhere = await openStore();
    ending.push(() => elsewhere.close());
    const server = runtimeOn(elsewhere);
    server.start();
    await server.atLeast('tally', await added('ada', 'bob'));
    await runtimeOn().rebuild('tally');
    await server.atLeast('tally', await added('ada'));
    expect(await countOf('ada')).toBe(2);
    expect(await countOf('ada', elsewhere)).toBe(2);
  });
});
