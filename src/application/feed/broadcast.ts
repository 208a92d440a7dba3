import { DomainError } from '../../domain/shared/domain-error.js';

/** Most items that wait for one follower. */
const MOST_WAITING = 1_000;

/** One source for many followers, each at a pace of their own; who falls too far behind is sent away, not waited for. */
export class Broadcast<T> {
  private readonly followers = new Set<Follower<T>>();

  get size(): number {
    return this.followers.size;
  }

  publish(item: T): void {
    for (const follower of this.followers) follower.offer(item);
  }

  /** Ends everybody with the error. */
  fail(error: Error): void {
    for (const follower of this.followers) follower.fail(error);
  }

  /**
   * What is published from now on, until `signal` aborts.
   *
   * @param left told when the follower is one no longer
   * @throws DomainError CONFLICT to who falls behind
   */
  follow(signal: AbortSignal, left: () => void): AsyncGenerator<T, void, void> {
    const follower = new Follower<T>(signal);
    this.followers.add(follower);
    const forget = (): void => {
      signal.removeEventListener('abort', forget);
      if (this.followers.delete(follower)) left();
    };
    // Who goes before taking the first item has never begun, and so never comes to an end by itself.
    signal.addEventListener('abort', forget, { once: true });
    return follower.items(forget);
  }
}

class Follower<T> {
  private readonly waiting: T[] = [];
  private failure: Error | null = null;
  private wake: (() => void) | null = null;

  constructor(private readonly signal: AbortSignal) {
    signal.addEventListener('abort', () => this.wake?.(), { once: true });
  }

  offer(item: T): void {
    if (this.waiting.length >= MOST_WAITING) return this.fail(tooSlow());
    this.waiting.push(item);
    this.wake?.();
  }

  fail(error: Error): void {
    this.failure ??= error;
    this.waiting.length = 0;
    this.wake?.();
  }

  async *items(ended: () => void): AsyncGenerator<T, void, void> {
    try {
      while (!this.signal.aborted) {
        if (this.failure) throw this.failure;
        const next = this.waiting.shift();
        if (next !== undefined) yield next;
        else await new Promise<void>((resolve) => (this.wake = resolve));
      }
    } finally {
      ended();
    }
  }
}

const tooSlow = (): DomainError =>
  new DomainError('CONFLICT', 'More has happened than was taken. Read the list again, then follow it anew.');
