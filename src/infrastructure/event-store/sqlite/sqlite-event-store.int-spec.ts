import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventStoreContract } from '../../../../test/contract/event-store.contract.js';
import { SystemClock } from '../../system-clock.js';
import { SqliteEventStore } from './sqlite-event-store.js';

eventStoreContract('SqliteEventStore', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sla-log-'));
  const stores: SqliteEventStore[] = [];
  const openStore = (): SqliteEventStore => {
    const store = new SqliteEventStore({
      file: join(folder, 'events.db'),
      clock: new SystemClock(),
      pollMs: 5,
    });
    stores.push(store);
    return store;
  };
  const store = openStore();
  const closeAll = async () => {
    for (const each of stores.splice(0)) await each.close();
  };
  return {
    store,
    another: async () => openStore(),
    reopen: async () => {
      await closeAll();
      return openStore();
    },
    close: async () => {
      await closeAll();
      await rm(folder, { recursive: true });
    },
  };
});
