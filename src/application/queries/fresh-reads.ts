import { invalid } from '../../domain/shared/domain-error.js';
import type { EventStore } from '../ports/event-store.js';
import type { Freshness } from '../ports/freshness.js';

/** Lets callers read their own writes. */
export class FreshReads {
  constructor(
    private readonly events: EventStore,
    private readonly freshness: Freshness,
  ) {}

  /**
   * Waits until the read models reflect the position.
   *
   * @throws DomainError INVALID_INPUT for a position that the log has not reached; NotFreshError after a bounded wait
   */
  async atLeast(position: bigint | undefined): Promise<void> {
    if (position === undefined) return;
    if (position > (await this.events.head()))
      throw invalid(
        ['atLeast'],
        'The log has not reached this position yet. Pass one on as an answer gave it.',
      );
    await this.freshness.atLeast(position);
  }
}
