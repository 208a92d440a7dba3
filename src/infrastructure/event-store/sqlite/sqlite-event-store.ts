import { setImmediate } from 'node:timers/promises';
import type Database from 'libsql';
import type { Clock } from '../../../application/ports/clock.js';
import type {
  Append,
  Appended,
  EventBatch,
  NewEvent,
  SubscriptionOptions,
} from '../../../application/ports/event-store.js';
import { EventStore, EventStoreError, MAX_APPEND_BYTES } from '../../../application/ports/event-store.js';
import type { EventType, RecordedEvent } from '../../../domain/events.js';
import { encodeEvent } from '../serialization.js';
import { AppendQueue, sizeOf } from './append-queue.js';
import { CommitWatch } from './commit-watch.js';
import { LogReader, toEvent } from './log-reader.js';
import type { EncodedAppend } from './log-writer.js';
import { LogWriter } from './log-writer.js';
import { openLog } from './schema.js';
import { guarded } from './sqlite-errors.js';
import { followLog } from './subscription.js';

const PAGE_SIZE = 1_000;
const POLL_MS = 100;

export interface SqliteEventStoreOptions {
  /** The database file; it and its folder are made where they are missing. */
  readonly file: string;
  readonly clock: Clock;
  /** How often subscriptions look for what other processes have appended, in milliseconds. Default 100. */
  readonly pollMs?: number;
}

/**
 * The log in one SQLite file, for one machine: several processes may read and append at the same time.
 *
 * Positions are dense and start at 1. `recordedAt` never goes back, whatever the clock does. Ids are unique in the
 * whole log, so an event that is already in another stream is a CONFLICT. When the disk is full or broken, appends are
 * refused as UNAVAILABLE and reads go on, until an append or a {@link ping} succeeds again.
 */
export class SqliteEventStore extends EventStore {
  private readonly db: Database.Database;
  private readonly reader: LogReader;
  private readonly queue: AppendQueue;
  private readonly watch: CommitWatch;
  private readonly closing = new AbortController();

  /** @throws EventStoreError when the file cannot be opened or belongs to a newer version */
  constructor({ file, clock, pollMs = POLL_MS }: SqliteEventStoreOptions) {
    super();
    this.db = openLog(file);
    this.reader = new LogReader(this.db);
    this.watch = new CommitWatch(this.db, pollMs);
    this.queue = new AppendQueue(new LogWriter(this.db), clock, () => this.watch.wake());
  }

  async append(append: Append): Promise<Appended> {
    return this.enqueue(encode(append));
  }

  async appendMany(appends: readonly Append[]): Promise<(Appended | EventStoreError)[]> {
    const answers = appends.map(encode).map((append) => this.enqueue(append));
    return Promise.all(answers.map((answer) => answer.catch(refusal)));
  }

  async *readStream(
    stream: string,
    { fromRevision = 0n, limit = Infinity }: { readonly fromRevision?: bigint; readonly limit?: number } = {},
  ): AsyncGenerator<RecordedEvent> {
    let next = Number(fromRevision);
    let left = limit;
    while (left > 0) {
      const size = Math.min(PAGE_SIZE, left);
      const { rows, exhausted } = this.read(() => this.reader.streamPage(stream, next, size));
      for (const row of rows) yield toEvent(row);
      if (exhausted) return;
      left -= rows.length;
      next += rows.length;
      await setImmediate();
    }
  }

  async readLast(stream: string): Promise<RecordedEvent | null> {
    const row = this.read(() => this.reader.lastOf(stream));
    return row ? toEvent(row) : null;
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
    const head = this.read(() => this.reader.head());
    const end = upTo === undefined ? head : Math.min(head, Number(upTo));
    let position = Number(after);
    while (position < end) {
      const range = { after: position, upTo: end, types, limit: PAGE_SIZE };
      const page = this.read(() => this.reader.page(range));
      for (const row of page.rows) yield toEvent(row);
      position = page.position;
      await setImmediate();
    }
  }

  async head(): Promise<bigint> {
    return BigInt(this.read(() => this.reader.head()));
  }

  async *subscribe(options: SubscriptionOptions): AsyncGenerator<EventBatch> {
    this.read(() => undefined);
    const signal = AbortSignal.any([options.signal, this.closing.signal]);
    yield* followLog(this.reader, this.watch, { ...options, signal });
  }

  /** Also UNAVAILABLE while the disk refuses writes; trying it here is what ends that state without traffic. */
  async ping(): Promise<void> {
    this.read(() => this.reader.head());
    if (this.queue.failure) this.queue.probe();
  }

  async close(): Promise<void> {
    if (this.closing.signal.aborted) return;
    this.closing.abort();
    await this.queue.idle();
    this.db.close();
  }

  private async enqueue(append: EncodedAppend): Promise<Appended> {
    this.assertOpen();
    const bytes = sizeOf(append);
    if (bytes > MAX_APPEND_BYTES)
      throw new EventStoreError(
        'TOO_LARGE',
        `An append to ${append.stream} has ${bytes} bytes; the limit is ${MAX_APPEND_BYTES}.`,
      );
    return this.queue.push(append);
  }

  private read<T>(work: () => T): T {
    this.assertOpen();
    return guarded(work);
  }

  private assertOpen(): void {
    if (this.closing.signal.aborted) throw new EventStoreError('UNAVAILABLE', 'The event log is closed.');
  }
}

const encode = (append: Append): EncodedAppend => {
  if (append.events.length === 0) throw new TypeError(`An append to ${append.stream} has no events.`);
  return { ...append, events: append.events.map((event: NewEvent) => encodeEvent(event)) };
};

const refusal = (error: unknown): EventStoreError => {
  if (error instanceof EventStoreError) return error;
  throw error;
};
