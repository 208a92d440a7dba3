import { Clock } from '../application/ports/clock.js';
import type { Instant } from '../domain/shared/instant.js';
import { instantOf } from '../domain/shared/instant.js';

/** The machine's clock, to the millisecond. */
export class SystemClock extends Clock {
  private epoch = NaN;
  private instant: Instant = '';

  /** Many are asked for within one millisecond, and writing an instant takes longer than reading the clock. */
  now(): Instant {
    const epoch = Date.now();
    if (epoch !== this.epoch) {
      this.epoch = epoch;
      this.instant = instantOf(epoch);
    }
    return this.instant;
  }
}
