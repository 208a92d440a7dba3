import { afterEach, beforeEach } from '@jest/globals';
import type { EventStore } from '../../../src/application/ports/event-store.js';

/** A log under test. It may hold other events, and others may append to it meanwhile. */
export interface OpenedEventStore {
  readonly store: EventStore;
  /** Closes the store and opens the same log again. */
  reopen?(): Promise<EventStore>;
  /** A further store on the same log, as another process would have one. */
  another?(): Promise<EventStore>;
  /** Closes everything that was opened. */
  close(): Promise<void>;
}

export type OpenEventStore = () => Promise<OpenedEventStore>;

/** Opens a log for every test of the enclosing block. */
export const opened = (open: OpenEventStore): (() => OpenedEventStore) => {
  let current: OpenedEventStore | undefined;
  beforeEach(async () => {
    current = await open();
  });
  afterEach(async () => {
    await current?.close();
    current = undefined;
  });
  return () => {
    if (!current) throw new Error('The log is opened for every test, not outside of one.');
    return current;
  };
};
