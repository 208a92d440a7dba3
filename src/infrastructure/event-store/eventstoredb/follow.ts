import type { EventBatch, SubscriptionOptions } from '../../../application/ports/event-store.js';
import { EventStoreError } from '../../../application/ports/event-store.js';
import { UnreadableEventError } from '../../../application/ports/unreadable-event-error.js';
import type { EventType, RecordedEvent } from '../../../domain/events.js';
import { isUnavailable, toEventStoreError } from './eventstoredb-errors.js';
import type { Feed } from './feed.js';
import { backoffMs, pause, unlessAborted } from './patience.js';
import { positionOf, recordedEvent } from './recorded-event.js';

/** Whose events the server sends: all of ours, or only some types. */
export type Selection = 'ALL' | readonly EventType[];

export interface FeedSource {
  /** Opens a subscription after a position; 0: from the start. */
  open(after: bigint, selection: Selection): Feed;
  /** Position of the last event. */
  head(): Promise<bigint>;
  /** How long silence is believed before it is checked, milliseconds. */
  readonly silenceMs: number;
}

const BATCH_SIZE = 500;
/** How long a catch-up waits for a server too old to say that it is done, milliseconds. */
const CATCH_UP_SILENCE_MS = 1_000;

/**
 * The log after a position, for ever: a subscription that ends or falls silent is replaced by one that goes on after
 * the last batch, so nothing is missed and nothing comes twice.
 *
 * With `types` it first catches up with the server choosing, which saves the way for what nobody wants; then it takes
 * everything and chooses itself. Only so does `position` keep up with every append: the server tells how far it has
 * looked once in dozens of events.
 */
export async function* follow(source: FeedSource, options: SubscriptionOptions): AsyncGenerator<EventBatch> {
  const { after = 0n, types, signal } = options;
  let position = after;
  let failures = 0;
  let selection: Selection = types ?? 'ALL';
  while (!signal.aborted) {
    try {
      for await (const batch of run(source, { ...options, after: position }, selection)) {
        position = batch.position;
        failures = 0;
        yield batch;
      }
      selection = 'ALL';
    } catch (cause) {
      const error = toEventStoreError(cause);
      if (!isUnavailable(error)) throw error;
      failures += 1;
      selection = types ?? 'ALL';
      await pause(backoffMs(failures), signal);
    }
  }
}

/** One subscription, until it fails or, where the server chooses, until it has caught up. */
async function* run(
  source: FeedSource,
  { after = 0n, types, signal, batchSize = BATCH_SIZE }: SubscriptionOptions,
  selection: Selection,
): AsyncGenerator<EventBatch> {
  const catchingUp = selection !== 'ALL';
  const goal = await unlessAborted(source.head(), signal);
  if (goal === null) return;
  const feed = source.open(after, selection);
  let position = after;
  try {
    while (!signal.aborted) {
      const { events, last, unreadable } = decode(feed.take(batchSize), position, types);
      const reached = unreadable ? last : max(last, feed.checkpoint);
      if (reached > position) {
        position = reached;
        yield { events, position, caughtUp: position >= goal && feed.drained };
      }
      if (unreadable) throw unreadable;
      if (!feed.drained) continue;
      if (catchingUp && (feed.caughtUp || position >= goal)) return;
      if (await feed.more(catchingUp ? CATCH_UP_SILENCE_MS : source.silenceMs, signal)) continue;
      if (catchingUp) return;
      await assertNothingMissed(source, feed, position, signal);
    }
  } finally {
    feed.close();
  }
}

/** A connection can be open and dead. @throws EventStoreError UNAVAILABLE when the log has moved and we were not told */
const assertNothingMissed = async (
  source: FeedSource,
  feed: Feed,
  position: bigint,
  signal: AbortSignal,
): Promise<void> => {
  const head = await unlessAborted(source.head(), signal);
  if (head !== null && head > position && feed.drained && !feed.news)
    throw new EventStoreError('UNAVAILABLE', 'The subscription has fallen silent.');
};

interface Decoded {
  readonly events: RecordedEvent[];
  /** Position of the last event looked at, wanted or not. */
  readonly last: bigint;
  readonly unreadable?: UnreadableEventError;
}

/** The wanted events up to the first that cannot be read, so that what precedes it is handed over before the error. */
const decode = (
  taken: ReturnType<Feed['take']>,
  after: bigint,
  types: readonly EventType[] | undefined,
): Decoded => {
  const events: RecordedEvent[] = [];
  let last = after;
  for (const event of taken) {
    const position = positionOf(event);
    if (position <= last) continue;
    try {
      if (!types || types.includes(event.type as EventType)) events.push(recordedEvent(event));
    } catch (error) {
      if (error instanceof UnreadableEventError) return { events, last, unreadable: error };
      throw error;
    }
    last = position;
  }
  return { events, last };
};

const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);
