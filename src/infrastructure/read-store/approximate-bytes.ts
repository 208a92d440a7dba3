/** What an object, array or property costs besides what it holds, in bytes; measured on V8, rounded up. */
const OVERHEAD = 16;

/** Roughly the memory that a JSON value takes, in bytes. Good enough to bound a cache by. */
export const approximateBytes = (value: unknown): number => {
  if (typeof value === 'string') return OVERHEAD + 2 * value.length;
  if (typeof value !== 'object' || value === null) return OVERHEAD;
  let bytes = 2 * OVERHEAD;
  for (const name in value) bytes += OVERHEAD + approximateBytes((value as Record<string, unknown>)[name]);
  return bytes;
};
