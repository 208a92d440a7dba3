import type { DeliveryFailure } from '../../domain/webhook/webhook.events.js';
import type { DeliveryProgress, Progress } from './delivery-progress.js';

/** Acknowledged entries that may be sent again after a crash: so many, or those of so many milliseconds. */
const UNRECORDED = { entries: 50, ms: 1_000 };

/** Entries in a row: each that is dealt with moves the place on, which is recorded every now and then. */
export class Run {
  private unrecorded = 0;
  private since = performance.now();

  constructor(
    private readonly record: DeliveryProgress,
    /** As recorded, and as it will be. */
    public progress: Progress,
  ) {}

  /** The entry at this position is acknowledged or given up. */
  async through(position: string): Promise<void> {
    if (this.unrecorded++ === 0) this.since = performance.now();
    this.progress = { ...this.progress, position, failure: null };
    if (this.unrecorded >= UNRECORDED.entries || performance.now() - this.since >= UNRECORDED.ms)
      await this.write(null);
  }

  /** The entry after the last one that was dealt with could not be delivered. */
  async failed(failure: DeliveryFailure): Promise<void> {
    await this.write(failure);
  }

  /** Records what is not yet. */
  async end(): Promise<Progress> {
    if (this.unrecorded > 0) await this.write(null);
    return this.progress;
  }

  private async write(failure: DeliveryFailure | null): Promise<void> {
    this.unrecorded = 0;
    this.progress = await this.record.record(this.progress, this.progress.position, failure);
  }
}
