import { randomUUID } from 'node:crypto';
import { describe, it, jest } from '@jest/globals';
import mongoose from 'mongoose';
import { readStoreContract } from '../../../../test/contract/read-store.contract.js';
import { MongoDbReadStore } from './mongodb-read-store.js';

// A property asks a server thousands of questions.
jest.setTimeout(60_000);

const server = process.env['MONGODB_URL'];

if (server)
  readStoreContract('MongoDbReadStore', async () => {
    const url = new URL(`contract-${randomUUID()}`, server).href;
    const opened = [new MongoDbReadStore({ url })];
    return {
      store: opened[0]!,
      another: async () => {
        const store = new MongoDbReadStore({ url });
        opened.push(store);
        return store;
      },
      dispose: async () => {
        await Promise.all(opened.map((store) => store.close()));
        const connection = await mongoose.createConnection(url).asPromise();
        await connection.dropDatabase();
        await connection.close();
      },
    };
  });
else
  describe.skip('MongoDbReadStore: skipped, because MONGODB_URL is unset', () =>
    it('needs a server', () => undefined));
