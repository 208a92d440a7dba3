import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readStoreContract } from '../../../../test/contract/read-store.contract.js';
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
