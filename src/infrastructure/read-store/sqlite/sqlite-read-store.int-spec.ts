import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { commit, keysOf, put, type Thing, things } from '../../../../test/contract/read-store/things.js';
import type { ReadModel } from '../../../application/ports/read-store.js';
import { readStoreContract } from '../../../../test/contract/read-store.contract.js';
import { findQuery } from './find-sql.js';
import { SqliteReadStore } from './sqlite-read-store.js';

readStoreContract('SqliteReadStore', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'read-store-'));
  const file = join(folder, 'read.db');
  const opened = [new SqliteReadStore(file)];
  return {
    store: opened[0]!,
    another: async () => {
      const store = new SqliteReadStore(file);
      opened.push(store);
      return store;
    },
    dispose: async () => {
      await Promise.all(opened.map((store) => store.close()));
      await rm(folder, { recursive: true });
    },
  };
});

describe('one file for the read models', () => {
  let folder: string;
  let file: string;
  let store: SqliteReadStore;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'read-store-'));
    file = join(folder, 'read.db');
    store = new SqliteReadStore(file, { busyTimeoutMs: 20 });
    await store.prepare([things]);
  });
  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  it('is unavailable for writing while another process writes, and goes on afterwards', async () => {
    const other = new Database(file);
    other.exec('BEGIN IMMEDIATE');
    await expect(commit(store, [put('a', 1n)])).rejects.toMatchObject({ kind: 'UNAVAILABLE' });
    expect(await store.get(things, 'a')).toBeNull();
    other.exec('ROLLBACK');
    other.close();
    await commit(store, [put('a', 1n)]);
  });

  it('keeps what it has after being closed and opened again', async () => {
    await commit(store, [put('a', 7n)]);
    await store.close();
    store = new SqliteReadStore(file);
    await store.prepare([things]);
    expect(await store.checkpoint(things)).toBe(7n);
    expect(keysOf(await store.find(things, { index: 'byRank', equals: [1], limit: 9 }))).toEqual(['a']);
  });

  it('starts a read model anew whose indexes changed though its version did not', async () => {
    const changed: ReadModel<Thing> = { ...things, indexes: { byAnything: ['org'] } };
    await commit(store, [put('a', 1n)]);
    await store.prepare([changed]);
    expect(await store.checkpoint(changed)).toBeNull();
    expect(await store.find(changed, { index: 'byAnything', equals: ['acme'], limit: 9 })).toEqual([]);
  });

  it('answers every find from its index, and never sorts', async () => {
    const database = new Database(file);
    const place = { values: [1, 'a'], key: 'k' };
    for (const order of ['asc', 'desc'] as const)
      for (const find of [
        { index: 'byOrg', equals: [] },
        { index: 'byOrg', equals: ['acme'], range: { gt: 1, lte: 5 } },
        { index: 'byOrg', equals: ['acme'], after: place },
        { index: 'byRank', equals: [null], after: { values: [], key: 'k' } },
      ]) {
        const { sql, parameters } = findQuery(things, 1, { ...find, order, limit: 5 });
        const plan = JSON.stringify(database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all([...parameters]));
        expect(plan).toContain(`USING INDEX ${things.name}@1 ${find.index}`);
        expect(plan).not.toContain('TEMP B-TREE');
      }
    database.close();
  });

  it('refuses a key that would not come back whole, and a field that no index can hold', async () => {
    await expect(commit(store, [put('a\0b', 1n)])).rejects.toThrow('NUL');
    const odd = { org: {}, rank: 1, open: true } as never;
    await expect(commit(store, [put('a', 1n, odd)])).rejects.toThrow('indexed field');
    expect(await store.checkpoint(things)).toBeNull();
  });

  it('says which file cannot be opened', () => {
    expect(() => new SqliteReadStore(join(folder, 'none', 'read.db'))).toThrow(/read\.db cannot be opened/);
  });
});
