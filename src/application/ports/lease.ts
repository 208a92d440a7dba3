/** What its holder has; it is renewed by itself until it is released or lost. */
export interface Held {
  /** Greater than that of every earlier holder. */
  readonly token: bigint;
  /** Aborts when somebody else may hold it: stop what it was for. */
  readonly lost: AbortSignal;
  /** Lets others have it at once. */
  release(): Promise<void>;
}

/**
 * Lets one of many processes do what would be wasted work in all of them, such as projecting a read model. It saves work and guards nothing:
 * a holder may be frozen while another takes over, so what is written must be fenced by itself, as `ReadStore.commit` is.
 */
export abstract class Lease {
  /** Null while another holds it; ask again later. @throws ReadStoreError UNAVAILABLE */
  abstract acquire(name: string): Promise<Held | null>;
  /** Releases everything held. */
  abstract close(): Promise<void>;
}
