const FIRST_PAUSE_MS = 5_000;
const FACTOR = 3;
const JITTER = 0.2;
const HOUR_MS = 3_600_000;
/** The longest pause that a receiver may ask for. */
const MOST_ASKED_MS = 24 * HOUR_MS;

/** Attempts at one entry, the first included; the last comes about 13 hours and 40 minutes after the first, or later if the receiver asks for it. */
export const MOST_ATTEMPTS = 10;

/**
 * Milliseconds to wait after so many failed attempts; null: that was the last one. Triples each time, from 5 seconds to
 * 9 hours, give or take a fifth, so that receivers which failed together are not all tried again together. A receiver may
 * ask for more, up to a day, and not for less.
 *
 * @param random from 0 (inclusive) to 1
 * @param asked milliseconds that the receiver wants to be left alone
 */
export const pauseAfter = (attempts: number, random: number, asked = 0): number | null => {
  if (attempts >= MOST_ATTEMPTS) return null;
  const spread = 1 + JITTER * (2 * random - 1);
  const pause = Math.round(FIRST_PAUSE_MS * FACTOR ** (attempts - 1) * spread);
  return Math.max(pause, Math.min(asked, MOST_ASKED_MS));
};
