import type { LogReader } from './log-reader.js';
import { isSystemEvent, positionOf } from './recorded-event.js';

/** The last event is nearly always ours; where the server talks to itself, longer pages cost less. */
const PAGE_SIZES = [1, 32, 512] as const;

/**
 * Finds the last event that is not the server's own. The client cannot filter such a read, so it goes backwards, and
 * never again over what it has looked through before.
 */
export class HeadFinder {
  private head = 0n;
  /** Up to here everything is known: the last of ours is at `head`. */
  private seen = 0n;

  constructor(private readonly reader: LogReader) {}

  async find(): Promise<bigint> {
    let newest = 0n;
    let from: bigint | null = null;
    for (let pages = 0; ; pages += 1) {
      const size = PAGE_SIZES[Math.min(pages, PAGE_SIZES.length - 1)] ?? 1;
      const page = await this.reader.backwards(from, size);
      for (const event of page) {
        const position = positionOf(event);
        newest ||= position;
        from = position;
        if (position <= this.seen) return this.settle(newest, this.head);
        if (!isSystemEvent(event)) return this.settle(newest, position);
      }
      if (page.length < size) return this.settle(newest, this.head);
    }
  }

  private settle(seen: bigint, head: bigint): bigint {
    // Two searches may overlap: the one that saw further is right.
    if (seen > this.seen) this.seen = seen;
    if (head > this.head) this.head = head;
    return this.head;
  }
}
