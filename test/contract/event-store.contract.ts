import { describe } from '@jest/globals';
import { appendContract } from './event-store/append.contract.js';
import { concurrencyContract } from './event-store/concurrency.contract.js';
import { idempotencyContract } from './event-store/idempotency.contract.js';
import type { OpenEventStore } from './event-store/opened.js';
import { readContract } from './event-store/read.contract.js';
import { subscribeContract } from './event-store/subscribe.contract.js';

export type { OpenedEventStore, OpenEventStore } from './event-store/opened.js';

/**
 * What the port promises, sentence by sentence, for every adapter. Nothing is assumed about a log but the port: it
 * may hold other events, positions may have gaps, the clock may be a server's. Tests that need `reopen` or `another`
 * pass over without them. CONTRACT_ROUNDS and CONTRACT_RUNS lengthen the long ones.
 */
export const eventStoreContract = (name: string, open: OpenEventStore): void => {
  describe(`${name} keeps the contract of the log`, () => {
    // A block each: every part opens a log for every test of its block.
    describe('append', () => appendContract(open));
    describe('idempotency', () => idempotencyContract(open));
    describe('concurrency', () => concurrencyContract(open));
    describe('read', () => readContract(open));
    describe('subscribe', () => subscribeContract(open));
  });
};
