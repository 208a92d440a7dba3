import type { Instant } from '../../domain/shared/instant.js';

/** The only source of "now". */
export abstract class Clock {
  abstract now(): Instant;
}
