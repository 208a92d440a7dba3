import {
  EventStore,
  EventStoreError,
  type Append,
  type Appended,
  type EventBatch,
  type SubscriptionOptions,
} from '../../application/ports/event-store.js';
import type { RecordedEvent } from '../../domain/events.js';

export type AppendOutcome = 'ok' | 'conflict' | 'error';

/** A log that tells how every append went and how many seconds it took. */
export class ObservedEventStore extends EventStore {
  constructor(
    private readonly inner: EventStore,
    private readonly onAppend: (outcome: AppendOutcome, seconds: number) => void,
  ) {
    super();
  }

  async append(append: Append): Promise<Appended> {
    const began = performance.now();
    try {
      const appended = await this.inner.append(append);
      this.told('ok', began);
      return appended;
    } catch (error) {
      this.told(outcomeOf(error), began);
      throw error;
    }
  }

  async appendMany(appends: readonly Append[]): Promise<(Appended | EventStoreError)[]> {
    const began = performance.now();
    const answers = await this.inner.appendMany(appends);
    for (const answer of answers)
      this.told(answer instanceof EventStoreError ? outcomeOf(answer) : 'ok', began);
    return answers;
  }

  readStream(
    stream: string,
    options?: { readonly fromRevision?: bigint; readonly limit?: number },
  ): AsyncIterable<RecordedEvent> {
    return this.inner.readStream(stream, options);
  }

  readLast(stream: string): Promise<RecordedEvent | null> {
    return this.inner.readLast(stream);
  }

  readAll(options?: Parameters<EventStore['readAll']>[0]): AsyncIterable<RecordedEvent> {
    return this.inner.readAll(options);
  }

  head(): Promise<bigint> {
    return this.inner.head();
  }

  override end(): Promise<bigint> {
    return this.inner.end();
  }

  subscribe(options: SubscriptionOptions): AsyncIterable<EventBatch> {
    return this.inner.subscribe(options);
  }

  ping(): Promise<void> {
    return this.inner.ping();
  }

  close(): Promise<void> {
    return this.inner.close();
  }

  private told(outcome: AppendOutcome, began: number): void {
    this.onAppend(outcome, (performance.now() - began) / 1_000);
  }
}

/** A conflict is an answer, not a fault: somebody else was first. */
const outcomeOf = (error: unknown): AppendOutcome =>
  error instanceof EventStoreError && error.kind === 'CONFLICT' ? 'conflict' : 'error';
