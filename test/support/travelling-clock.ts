import { Clock } from '../../src/application/ports/clock.js';
import { instantOf, type Instant } from '../../src/domain/shared/instant.js';

const DAY_MS = 24 * 3_600_000;

/** The machine's clock, as much later as a test has gone on. */
export class TravellingClock extends Clock {
  private ahead = 0;

  now(): Instant {
    return instantOf(Date.now() + this.ahead);
  }

  goOn(days: number): void {
    this.ahead += days * DAY_MS;
  }
}
