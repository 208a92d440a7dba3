import { afterAll, beforeAll, beforeEach, describe } from '@jest/globals';
import type { ReadStore } from '../../src/application/ports/read-store.js';
import { describeCommits } from './read-store/commits.js';
import { describeFinds } from './read-store/finds.js';
import { describeGenerations } from './read-store/generations.js';
import { describeListeners } from './read-store/listeners.js';
import type { Subject } from './read-store/subject.js';
import { things } from './read-store/things.js';

export interface ReadStoreHarness {
  readonly store: ReadStore;
  /** The same storage as another process would open it; closed by the harness. */
  another(): Promise<ReadStore>;
  /** Closes and removes everything. */
  dispose(): Promise<void>;
}

/** Every sentence of the ReadStore port, for any adapter. */
export const readStoreContract = (name: string, open: () => Promise<ReadStoreHarness>): void => {
  describe(`${name} as a read store`, () => {
    let harness: ReadStoreHarness;
    const subject: Subject = {
      store: () => harness.store,
      another: async () => {
        const store = await harness.another();
        await store.prepare([things]);
        return store;
      },
    };

    beforeAll(async () => {
      harness = await open();
      await harness.store.prepare([things]);
    });
    beforeEach(() => emptied(harness.store));
    afterAll(() => harness.dispose());

    describeCommits(subject);
    describeFinds(subject);
    describeGenerations(subject);
    describeListeners(subject);
  });
};

const emptied = async (store: ReadStore): Promise<void> => {
  await store.beginRebuild(things);
  await store.switchRebuild(things);
};
