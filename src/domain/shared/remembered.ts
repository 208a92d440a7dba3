const MOST = 10_000;

/**
 * The same pure function, but what it gave for the same two texts is not worked out again: contracts and sheets
 * name few different days many times over, and calendars are dear (some 20 µs a day). What it throws is not remembered.
 */
export const remembered = <A extends string, B extends string, T>(
  compute: (a: A, b: B) => T,
): ((a: A, b: B) => T) => {
  const known = new Map<B, Map<A, T>>();
  return (a, b) => {
    const ofB = known.get(b) ?? new Map<A, T>();
    const found = ofB.get(a);
    if (found !== undefined) return found;
    const result = compute(a, b);
    if (ofB.size >= MOST) ofB.clear();
    if (known.size >= MOST) known.clear();
    known.set(b, ofB.set(a, result));
    return result;
  };
};
