import type { ReadStore } from '../../../src/application/ports/read-store.js';

/** What every test of the contract works on; `store` is empty at the start of each. */
export interface Subject {
  store(): ReadStore;
  /** The same storage as another process would open it. */
  another(): Promise<ReadStore>;
}
