/** Runs in a later turn of the event loop, or after so many milliseconds. */
export const afterDelay = (milliseconds: number, run: () => void): void => {
  if (milliseconds > 0) setTimeout(run, milliseconds);
  else setImmediate(run);
};

export const delay = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
