interface Moment {
  readonly at?: string | undefined;
  readonly knownAt?: string | undefined;
}

/** Where what a page shows is had as a file, as of the same moment. */
export const exportAddress = (what: 'matrix' | 'exceptions', { at, knownAt }: Moment): string => {
  const query = new URLSearchParams({ ...(at && { at }), ...(knownAt && { knownAt }) }).toString();
  return `/v1/export/${what}.csv${query && `?${query}`}`;
};
