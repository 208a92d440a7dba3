import { invalid } from '../shared/domain-error.js';
import type { DurationText } from './terms.js';

export type DurationUnit = 'minute' | 'hour' | 'day';

/** A length of promised time. A day is as long as the coverage's `dayLength`. */
export interface Duration {
  readonly value: number;
  readonly unit: DurationUnit;
}

const NOT_PROMISED = new Set([
  '',
  '-',
  '–',
  '—',
  'n/a',
  'na',
  'n.a.',
  'none',
  'not promised',
  'not applicable',
]);
const UNIT_OF: Readonly<Record<string, DurationUnit>> = { m: 'minute', h: 'hour', d: 'day' };
const NUMBER = String.raw`(\d{1,9}(?:\.\d{1,4})?)`;
const AMOUNT = new RegExp(
  String.raw`^${NUMBER} ?(?:(?:business|working|work|covered) )?(m|mins?|minutes?|h|hrs?|hours?|d|days?)$`,
);
const HOURS_AND_MINUTES = /^(\d{1,9}) ?(?:h|hrs?|hours?),?(?: and)? ?(\d{1,9}) ?(?:m|mins?|minutes?)$/;
const ISO = new RegExp(`^p(?:${NUMBER}d)?(?:t(?:${NUMBER}h)?(?:${NUMBER}m)?)?$`);
const WEEKS = /^p?\d+(\.\d+)? ?(w|wks?|weeks?)$/;

const MAX_TEXT = 60;
/** Ten years around the clock: more is a slip of the pen. */
const MAX_MINUTES = 3660 * 1440;
const FORMS = '30m, 8h, 1.5h, 1h 30m, 5d, 1 business day, PT4H or P2D; N/A where nothing is promised';

/**
 * Reads a duration as people write them. `null`: not promised (`N/A`, `-`, empty).
 *
 * @throws DomainError INVALID_INPUT at `path`
 */
export const parseDuration = (text: DurationText, path: readonly string[]): Duration | null => {
  const written = text.trim();
  const normal = written.length > MAX_TEXT ? '?' : written.toLowerCase().replace(/\s+/gu, ' ');
  if (NOT_PROMISED.has(normal)) return null;
  const refuse = (why: string) => invalid(path, `${JSON.stringify(written.slice(0, MAX_TEXT))} ${why}`);
  if (/^[-−] ?p?t?\d/.test(normal)) throw refuse('is negative. A target lies ahead.');
  if (WEEKS.test(normal)) throw refuse('could mean five days a week or seven. Write it in days: 5d or 7d.');
  const duration = readAmount(normal) ?? readHoursAndMinutes(normal) ?? readIso(normal);
  if (duration === null) throw refuse(`is not a duration. Write it as ${FORMS}.`);
  if (duration.value === 0) throw refuse('is no time at all. Write N/A where nothing is promised.');
  if (!isExact(duration)) throw refuse('does not come to whole minutes or to quarters of a day.');
  if (durationMinutes(duration, 1440) > MAX_MINUTES) throw refuse('is longer than ten years.');
  return duration;
};

/** @param dayLengthMinutes what a day counts, see `dayLengthMinutes` of the coverage */
export const durationMinutes = ({ value, unit }: Duration, dayLengthMinutes: number): number => {
  switch (unit) {
    case 'minute':
      return value;
    case 'hour':
      return Math.round(value * 60);
    case 'day':
      return value * dayLengthMinutes;
  }
};

/** In words: `1 day`, `8 hours`. Reads back as the same duration. */
export const durationInWords = ({ value, unit }: Duration): string =>
  `${value} ${unit}${value === 1 ? '' : 's'}`;

const readAmount = (text: string): Duration | null => {
  const [, value, unit] = AMOUNT.exec(text) ?? [];
  return duration(value, UNIT_OF[unit?.[0] ?? '']);
};

const readHoursAndMinutes = (text: string): Duration | null => {
  const [, hours, minutes] = HOURS_AND_MINUTES.exec(text) ?? [];
  return hours === undefined ? null : { value: Number(hours) * 60 + Number(minutes), unit: 'minute' };
};

/** Days beside hours are refused: one of them counts office days, the other covered time. */
const readIso = (text: string): Duration | null => {
  const [, days, hours, minutes] = ISO.exec(text) ?? [];
  if (days !== undefined) return (hours ?? minutes) ? null : duration(days, 'day');
  if (hours !== undefined && minutes !== undefined)
    return { value: Number(hours) * 60 + Number(minutes), unit: 'minute' };
  return duration(hours, 'hour') ?? duration(minutes, 'minute');
};

const duration = (value: string | undefined, unit: DurationUnit | undefined): Duration | null =>
  value === undefined || unit === undefined ? null : { value: Number(value), unit };

/** Deadlines compare exact remainders: nothing that a binary fraction of a minute would only approach. */
const isExact = ({ value, unit }: Duration): boolean => {
  if (unit === 'day') return Number.isInteger(value * 4);
  const minutes = unit === 'hour' ? value * 60 : value;
  return Math.abs(minutes - Math.round(minutes)) < 1e-6 && (unit === 'hour' || Number.isInteger(value));
};
