const FIRST_MS = 50;
const LONGEST_MS = 10_000;

/** Milliseconds to wait after so many failures in a row: doubled each time, between half and all of it. */
export const backoffMs = (failures: number, random: () => number = Math.random): number =>
  Math.min(FIRST_MS * 2 ** failures, LONGEST_MS) * (0.5 + random() / 2);

/** Waits; returns early when `signal` aborts. */
export const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
  });
