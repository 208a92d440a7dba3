import type { EventStoreError } from '../../src/application/ports/event-store.js';
import {
  EventStore,
  type Append,
  type Appended,
  type SubscriptionOptions,
} from '../../src/application/ports/event-store.js';

/** The process is gone: nothing that it was about to do happens any more. */
export class Killed extends Error {}

/**
 * A log whose process dies at appends that `dies` picks: before them, or after what was asked for is stored, wholly or
 * in part, and nobody was told.
 */
export class DyingEventStore extends EventStore {
  deaths = 0;

  constructor(
    private readonly log: EventStore,
    private readonly dies: () => boolean,
    private readonly random: () => number,
  ) {
    super();
  }

  async append(append: Append): Promise<Appended> {
    if (!this.dies()) return this.log.append(append);
    if (this.random() < 0.5) await this.log.append(append);
    throw this.killed();
  }

  async appendMany(appends: readonly Append[]): Promise<(Appended | EventStoreError)[]> {
    if (!this.dies()) return this.log.appendMany(appends);
    await this.log.appendMany(appends.slice(0, Math.floor(this.random() * (appends.length + 1))));
    throw this.killed();
  }

  readStream = (stream: string, options?: { readonly fromRevision?: bigint; readonly limit?: number }) =>
    this.log.readStream(stream, options);
  readLast = (stream: string) => this.log.readLast(stream);
  readAll = (options?: Parameters<EventStore['readAll']>[0]) => this.log.readAll(options);
  head = () => this.log.head();
  subscribe = (options: SubscriptionOptions) => this.log.subscribe(options);
  ping = () => this.log.ping();
  close = () => this.log.close();

  private killed(): Killed {
    this.deaths++;
    return new Killed('killed');
  }
}
