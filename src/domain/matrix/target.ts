import type { CoverageContent } from '../change/content.js';
import { dayLengthMinutes } from '../coverage/day-length.js';
import { opensWhenever } from '../coverage/opens-whenever.js';
import { durationMinutes, parseDuration } from '../terms/duration.js';
import type { Commitment } from '../terms/terms.js';

export const TARGET_FIELDS = ['firstResponse', 'nextUpdate', 'resolution'] as const;
export type TargetField = (typeof TARGET_FIELDS)[number];

/** One promised time, ready to be compared. */
export interface Target {
  readonly text: string | null;
  /** Covered time; Infinity where nothing is promised. */
  readonly minutes: number;
  readonly coverage: CoverageContent;
}

export const targetOf = (commitment: Commitment, field: TargetField, coverage: CoverageContent): Target => {
  const text = commitment[field];
  const duration = text === null ? null : parseDuration(text, [field]);
  return {
    text,
    minutes: duration === null ? Infinity : durationMinutes(duration, dayLengthMinutes(coverage)),
    coverage,
  };
};

/**
 * More covered time is surely slower only where the other clock never stands still while this one runs. So 24h of
 * office hours are slower than 8h around the clock, but 8h around the clock are not called slower than 4h of
 * office hours: on a Friday evening they are not. What is not promised is slower than anything that is.
 */
export const surelySlower = (target: Target, than: Target): boolean =>
  target.minutes > than.minutes && (target.text === null || opensWhenever(than.coverage, target.coverage));
