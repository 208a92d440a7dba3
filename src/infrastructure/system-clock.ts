import { Clock } from '../application/ports/clock.js';
import type { Instant } from '../domain/shared/instant.js';
import { instantOf } from '../domain/shared/instant.js';

/** The machine's clock, to the millisecond. */
export class SystemClock extends Clock {
  now(): Instant {
    return instantOf(Date.now());
  }
}
