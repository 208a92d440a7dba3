import type { RecordedEvent } from '../../domain/events.js';
import { invalid } from '../../domain/shared/domain-error.js';
import type { EventStore } from '../ports/event-store.js';
import type { Freshness } from '../ports/freshness.js';
import type { ApprovedChange } from '../queries/views.js';
import { retried } from '../import/retried.js';
import { FEED_MODELS, type ApprovedChanges } from './approved-changes.js';
import { Channel, type FeedPage } from './channel.js';

export interface ChangeFeedParts {
  readonly events: EventStore;
  readonly freshness: Freshness;
  readonly approved: ApprovedChanges;
  /** Told when the log or a read model cannot be followed; followers wait meanwhile, and miss nothing. */
  readonly onError: (error: unknown) => void;
}

/** Most entries read at a time; one may hold a whole coverage or the terms of a tier. */
const PAGE = 100;

/**
 * Every approved version of an organization, in log order, from any position on. Followers read the history and wait at
 * its end, so what is behind and what is new come the same way and nothing lies between. The log is followed once for
 * the whole process, and only to say that there is more to read: a slow follower holds up nobody and takes no memory.
 */
export class ChangeFeed {
  private readonly channels = new Map<string, { readonly channel: Channel; followers: number }>();
  private readonly stopping = new AbortController();
  /** The read models are known to reflect the log up to here. */
  private position = 0n;
  private running: Promise<void> | null = null;

  constructor(private readonly parts: ChangeFeedParts) {}

  /**
   * Entries after `after`, for ever; absent: those from now on. Ends when `signal` aborts or the feed is closed.
   *
   * @throws DomainError INVALID_INPUT at `after` for a position that the log has not reached; ReadStoreError
   */
  async *follow(
    orgId: string,
    after: bigint | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<ApprovedChange, void, void> {
    const ending = AbortSignal.any([signal, this.stopping.signal]);
    let place = await this.startOf(after);
    const channel = this.join(orgId);
    try {
      while (!ending.aborted) {
        await channel.until(place, ending);
        if (ending.aborted) break;
        const page = await this.page(channel, orgId, place);
        for (const entry of page.entries) {
          if (ending.aborted) return;
          yield entry;
        }
        place = page.position;
      }
    } finally {
      this.leave(orgId);
    }
  }

  /**
   * At most `limit` entries after a position, and where to go on; waits for the first one until `signal` aborts. What
   * is in the log when it is asked is in the answer.
   *
   * @throws as {@link follow}; NotFreshError when the read models do not get there in time
   */
  async next(
    orgId: string,
    after: bigint | undefined,
    limit: number,
    signal: AbortSignal,
  ): Promise<FeedPage> {
    const ending = AbortSignal.any([signal, this.stopping.signal]);
    let place = await this.startOf(after);
    await this.catchUp();
    const channel = this.join(orgId);
    try {
      for (;;) {
        const { entries, position } = await this.page(channel, orgId, place);
        const last = entries[limit - 1];
        if (last) return { entries: entries.slice(0, limit), position: BigInt(last.position) };
        place = position;
        if (entries.length > 0 || ending.aborted) return { entries, position };
        await channel.until(place, ending);
      }
    } finally {
      this.leave(orgId);
    }
  }

  /** The entry at a position; null: nothing of the organization was approved there. */
  async entry(orgId: string, position: bigint): Promise<ApprovedChange | null> {
    const stretch = { after: position - 1n, upTo: position, limit: 1 };
    const [entry] = await this.parts.approved.between(orgId, stretch);
    return entry ?? null;
  }

  /** Ends all followers, and itself. */
  async close(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async startOf(after: bigint | undefined): Promise<bigint> {
    const head = await this.parts.events.head();
    if (after !== undefined && after > head)
      throw invalid(
        ['after'],
        'The log has not reached this position yet. Pass one on as an earlier answer gave it.',
      );
    this.running ??= this.run();
    return after ?? head;
  }

  private async catchUp(): Promise<void> {
    const { events, freshness } = this.parts;
    const head = await events.head();
    if (this.position >= head) return;
    await freshness.atLeast(head, FEED_MODELS);
    this.advance(head);
  }

  private advance(position: bigint): void {
    if (position > this.position) this.position = position;
  }

  private page(channel: Channel, orgId: string, after: bigint): Promise<FeedPage> {
    return channel.page(after, async () => {
      const upTo = this.position;
      if (upTo <= after) return { entries: [], position: after };
      const entries = await this.parts.approved.between(orgId, { after, upTo, limit: PAGE });
      const last = entries.at(-1);
      return { entries, position: last ? BigInt(last.position) : upTo };
    });
  }

  private join(orgId: string): Channel {
    const joined = this.channels.get(orgId) ?? { channel: new Channel(this.position), followers: 0 };
    joined.followers++;
    this.channels.set(orgId, joined);
    return joined.channel;
  }

  private leave(orgId: string): void {
    const joined = this.channels.get(orgId);
    if (joined && --joined.followers === 0) this.channels.delete(orgId);
  }

  /** Follows the log for everybody. */
  private async run(): Promise<void> {
    const { events, freshness, onError } = this.parts;
    const { signal } = this.stopping;
    const retrying = { isPassing: () => true, onError, signal };
    let seen: bigint | null = null;
    await retried(async (gotOn) => {
      if (seen === null) {
        const head = await events.head();
        await freshness.atLeast(head, FEED_MODELS);
        seen = head;
        this.advance(head);
        for (const { channel } of this.channels.values()) channel.announce(head);
      }
      const batches = events.subscribe({
        after: seen,
        types: ['ChangeApproved', 'ImportRowApplied'],
        signal,
      });
      for await (const batch of batches) {
        if (batch.events.length > 0) await freshness.atLeast(batch.position, FEED_MODELS);
        seen = batch.position;
        this.advance(seen);
        for (const [orgId, position] of lastPerOrganization(batch.events))
          this.channels.get(orgId)?.channel.announce(position);
        gotOn();
      }
      if (!signal.aborted) throw new Error('The log has ended the subscription.');
    }, retrying);
  }
}

const lastPerOrganization = (events: readonly RecordedEvent[]): ReadonlyMap<string, bigint> =>
  new Map(events.map(({ metadata, position }) => [metadata.orgId, position]));
