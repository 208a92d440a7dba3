import type {
  EventBatch,
  EventStore,
  SubscriptionOptions,
} from '../../../src/application/ports/event-store.js';
import type { RecordedEvent } from '../../../src/domain/events.js';

/** Follows a log in the background and keeps what it is given, checking what holds for every batch. */
export class Follower {
  readonly events: RecordedEvent[] = [];
  readonly batches: EventBatch[] = [];
  /** Resolves when the subscription has ended; rejects with its error. */
  readonly ended: Promise<void>;
  position: bigint;
  private readonly abortion = new AbortController();
  private woken = (): void => undefined;

  constructor(
    store: EventStore,
    private readonly options: Omit<SubscriptionOptions, 'signal'>,
    /** Awaited after every batch: a slow consumer. */
    private readonly handle: (batch: EventBatch) => Promise<void> | void = () => undefined,
  ) {
    this.position = options.after ?? 0n;
    this.ended = this.run(store);
    this.ended.catch(toldByUntilAndStop);
  }

  /** Waits for a condition on what has been given; fails with the subscription's error, or when it ends before. */
  async until(condition: (follower: Follower) => boolean): Promise<void> {
    while (!condition(this)) {
      const batch = new Promise<void>((resolve) => (this.woken = resolve));
      const end = this.ended.then(() => {
        throw new Error('The subscription has ended.');
      });
      await Promise.race([batch, end]);
    }
  }

  abort(): void {
    this.abortion.abort();
  }

  async stop(): Promise<void> {
    this.abort();
    await this.ended;
  }

  private async run(store: EventStore): Promise<void> {
    for await (const batch of store.subscribe({ ...this.options, signal: this.abortion.signal })) {
      this.check(batch);
      this.batches.push(batch);
      this.events.push(...batch.events);
      this.position = batch.position;
      this.woken();
      await this.handle(batch);
    }
  }

  private check({ events, position }: EventBatch): void {
    const { batchSize = 500, types } = this.options;
    if (events.length > batchSize)
      throw new Error(`A batch of ${events.length} is larger than ${batchSize}.`);
    if (position <= this.position) throw new Error('A batch does not move the position.');
    let before = this.position;
    for (const event of events) {
      if (event.position <= before) throw new Error('An event is out of order, or was given before.');
      if (types && !types.includes(event.type)) throw new Error(`${event.type} was not asked for.`);
      before = event.position;
    }
    if (position < before) throw new Error('The position is less than that of the last event.');
  }
}

/** A subscription may fail before anybody waits for it. */
const toldByUntilAndStop = (): void => undefined;
