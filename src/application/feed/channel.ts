import { LRUCache } from 'lru-cache';
import type { ApprovedChange } from '../queries/views.js';

/** Entries after a place, and the place to go on after. */
export interface FeedPage {
  readonly entries: readonly ApprovedChange[];
  readonly position: bigint;
}

const PAGES_KEPT = 32;
/** Views show what is known now: kept only while others are about to ask the same. Milliseconds. */
const PAGE_KEPT_MS = 5_000;

/** What the followers of one organization share: who waits, and the pages that they are all about to read. */
export class Channel {
  private readonly pages = new LRUCache<bigint, Promise<FeedPage>>({ max: PAGES_KEPT, ttl: PAGE_KEPT_MS });
  private readonly waiting = new Set<() => void>();

  /** @param latest position up to which there may be something to read */
  constructor(private latest: bigint) {}

  /** Something of the organization is there to be read up to this position. */
  announce(position: bigint): void {
    this.latest = position;
    for (const wake of [...this.waiting]) wake();
  }

  /** Resolves once there may be something after the position, or `signal` aborts. */
  async until(after: bigint, signal: AbortSignal): Promise<void> {
    while (this.latest <= after && !signal.aborted)
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          this.waiting.delete(wake);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        this.waiting.add(wake);
        signal.addEventListener('abort', wake, { once: true });
      });
  }

  /**
   * The page after a place, read once for all who stand there. One that was read a moment ago may end before the newest
   * entry, but never leaves one out: whoever takes it goes on after it.
   */
  page(after: bigint, read: () => Promise<FeedPage>): Promise<FeedPage> {
    const kept = this.pages.get(after);
    if (kept) return kept;
    const page = read();
    this.pages.set(after, page);
    const forget = (): void => {
      if (this.pages.get(after) === page) this.pages.delete(after);
    };
    // What is not there yet may be there the next time.
    page.then(({ entries }) => entries.length === 0 && forget(), forget);
    return page;
  }
}
