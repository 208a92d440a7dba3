/**
 * Runs the work for every item and gives the answers in the items' order: items of one group one after the other,
 * `groupsAtOnce` groups side by side.
 */
export const inGroups = async <T, R>(
  items: readonly T[],
  groupOf: (item: T) => string,
  groupsAtOnce: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> => {
  const groups = new Map<string, [index: number, item: T][]>();
  items.forEach((item, index) => {
    const group = groups.get(groupOf(item));
    if (group) group.push([index, item]);
    else groups.set(groupOf(item), [[index, item]]);
  });
  const results: R[] = [];
  const left = groups.values();
  const worker = async (): Promise<void> => {
    // The iterator is shared: whoever is free takes the next group.
    for (const group of left) for (const [index, item] of group) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(groupsAtOnce, groups.size) }, worker));
  return results;
};
