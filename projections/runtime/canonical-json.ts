/** JSON with the members of every object in the order of their names: equal values, equal bytes. */
export const canonicalJson = (value: unknown): string => JSON.stringify(value, sorted) ?? 'null';

const sorted = (_name: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
