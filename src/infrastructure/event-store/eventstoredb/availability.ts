import { EventStoreError } from '../../../application/ports/event-store.js';
import { isUnavailable, toEventStoreError } from './eventstoredb-errors.js';
import { backoffMs, pause } from './patience.js';

/**
 * What the calls of one store know together about whether the log can be reached. Patience is with an outage, not with
 * each call that meets it: a short one is waited out, and during a long one callers learn at once that there is nothing
 * to wait for, while one of them at a time finds out whether it is over.
 */
export class Availability {
  /** Of `performance.now()`. Null: the last that was heard was an answer. */
  private awaySince: number | null = null;
  private reason: EventStoreError | null = null;
  private probing = false;

  /** @param patienceMs how long an outage is waited out, in milliseconds */
  constructor(
    private readonly patienceMs: number,
    private readonly closing: AbortSignal,
  ) {}

  /** Tries again while the log cannot be reached. @throws EventStoreError the last try's, in the words of the port */
  async patiently<T>(attempt: () => Promise<T>): Promise<T> {
    if (this.isLong) return this.probe(attempt);
    const end = performance.now() + this.patienceMs;
    for (let failures = 1; ; failures += 1) {
      try {
        return await this.observed(attempt);
      } catch (error) {
        if (!isUnavailable(error) || this.closing.aborted || this.isLong || performance.now() >= end)
          throw error;
        await pause(backoffMs(failures), this.closing);
      }
    }
  }

  /** One try, whatever is known. @throws as {@link patiently} */
  async observed<T>(attempt: () => Promise<T>): Promise<T> {
    try {
      const given = await attempt();
      this.awaySince = null;
      return given;
    } catch (cause) {
      const error = toEventStoreError(cause);
      // A refusal is an answer too.
      if (isUnavailable(error)) {
        this.awaySince ??= performance.now();
        this.reason = error;
      } else this.awaySince = null;
      throw error;
    }
  }

  private get isLong(): boolean {
    return this.awaySince !== null && performance.now() - this.awaySince >= this.patienceMs;
  }

  private async probe<T>(attempt: () => Promise<T>): Promise<T> {
    if (this.probing && this.reason) throw new EventStoreError('UNAVAILABLE', this.reason.message);
    this.probing = true;
    try {
      return await this.observed(attempt);
    } finally {
      this.probing = false;
    }
  }
}
