import { describe, jest } from '@jest/globals';
import { eventStoreContract } from '../../../../test/contract/event-store.contract.js';
import { EventStoreDbServer } from '../../../../test/servers/eventstoredb/server.js';
import { EventStoreDbEventStore } from './eventstoredb-event-store.js';

// Thousands of round trips over a network that others use too.
jest.setTimeout(60_000);

/** Longer than a busy machine may leave a server without its turn: what is late is another suite's question. */
const PATIENT = { deadlineMs: 20_000, patienceMs: 20_000 };

const external = process.env['EVENTSTORE_URL'];

/** The contract on a server: the one that EVENTSTORE_URL names, else one of our own, with its data kept on reopening. */
const contractOn = (name: string, start: () => Promise<{ url: string; stop(): Promise<void> }>): void =>
  eventStoreContract(name, async () => {
    const server = await start();
    const stores: EventStoreDbEventStore[] = [];
    const open = (): EventStoreDbEventStore => {
      const store = new EventStoreDbEventStore({ url: server.url, ...PATIENT });
      stores.push(store);
      return store;
    };
    const closeAll = async (): Promise<void> => {
      for (const store of stores.splice(0)) await store.close();
    };
    return {
      store: open(),
      another: async () => open(),
      reopen: async () => {
        await closeAll();
        return open();
      },
      close: async () => {
        await closeAll();
        await server.stop();
      },
    };
  });

describe('EventStoreDB', () => {
  if (external)
    contractOn('EventStoreDbEventStore', async () => ({ url: external, stop: async () => undefined }));
  else {
    contractOn('EventStoreDbEventStore, acknowledged before delivery', () => EventStoreDbServer.start());
    contractOn('EventStoreDbEventStore, acknowledged after delivery', () =>
      EventStoreDbServer.start({ batchAppend: false }),
    );
  }
});
