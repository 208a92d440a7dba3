/** How far the read models reflect the log. */
export abstract class Freshness {
  /**
   * Waits until every read model (or the ones named) reflects the log up to `position`. Bounded: rejects with
   * {@link NotFreshError} when they do not get there in time.
   */
  abstract atLeast(position: bigint, models?: readonly string[]): Promise<void>;

  /** The position up to which every read model reflects the log. */
  abstract position(): Promise<bigint>;
}

/** The read models have not reached the position; the caller may ask again. */
export class NotFreshError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NotFreshError';
  }
}
