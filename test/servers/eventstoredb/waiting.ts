/** Runs at once, or after so many milliseconds. */
export const afterDelay = (milliseconds: number, run: () => void): void => {
  if (milliseconds > 0) setTimeout(run, milliseconds);
  else run();
};

export const delay = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
