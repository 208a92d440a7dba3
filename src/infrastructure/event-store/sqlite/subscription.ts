import { setImmediate } from 'node:timers/promises';
import type { EventBatch, SubscriptionOptions } from '../../../application/ports/event-store.js';
import { UnreadableEventError } from '../../../application/ports/unreadable-event-error.js';
import type { RecordedEvent } from '../../../domain/events.js';
import type { CommitWatch } from './commit-watch.js';
import type { LogReader, Row } from './log-reader.js';
import { toEvent } from './log-reader.js';
import { guarded } from './sqlite-errors.js';

const BATCH_SIZE = 500;

/** Pages of the log from a position on, for ever. A page is read when it is asked for, never before. */
export async function* followLog(
  reader: LogReader,
  watch: CommitWatch,
  { after = 0n, types, signal, batchSize = BATCH_SIZE }: SubscriptionOptions,
): AsyncGenerator<EventBatch> {
  const unfollow = watch.follow();
  try {
    let position = Number(after);
    while (!signal.aborted) {
      const head = guarded(() => reader.head());
      if (head <= position) {
        await watch.next(signal);
        continue;
      }
      const range = { after: position, upTo: head, types, limit: batchSize };
      const page = guarded(() => reader.page(range));
      const { events, unreadable } = readable(page.rows);
      const reached = unreadable ? unreadable.position - 1n : BigInt(page.position);
      if (reached > BigInt(position)) yield { events, position: reached, caughtUp: Number(reached) === head };
      if (unreadable) throw unreadable;
      position = page.position;
      // Reads are synchronous: without this a long catch-up would hold up everybody else in the process.
      await setImmediate();
    }
  } finally {
    unfollow();
  }
}

/** The events up to the first that cannot be read, so that what precedes it is handed over before the error. */
const readable = (rows: readonly Row[]): { events: RecordedEvent[]; unreadable?: UnreadableEventError } => {
  const events: RecordedEvent[] = [];
  try {
    for (const row of rows) events.push(toEvent(row));
    return { events };
  } catch (error) {
    if (error instanceof UnreadableEventError) return { events, unreadable: error };
    throw error;
  }
};
