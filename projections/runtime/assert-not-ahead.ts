import type { EventStore } from '../../src/application/ports/event-store.js';
import type { ReadModel, ReadStore } from '../../src/application/ports/read-store.js';
import { AheadOfLogError } from './ahead-of-log-error.js';

/**
 * To be asked before anything is served. A read model ahead of its log would show what never was, and would pass over
 * all that is appended until the log gets there.
 *
 * @throws AheadOfLogError naming the remedy; ReadStoreError, EventStoreError
 */
export const assertNotAhead = async (
  events: EventStore,
  store: ReadStore,
  models: readonly ReadModel<never>[],
): Promise<void> => {
  // Before the end of the log, which may grow meanwhile and take the read models along.
  const checkpoints = await Promise.all(models.map((model) => store.checkpoint(model)));
  const end = await events.end();
  models.forEach(({ name }, i) => {
    const checkpoint = checkpoints[i] ?? 0n;
    if (checkpoint > end) throw new AheadOfLogError(name, checkpoint, end);
  });
};
