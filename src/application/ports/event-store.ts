import type { AnyEvent, EventType, RecordedEvent } from '../../domain/events.js';
import type { Instant } from '../../domain/shared/instant.js';
import type { EventMetadata } from '../../domain/shared/recorded.js';

/** An event on its way into the log. */
export interface NewEvent {
  /** UUID. Appending the same id to the same stream again appends nothing and answers as the first time. */
  readonly id: string;
  readonly type: EventType;
  readonly data: AnyEvent['data'];
  readonly metadata: EventMetadata;
  /** Where it comes from, when it is copied from another log: that log's time stays its recorded time. */
  readonly migrated?: Migrated;
}

/** What an event was in the log that it was copied from. */
export interface Migrated {
  readonly recordedAt: Instant;
  readonly position: bigint;
}

/** The revision a stream must have for an append to go through; `NO_STREAM`: it must not exist. */
export type ExpectedRevision = bigint | 'NO_STREAM' | 'ANY';

export interface Append {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly NewEvent[];
}

export interface Appended {
  /** Revision of the stream's last event of this append. */
  readonly revision: bigint;
  /** Position of the last event of this append. */
  readonly position: bigint;
}

export interface SubscriptionOptions {
  /** Events after this position; absent: from the first. */
  readonly after?: bigint;
  /** Only these types; absent: all. */
  readonly types?: readonly EventType[];
  readonly signal: AbortSignal;
  /** Most events of one batch. Default 500. */
  readonly batchSize?: number;
}

/** What a subscription yields: events in log order, and how far the log has been looked through. */
export interface EventBatch {
  readonly events: readonly RecordedEvent[];
  /**
   * Everything up to here has been seen, filtered-out events included: the checkpoint once `events` are handled.
   * Never less than the last event's position.
   */
  readonly position: bigint;
  /** True when this batch reached the end of the log as it was. */
  readonly caughtUp: boolean;
}

export type EventStoreErrorKind = 'CONFLICT' | 'UNAVAILABLE' | 'TOO_LARGE' | 'DENIED';

/** The few ways a log refuses; every adapter maps its own errors to these. */
export class EventStoreError extends Error {
  constructor(
    readonly kind: EventStoreErrorKind,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'EventStoreError';
  }

  /** Whether waiting may help. */
  get passes(): boolean {
    return this.kind === 'UNAVAILABLE';
  }
}

/** Largest append: data, metadata and twice the type's length of all its events, in bytes. */
export const MAX_APPEND_BYTES = 1024 * 1024;

/**
 * The log. What is acknowledged is durable. Streams are guarded by their expected revision, events by
 * their id. All methods reject with {@link EventStoreError} and with nothing else that a caller should handle.
 */
export abstract class EventStore {
  /** CONFLICT when the stream is not at `expected`, unless the very same events are already there. */
  abstract append(append: Append): Promise<Appended>;

  /**
   * Many appends, each on its own as with {@link append}, sent together; answers in the same order.
   * An append that conflicts is answered as its error and does not hold up the others.
   */
  abstract appendMany(appends: readonly Append[]): Promise<(Appended | EventStoreError)[]>;

  /** Events of one stream in order, from `fromRevision` (inclusive, default 0). A stream that does not exist is empty. */
  abstract readStream(
    stream: string,
    options?: { readonly fromRevision?: bigint; readonly limit?: number },
  ): AsyncIterable<RecordedEvent>;

  /** The last event of a stream, or null. */
  abstract readLast(stream: string): Promise<RecordedEvent | null>;

  /** Events of the whole log in order, after `after` (exclusive), up to `upTo` (inclusive). */
  abstract readAll(options?: {
    readonly after?: bigint;
    readonly upTo?: bigint;
    readonly types?: readonly EventType[];
  }): AsyncIterable<RecordedEvent>;

  /** Position of the last event; 0 when the log is empty. */
  abstract head(): Promise<bigint>;

  /** Position up to which there is anything at all, the store's own entries included: no checkpoint lies after it. */
  end(): Promise<bigint> {
    return this.head();
  }

  /**
   * Catches up and then follows, until `signal` aborts; also sees what other processes append. Batches are
   * never empty unless they carry a newer position. One batch is not fetched before the last was taken.
   */
  abstract subscribe(options: SubscriptionOptions): AsyncIterable<EventBatch>;

  /** Rejects with UNAVAILABLE when the log cannot be reached. Bounded in time. */
  abstract ping(): Promise<void>;

  abstract close(): Promise<void>;
}
