/** What a filter says, less what it leaves open: null and absent are one. */
export type Given<T> = { [K in keyof T]?: Exclude<T[K], null> };

export const given = <T extends object>(filter: T | null | undefined): Given<T> =>
  Object.fromEntries(
    Object.entries(filter ?? {}).filter(([, value]) => value !== null && value !== undefined),
  ) as Given<T>;
