import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { readStoreContract } from '../../../test/contract/read-store.contract.js';
import { commit, put, thing, things } from '../../../test/contract/read-store/things.js';
import { approximateBytes } from './approximate-bytes.js';
import { CachedReadStore } from './cached-read-store.js';
import { SqliteReadStore } from './sqlite/sqlite-read-store.js';

const openFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cached-read-store-'));
  const opened: CachedReadStore[] = [];
  const open = (inner = new SqliteReadStore(join(folder, 'read.db')), limits = {}): CachedReadStore => {
    const store = new CachedReadStore(inner, limits);
    opened.push(store);
    return store;
  };
  const dispose = async (): Promise<void> => {
    await Promise.all(opened.map((store) => store.close()));
    await rm(folder, { recursive: true });
  };
  return { open, dispose, file: join(folder, 'read.db') };
};

readStoreContract('CachedReadStore over SQLite', async () => {
  const { open, dispose } = await openFolder();
  return { store: open(), another: async () => open(), dispose };
});

describe('the cache', () => {
  let folder: Awaited<ReturnType<typeof openFolder>>;
  let inner: SqliteReadStore;
  let store: CachedReadStore;

  beforeAll(async () => {
    folder = await openFolder();
  });
  afterAll(() => folder.dispose());
  beforeEach(async () => {
    inner = new SqliteReadStore(folder.file);
    store = folder.open(inner);
    await store.prepare([things]);
    await store.beginRebuild(things);
    await store.switchRebuild(things);
  });

  it('reads a document once, and that there is none once', async () => {
    await commit(store, [put('a', 1n)]);
    const get = jest.spyOn(inner, 'get');
    const getMany = jest.spyOn(inner, 'getMany');
    for (let i = 0; i < 3; i++) {
      expect(await store.get(things, 'a')).toEqual(thing());
      expect(await store.get(things, 'none')).toBeNull();
      expect(await store.getMany(things, ['a', 'none', 'b'])).toEqual(new Map([['a', thing()]]));
    }
    expect(get).toHaveBeenCalledTimes(2);
    expect(getMany.mock.calls.map(([, keys]) => keys)).toEqual([['b']]);
  });

  it('answers with what was committed as soon as the commit is done', async () => {
    for (let rank = 1; rank < 20; rank++) {
      await commit(store, [put('a', BigInt(rank), thing({ rank }))]);
      expect(await store.get(things, 'a')).toEqual(thing({ rank }));
    }
  });

  it.each(['get', 'getMany'] as const)('does not keep a %s that a commit has overtaken', async (method) => {
    await commit(store, [put('a', 1n, thing({ rank: 1 }))]);
    const old = thing({ rank: 1 });
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const slow = async (): Promise<never> => {
      await held;
      return (method === 'get' ? old : new Map([['a', old]])) as never;
    };
    jest.spyOn(inner, method).mockImplementationOnce(slow);
    const reading = method === 'get' ? store.get(things, 'a') : store.getMany(things, ['a']);
    await commit(store, [put('a', 2n, thing({ rank: 2 }))]);
    release();
    await reading;
    expect(await store.get(things, 'a')).toEqual(thing({ rank: 2 }));
  });

  it('keeps nothing of a read that failed', async () => {
    jest.spyOn(inner, 'get').mockRejectedValueOnce(new Error('away'));
    await expect(store.get(things, 'a')).rejects.toThrow('away');
    expect(await store.get(things, 'a')).toBeNull();
  });

  it('is bounded by bytes', async () => {
    const small = folder.open(inner, { bytes: 2.5 * approximateBytes(thing()) });
    await commit(store, [
      put('a', 1n),
      put('b', 1n),
      put('c', 1n),
      put('big', 1n, thing({ label: 'x'.repeat(9_000) })),
    ]);
    for (const key of ['a', 'b', 'c', 'big']) await small.get(things, key);
    const get = jest.spyOn(inner, 'get');
    for (const key of ['c', 'b', 'a', 'big']) await small.get(things, key);
    expect(get.mock.calls.map(([, key]) => key)).toEqual(['a', 'big']);
  });
});
