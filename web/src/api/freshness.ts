/** The furthest place in the log that this page has written to: what it then reads is at least that new. */
let reached: string | null = null;

export const noteReached = (position: string | null | undefined): void => {
  if (position != null && (reached === null || position > reached)) reached = position;
};

export const atLeast = (): string | null => reached;
