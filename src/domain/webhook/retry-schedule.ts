const FIRST_PAUSE_MS = 5_000;
const FACTOR = 3;
const JITTER = 0.2;

/** Attempts at one entry, the first included; the last comes about 13 hours and 40 minutes after the first. */
export const MOST_ATTEMPTS = 10;

/**
 * Milliseconds to wait after so many failed attempts; null: that was the last one. Triples each time, from 5 seconds to
 * 9 hours, give or take a fifth, so that receivers which failed together are not all tried again together.
 *
 * @param random from 0 (inclusive) to 1
 */
export const pauseAfter = (attempts: number, random: number): number | null => {
  if (attempts >= MOST_ATTEMPTS) return null;
  const spread = 1 + JITTER * (2 * random - 1);
  return Math.round(FIRST_PAUSE_MS * FACTOR ** (attempts - 1) * spread);
};
