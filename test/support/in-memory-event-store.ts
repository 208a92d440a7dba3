import type { EventType, RecordedEvent } from '../../src/domain/events.js';
import {
  type Append,
  type Appended,
  type EventBatch,
  EventStore,
  EventStoreError,
  type NewEvent,
  type SubscriptionOptions,
} from '../../src/application/ports/event-store.js';
import { UnreadableEventError } from '../../src/application/ports/unreadable-event-error.js';

/**
 * The log in an array, for tests of what stands on it. Faithful to the port: expected revisions, repeats by
 * event id, filters, batches. Can be taken away, drop its subscriptions and hold events that nobody can read.
 */
export class InMemoryEventStore extends EventStore {
  /** While true, everything rejects with UNAVAILABLE. */
  away = false;
  /** Positions of events that cannot be read. */
  readonly unreadable = new Set<bigint>();
  readonly #log: RecordedEvent[] = [];
  #changed = new AbortController();
  #dropped = new AbortController();

  /** Ends all subscriptions as a lost connection would. */
  dropSubscriptions(): void {
    this.#dropped.abort();
    this.#dropped = new AbortController();
  }

  async append({ stream, expected, events }: Append): Promise<Appended> {
    this.#assertThere();
    const of = this.#log.filter((event) => event.stream === stream);
    const repeated = of.filter(({ id }) => events.some((event) => event.id === id));
    if (events.length > 0 && repeated.length === events.length) return placeOf(repeated.at(-1)!);
    const revision = of.at(-1)?.revision ?? -1n;
    const wanted = expected === 'NO_STREAM' ? -1n : expected;
    if (repeated.length > 0 || (wanted !== 'ANY' && wanted !== revision))
      throw new EventStoreError(
        'CONFLICT',
        `Stream ${stream} is at revision ${revision}, not at ${expected}.`,
      );
    events.forEach((event, at) => this.#record(stream, revision + 1n + BigInt(at), event));
    this.#changed.abort();
    this.#changed = new AbortController();
    return placeOf(this.#log.at(-1)!);
  }

  async appendMany(appends: readonly Append[]): Promise<(Appended | EventStoreError)[]> {
    const outcomes = await Promise.allSettled(appends.map((append) => this.append(append)));
    return outcomes.map((outcome) =>
      outcome.status === 'fulfilled' ? outcome.value : (outcome.reason as EventStoreError),
    );
  }

  async *readStream(
    stream: string,
    { fromRevision = 0n, limit = Infinity }: { readonly fromRevision?: bigint; readonly limit?: number } = {},
  ): AsyncIterable<RecordedEvent> {
    this.#assertThere();
    const from = this.#log.filter((event) => event.stream === stream && event.revision >= fromRevision);
    for (const event of from.slice(0, limit)) yield this.#readable(event);
  }

  async readLast(stream: string): Promise<RecordedEvent | null> {
    this.#assertThere();
    const last = this.#log.findLast((event) => event.stream === stream);
    return last ? this.#readable(last) : null;
  }

  async *readAll({
    after = 0n,
    upTo = BigInt(this.#log.length),
    types,
  }: {
    readonly after?: bigint;
    readonly upTo?: bigint;
    readonly types?: readonly EventType[];
  } = {}): AsyncIterable<RecordedEvent> {
    for (const event of this.#log.slice(Number(after), Number(upTo))) {
      this.#assertThere();
      if (asked(event, types)) yield this.#readable(event);
    }
  }

  async head(): Promise<bigint> {
    this.#assertThere();
    return BigInt(this.#log.length);
  }

  async *subscribe({
    after = 0n,
    types,
    signal,
    batchSize = 500,
  }: SubscriptionOptions): AsyncIterable<EventBatch> {
    const dropped = this.#dropped.signal;
    for (let position = Number(after); !signal.aborted;) {
      if (dropped.aborted) throw new EventStoreError('UNAVAILABLE', 'The subscription was dropped.');
      this.#assertThere();
      const changed = this.#changed.signal;
      if (position === this.#log.length) {
        await aborted(AbortSignal.any([changed, signal, dropped]));
        continue;
      }
      const page = this.#log.slice(position, position + batchSize);
      const poison = page.findIndex((event) => asked(event, types) && this.unreadable.has(event.position));
      const readable = poison < 0 ? page : page.slice(0, poison);
      if (poison === 0) this.#readable(page[0]!);
      position += readable.length;
      yield {
        events: readable.filter((event) => asked(event, types)),
        position: BigInt(position),
        caughtUp: position === this.#log.length,
      };
    }
  }

  async ping(): Promise<void> {
    this.#assertThere();
  }

  async close(): Promise<void> {
    this.away = true;
    this.dropSubscriptions();
  }

  #record(stream: string, revision: bigint, event: NewEvent): void {
    const position = BigInt(this.#log.length + 1);
    const recordedAt = '2026-01-01T00:00:00.000Z';
    this.#log.push({ ...event, stream, revision, position, recordedAt } as RecordedEvent);
  }

  #readable(event: RecordedEvent): RecordedEvent {
    if (this.unreadable.has(event.position))
      throw new UnreadableEventError(event.type, event.stream, event.position, 'nobody knows its shape.');
    return event;
  }

  #assertThere(): void {
    if (this.away) throw new EventStoreError('UNAVAILABLE', 'The log is away.');
  }
}

const asked = ({ type }: RecordedEvent, types: readonly EventType[] | undefined): boolean =>
  !types || types.includes(type);

const placeOf = ({ revision, position }: RecordedEvent): Appended => ({ revision, position });

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
