import type { CoverageContent } from '../change/content.js';
import { durationMinutes, parseDuration } from '../terms/duration.js';
import { DAY_MINUTES, lengthOf, openingsOfDay } from './week-pattern.js';

/**
 * What "a day" counts under a coverage, in minutes: what it says itself, else the length of a normal working day,
 * which is the most frequent one (of two equally frequent, the longer). Around the clock that is 24 hours.
 */
export const dayLengthMinutes = ({ windows, dayLength }: CoverageContent): number => {
  const own = dayLength === undefined ? null : parseDuration(dayLength, ['dayLength']);
  if (own !== null) return durationMinutes(own, DAY_MINUTES);
  const frequency = new Map<number, number>();
  for (const day of [1, 2, 3, 4, 5, 6, 7]) {
    const length = Math.min(DAY_MINUTES, lengthOf(openingsOfDay(windows, day)));
    if (length > 0) frequency.set(length, (frequency.get(length) ?? 0) + 1);
  }
  const [normal] = [...frequency].sort(([a, often], [b, oftener]) => oftener - often || b - a);
  return normal?.[0] ?? DAY_MINUTES;
};
