import type { RecordedEvent } from '../../domain/events.js';
import { retried } from '../import/retried.js';
import type { EventStore } from '../ports/event-store.js';
import type { Freshness } from '../ports/freshness.js';
import type { SlaException } from '../queries/views.js';
import { CONTRACTS } from '../read-models/contracts.read-model.js';
import { CURRENT_MATRIX } from '../read-models/current-matrix.read-model.js';
import { CUSTOMERS } from '../read-models/customers.read-model.js';
import { EXCEPTIONS } from '../read-models/exceptions.read-model.js';
import { HISTORY } from '../read-models/history.read-model.js';
import { ExceptionWatch, type WatchParts } from './exception-watch.js';

export interface ExceptionFeedParts extends WatchParts {
  readonly events: EventStore;
  readonly freshness: Freshness;
}

/** The read models that an exception is shown from. */
const MODELS = [CUSTOMERS, CONTRACTS, CURRENT_MATRIX, HISTORY, EXCEPTIONS].map(({ name }) => name);

/**
 * Every exception of an organization as it opens, is acknowledged, waived or resolved, by a write in any process or by
 * time alone. The log is followed once for everybody, and each organization looked at only while somebody listens.
 */
export class ExceptionFeed {
  private readonly watches = new Map<string, ExceptionWatch>();
  private readonly stopping = new AbortController();
  private readonly ending = new Set<Promise<void>>();
  private running: Promise<unknown> | null = null;

  constructor(private readonly parts: ExceptionFeedParts) {}

  /** How many organizations are looked at. */
  get watched(): number {
    return this.watches.size;
  }

  /**
   * From now on, until `signal` aborts or the feed is closed. What it yields is shared and must not be changed.
   *
   * @throws DomainError CONFLICT to who falls behind; EventStoreError
   */
  async follow(orgId: string, signal: AbortSignal): Promise<AsyncGenerator<SlaException, void, void>> {
    const head = await this.parts.events.head();
    this.running ??= this.run(head);
    const watch = this.watches.get(orgId) ?? new ExceptionWatch(orgId, head, this.parts);
    this.watches.set(orgId, watch);
    return watch.broadcast.follow(AbortSignal.any([signal, this.stopping.signal]), () =>
      this.left(orgId, watch),
    );
  }

  /** Ends all followers, and itself. */
  async close(): Promise<void> {
    this.stopping.abort();
    await Promise.all([this.running, ...this.ending]);
  }

  private left(orgId: string, watch: ExceptionWatch): void {
    if (watch.broadcast.size > 0 || this.watches.get(orgId) !== watch) return;
    this.watches.delete(orgId);
    const ended = watch.close().finally(() => this.ending.delete(ended));
    this.ending.add(ended);
  }

  /** Follows the log for everybody, after a position. */
  private async run(after: bigint): Promise<void> {
    const { events, freshness, onError } = this.parts;
    const { signal } = this.stopping;
    let seen = after;
    await retried(
      async (gotOn) => {
        const types = ['ChangeApproved', 'ImportRowApplied', 'ExceptionAcknowledged'] as const;
        for await (const batch of events.subscribe({ after: seen, types, signal })) {
          if (batch.events.length > 0 && this.watches.size > 0) {
            await freshness.atLeast(batch.position, MODELS);
            this.announce(batch.events);
          }
          seen = batch.position;
          gotOn();
        }
        if (!signal.aborted) throw new Error('The log has ended the subscription.');
      },
      { isPassing: () => true, onError, signal },
    );
  }

  private announce(events: readonly RecordedEvent[]): void {
    for (const [orgId, watch] of this.watches)
      watch.announce(events.filter(({ metadata }) => metadata.orgId === orgId));
  }
}
