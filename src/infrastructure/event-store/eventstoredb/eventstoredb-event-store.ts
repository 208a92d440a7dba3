import { BACKWARDS, END } from '@eventstore/db-client';
import {
  EventStore,
  EventStoreError,
  MAX_APPEND_BYTES,
  type Append,
  type Appended,
  type EventBatch,
  type SubscriptionOptions,
} from '../../../application/ports/event-store.js';
import type { EventType, RecordedEvent } from '../../../domain/events.js';
import { encodeEvent } from '../serialization.js';
import { appendOnce } from './appending.js';
import { Appender, type Limits } from './appender.js';
import type { EncodedAppend } from './batch-append.messages.js';
import { Availability } from './availability.js';
import { Connection } from './connection.js';
import { toEventStoreError } from './eventstoredb-errors.js';
import { feedSource } from './feed-source.js';
import { follow, type FeedSource } from './follow.js';
import { HeadFinder } from './head-finder.js';
import { inGroups } from './in-groups.js';
import { LogReader } from './log-reader.js';
import { pause } from './patience.js';
import { isSystemEvent, positionOf, recordedEvent } from './recorded-event.js';

const PAGE_SIZE = 512;
const STREAMS_AT_ONCE = 64;

export interface EventStoreDbOptions extends Partial<Limits> {
  /** A connection string, `esdb://user:password@host:2113?tls=true`. */
  readonly url: string;
  /** How long a silent subscription is believed before it is checked, milliseconds. Default 10,000. */
  readonly silenceMs?: number;
}

/**
 * The log in EventStoreDB 21.10 or newer. Positions are its commit positions: they grow and have gaps. `recordedAt` is
 * its clock's.
 *
 * Every call is bounded: one answer is waited for `deadlineMs` (default 3,000), and calls are repeated until the log has been
 * away for `patienceMs` (default 2,000). From then on they are refused at once, but for one at a time that tries.
 */
export class EventStoreDbEventStore extends EventStore {
  // Appends and reads on connections of their own: the client reconnects as a whole when any one call fails.
  private readonly writing: Connection;
  private readonly reading: Connection;
  private readonly limits: Limits;
  private readonly appender: Appender;
  private readonly reader: LogReader;
  private readonly heads: HeadFinder;
  private readonly source: FeedSource;
  private readonly appending = new Set<Promise<Appended>>();
  /** Nothing new begins, and who follows the log stops. */
  private readonly closing = new AbortController();
  /** Nobody tries again. */
  private readonly stopping = new AbortController();

  /** @throws UnusableUrlError */
  constructor({ url, deadlineMs = 3_000, patienceMs = 2_000, silenceMs = 10_000 }: EventStoreDbOptions) {
    super();
    this.limits = { deadlineMs, patienceMs };
    this.writing = new Connection(url);
    this.reading = new Connection(url);
    const availability = new Availability(patienceMs, this.stopping.signal);
    this.appender = new Appender(this.writing, this.limits, availability, this.stopping.signal);
    this.reader = new LogReader(this.reading, this.limits, availability);
    this.heads = new HeadFinder(this.reader);
    this.source = feedSource(this.reading, this.heads, silenceMs);
  }

  /**
   * As the port says. `ANY` costs a read of the whole stream: the server remembers event ids only for a while, so a late
   * repeat would be stored again.
   */
  async append(append: Append): Promise<Appended> {
    return this.appendEncoded(encode(append));
  }

  async appendMany(appends: readonly Append[]): Promise<(Appended | EventStoreError)[]> {
    return inGroups(
      appends.map(encode),
      ({ stream }) => stream,
      STREAMS_AT_ONCE,
      (append) => this.appendEncoded(append).catch(refusal),
    );
  }

  async *readStream(
    stream: string,
    { fromRevision = 0n, limit = Infinity }: { readonly fromRevision?: bigint; readonly limit?: number } = {},
  ): AsyncGenerator<RecordedEvent> {
    let next = fromRevision;
    for (let left = limit; left > 0; left -= PAGE_SIZE) {
      const size = Math.min(PAGE_SIZE, left);
      const page = await this.use(() => this.reader.streamPage(stream, next, size));
      for (const event of page) yield recordedEvent(event);
      if (page.length < size) return;
      next += BigInt(page.length);
    }
  }

  async readLast(stream: string): Promise<RecordedEvent | null> {
    const [last] = await this.use(() => this.reader.streamPage(stream, END, 1, BACKWARDS));
    return last ? recordedEvent(last) : null;
  }

  async *readAll({
    after = 0n,
    upTo,
    types,
  }: {
    readonly after?: bigint;
    readonly upTo?: bigint;
    readonly types?: readonly EventType[];
  } = {}): AsyncGenerator<RecordedEvent> {
    // The end is settled at the start: reading must not chase a log that grows as fast.
    const head = await this.head();
    const end = upTo !== undefined && upTo < head ? upTo : head;
    let position = after;
    while (position < end) {
      const page = await this.use(() => this.reader.forwards(position, PAGE_SIZE));
      for (const event of page) {
        const at = positionOf(event);
        if (at > end) return;
        if (at <= position) continue;
        position = at;
        if (isSystemEvent(event) || (types && !types.includes(event.type as EventType))) continue;
        yield recordedEvent(event);
      }
      if (page.length < PAGE_SIZE) return;
    }
  }

  head(): Promise<bigint> {
    return this.use(() => this.heads.find());
  }

  override async end(): Promise<bigint> {
    const [last] = await this.use(() => this.reader.backwards(null, 1));
    return last ? positionOf(last) : 0n;
  }

  async *subscribe(options: SubscriptionOptions): AsyncGenerator<EventBatch> {
    this.assertOpen();
    const signal = AbortSignal.any([options.signal, this.closing.signal]);
    yield* follow(this.source, { ...options, signal });
  }

  async ping(): Promise<void> {
    await this.use(() => this.reader.ping());
  }

  async close(): Promise<void> {
    if (this.closing.signal.aborted) return;
    this.closing.abort();
    const { deadlineMs } = this.limits;
    await Promise.race([Promise.allSettled(this.appending), pause(deadlineMs, this.stopping.signal)]);
    this.stopping.abort();
    this.appender.close();
    await Promise.all([this.writing.close(deadlineMs), this.reading.close(deadlineMs)]);
  }

  private async appendEncoded(append: EncodedAppend): Promise<Appended> {
    const bytes = append.events.reduce((sum, event) => sum + event.bytes, 0);
    if (bytes > MAX_APPEND_BYTES)
      throw new EventStoreError(
        'TOO_LARGE',
        `An append to ${append.stream} has ${bytes} bytes; the limit is ${MAX_APPEND_BYTES}.`,
      );
    const appending = this.use(() => appendOnce(this.reader, this.appender, append));
    this.appending.add(appending);
    try {
      return await appending;
    } finally {
      this.appending.delete(appending);
    }
  }

  private async use<T>(work: () => Promise<T>): Promise<T> {
    this.assertOpen();
    try {
      return await work();
    } catch (error) {
      throw toEventStoreError(error);
    }
  }

  private assertOpen(): void {
    if (this.closing.signal.aborted) throw new EventStoreError('UNAVAILABLE', 'The event log is closed.');
  }
}

const encode = (append: Append): EncodedAppend => {
  if (append.events.length === 0) throw new TypeError(`An append to ${append.stream} has no events.`);
  return { ...append, events: append.events.map((event) => encodeEvent(event)) };
};

const refusal = (error: unknown): EventStoreError => {
  if (error instanceof EventStoreError) return error;
  throw error;
};
