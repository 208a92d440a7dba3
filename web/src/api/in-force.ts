interface Period {
  readonly from: string;
  readonly to: string | null;
}

/** Of a subject's versions the one that binds at an instant, as known now. */
export const inForceAt = <V extends { readonly periods: readonly Period[] }>(
  versions: readonly V[],
  instant: string = new Date().toISOString(),
): V | undefined =>
  versions.find(({ periods }) =>
    periods.some(({ from, to }) => from <= instant && (to === null || instant < to)),
  );
