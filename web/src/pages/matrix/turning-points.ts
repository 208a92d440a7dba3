import { formatInstant } from '../../lib/format.js';

/** A place where the slider can stand. */
export interface Stop {
  /** null: now. */
  readonly at: string | null;
  /** What turns then, in words; empty for now. */
  readonly what: string;
  readonly isScheduled: boolean;
}

interface TurningPoint {
  readonly at: string;
  readonly subjects: readonly { readonly kind: string; readonly id: string }[];
}

/**
 * When the matrix turned and will turn, with now in its place among them. What lies before the first tier shows nothing,
 * so it is left out.
 */
export const stopsOf = (points: readonly TurningPoint[], now: string): readonly Stop[] => {
  const first = points.findIndex(({ subjects }) => subjects.some(({ kind }) => kind === 'TIER'));
  const stops = (first < 0 ? [] : points.slice(first)).map(({ at, subjects }) => ({
    at,
    what: subjects.map(({ id }) => id).join(', '),
    isScheduled: at > now,
  }));
  const past = stops.filter(({ isScheduled }) => !isScheduled);
  return [...past, { at: null, what: '', isScheduled: false }, ...stops.slice(past.length)];
};

/**
 * The stop that shows the same matrix as an address does: the last turn up to its instant.
 *
 * @param instant as the server settled it; undefined: the address names none, and means now
 */
export const stopAt = (stops: readonly Stop[], instant: string | undefined): number => {
  const present = stops.findIndex(({ at }) => at === null);
  if (instant === undefined) return present;
  const last = stops.findLastIndex(({ at }) => at !== null && at <= instant);
  return Math.max(0, last);
};

/** As it is read out. */
export const stopInWords = ({ at, what, isScheduled }: Stop): string => {
  if (at === null) return 'Now';
  return `${formatInstant(at)}${isScheduled ? ', scheduled' : ''}: ${what}`;
};
