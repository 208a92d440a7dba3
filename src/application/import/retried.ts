import { setTimeout } from 'node:timers/promises';
import { EventStoreError } from '../ports/event-store.js';
import { NotFreshError } from '../ports/freshness.js';
import { ReadStoreError } from '../ports/read-store.js';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;

export interface Retrying {
  /** Whether a failure goes away by itself; any other is final. */
  readonly isPassing: (error: unknown) => boolean;
  /** Told of every failure that is waited out. */
  readonly onError: (error: unknown) => void;
  readonly signal: AbortSignal;
}

/**
 * Tries until it succeeds, with growing pauses; null: aborted. Rejects with a failure that does not pass.
 *
 * @param work may tell that it has got on, which makes the next pause short again
 */
export const retried = async <T>(
  work: (gotOn: () => void) => Promise<T>,
  { isPassing, onError, signal }: Retrying,
): Promise<T | null> => {
  let pause = FIRST_PAUSE_MS;
  while (!signal.aborted)
    try {
      return await work(() => (pause = FIRST_PAUSE_MS));
    } catch (error) {
      if (signal.aborted) break;
      if (!isPassing(error)) throw error;
      onError(error);
      await setTimeout(pause, undefined, { signal }).catch(cutShort);
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    }
  return null;
};

/** Stopping ends the pause; the loop sees it. */
const cutShort = (): void => undefined;

/** Stores out of reach, or read models behind: anything else would fail again the same way. */
export const isPassing = (error: unknown): boolean =>
  (error instanceof EventStoreError && error.kind === 'UNAVAILABLE') ||
  error instanceof ReadStoreError ||
  error instanceof NotFreshError;
