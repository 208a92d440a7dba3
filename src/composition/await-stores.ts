import { setTimeout } from 'node:timers/promises';
import { EventStoreError } from '../application/ports/event-store.js';
import { ReadStoreError } from '../application/ports/read-store.js';
import type { Config } from '../infrastructure/config/config.js';
import { SystemClock } from '../infrastructure/system-clock.js';
import { openEventStore, openReadStore } from './stores.js';

/** A store has not answered for as long as a start waits. The message is one line with the remedy. */
export class StoreAwayError extends Error {
  constructor(away: Away, waitedMs: number) {
    super(
      `The ${away.store} was waited for ${Math.round(waitedMs / 1_000)} s. ${away.reason.replace(/\.?$/, '.')} ` +
        `Check that it runs, and host, port and TLS in ${away.variable}; start again then.`,
    );
    this.name = 'StoreAwayError';
  }
}

/** A store that does not answer, and why. */
export interface Away {
  readonly store: 'event store' | 'read store';
  readonly variable: 'EVENTSTORE_URL' | 'MONGODB_URL';
  /** One line. */
  readonly reason: string;
}

interface Server extends Omit<Away, 'reason'> {
  readonly open: () => Promise<{ ping(): Promise<void>; close(): Promise<void> }>;
}

/** Between two tries, in milliseconds. */
const PAUSE_MS = 500;

/**
 * Resolves when the servers that the configuration names answer; embedded stores are always there.
 *
 * @param patienceMs longest wait for both together, in milliseconds
 * @param onAway told at every try that fails
 * @throws StoreAwayError after that; at once EventStoreError or ReadStoreError where waiting cannot help
 */
export const awaitStores = async (
  config: Config,
  patienceMs: number,
  onAway: (away: Away, leftMs: number) => void | Promise<void>,
): Promise<void> => {
  const began = performance.now();
  for (const { open, ...named } of serversOf(config)) {
    const server = await open();
    try {
      for (;;) {
        const reason = await failureOf(server.ping());
        if (reason === null) break;
        const waitedMs = performance.now() - began;
        const leftMs = patienceMs - waitedMs;
        if (leftMs <= 0) throw new StoreAwayError({ ...named, reason }, waitedMs);
        await onAway({ ...named, reason }, leftMs);
        await setTimeout(Math.min(PAUSE_MS, leftMs));
      }
    } finally {
      await server.close();
    }
  }
};

const serversOf = (config: Config): readonly Server[] => [
  ...(config.eventStoreUrl === undefined
    ? []
    : [
        {
          store: 'event store',
          variable: 'EVENTSTORE_URL',
          open: () => openEventStore(config, new SystemClock()),
        } as const,
      ]),
  ...(config.mongodbUrl === undefined
    ? []
    : [{ store: 'read store', variable: 'MONGODB_URL', open: () => openReadStore(config) } as const]),
];

/** Why the store does not answer now; null: it does. @throws what no waiting mends */
const failureOf = async (ping: Promise<void>): Promise<string | null> => {
  try {
    await ping;
    return null;
  } catch (error) {
    if ((error instanceof EventStoreError || error instanceof ReadStoreError) && error.passes)
      return error.message.replace(/\s*[\r\n]+\s*/g, ' ');
    throw error;
  }
};
