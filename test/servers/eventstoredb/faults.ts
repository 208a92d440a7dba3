import type { Front } from './front.js';

export type Method = 'append' | 'read' | 'subscribe' | 'features' | 'gossip' | 'delete';

/** A call that the server can end at any time. */
export interface OpenSubscription {
  /** Ends the call; with `UNAVAILABLE` or as if all had been said. */
  end(how: 'UNAVAILABLE' | 'OK'): void;
  /** Says nothing any more, but stays open. */
  mute(): void;
}

/** What goes wrong, on demand. Everything takes effect at once and for all clients. */
export class Faults {
  readonly subscriptions = new Set<OpenSubscription>();
  /** Milliseconds to wait before a call is looked at. */
  delay: (method: Method) => number = () => 0;
  /** Whether the caller lacks the permission. */
  deny: (method: Method, stream: string) => boolean = () => false;
  /** Whether a subscription is told that it has caught up; servers before 23.10 never say. */
  announcesCaughtUp = true;
  #unavailable: number | null = 0;
  #killAfterStoring = 0;
  /** How often each fault has struck, so that a test can show that it did. */
  readonly struck = { unavailable: 0, killedAfterStoring: 0, dropped: 0 };

  constructor(private readonly front: Front) {}

  /** Answers UNAVAILABLE to the next calls; null: to all, until {@link available}. */
  unavailable(calls: number | null = null): void {
    this.#unavailable = calls;
  }

  available(): void {
    this.#unavailable = 0;
  }

  /** True when this call is to be refused. */
  refuses(): boolean {
    if (this.#unavailable === 0) return false;
    if (this.#unavailable !== null) this.#unavailable -= 1;
    this.struck.unavailable += 1;
    return true;
  }

  /** The next appends are stored and never acknowledged: every connection breaks instead. */
  killAfterStoring(appends: number): void {
    this.#killAfterStoring = appends;
  }

  /** True when the connections are gone and nobody must be answered. */
  killsAfterStoring(): boolean {
    if (this.#killAfterStoring === 0) return false;
    this.#killAfterStoring -= 1;
    this.struck.killedAfterStoring += 1;
    this.front.breakConnections();
    return true;
  }

  get connectionsAccepted(): number {
    return this.front.accepted;
  }

  dropSubscriptions(how: 'UNAVAILABLE' | 'OK' = 'UNAVAILABLE'): void {
    for (const subscription of [...this.subscriptions]) {
      this.struck.dropped += 1;
      subscription.end(how);
    }
  }

  muteSubscriptions(): void {
    for (const subscription of this.subscriptions) subscription.mute();
  }

  breakConnections(): void {
    this.front.breakConnections();
  }

  /** Connections are accepted and kept, and not a byte goes in or out. */
  freeze(): void {
    this.front.freeze();
  }

  thaw(): void {
    this.front.thaw();
  }

  /** Nobody listens any more, and open connections break; the data stays. */
  refuseConnections(): Promise<void> {
    return this.front.refuse();
  }

  acceptConnections(): Promise<void> {
    return this.front.accept();
  }
}
