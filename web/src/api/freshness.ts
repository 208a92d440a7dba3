const KEY = 'sla:reached';

/**
 * The furthest place in the log that this tab has written to or heard of: what it then reads is at least that new, after
 * a reload too.
 */
export const atLeast = (): string | null => sessionStorage.getItem(KEY);

export const noteReached = (position: string | null | undefined): void => {
  const reached = atLeast();
  if (position != null && (reached === null || position > reached)) sessionStorage.setItem(KEY, position);
};

/** A log that never gets there is another log: waiting for it again would lead nowhere. */
export const forgetReached = (): void => sessionStorage.removeItem(KEY);
