import { EventStoreError } from '../../../application/ports/event-store.js';

const FIRST_PAUSE_MS = 25;
const LONGEST_PAUSE_MS = 1_000;

/** Milliseconds before the next try after `failures` in a row: doubling, with jitter so that clients spread out. */
export const backoffMs = (failures: number, random: () => number = Math.random): number =>
  Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1)) * (0.5 + random() / 2);

/** Resolves after so many milliseconds, or as soon as the signal aborts. */
export const pause = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal?.addEventListener('abort', done);
  });

/** What a promise gives; null as soon as the signal aborts. */
export const unlessAborted = async <T>(promise: Promise<T>, signal: AbortSignal): Promise<T | null> => {
  if (signal.aborted) return null;
  let abort = (): void => undefined;
  const aborted = new Promise<null>((resolve) => {
    abort = () => resolve(null);
    signal.addEventListener('abort', abort);
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
};

/**
 * Waits for an answer no longer than `deadlineMs`: the client leaves reads without a deadline and lets only the server
 * enforce that of an append, so a server that has stopped answering would be waited for for ever.
 */
export const within = async <T>(
  deadlineMs: number,
  promise: Promise<T>,
  expired: () => void = () => undefined,
): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      expired();
      reject(noAnswer(deadlineMs));
    }, deadlineMs);
  });
  try {
    return await Promise.race([promise, deadline]);
  } finally {
    clearTimeout(timer);
  }
};

export const noAnswer = (deadlineMs: number): EventStoreError =>
  new EventStoreError('UNAVAILABLE', `EventStoreDB has not answered for ${deadlineMs} ms.`);
