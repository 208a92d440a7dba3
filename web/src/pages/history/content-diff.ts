export interface ContentDelta {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Every leaf of a content by its path; what has a name of its own (a priority, a channel) goes by it, not by its place. */
const leaves = (value: unknown, path = ''): readonly (readonly [string, string])[] => {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value))
    return value.flatMap((each: unknown, index) =>
      leaves(each, `${path} ${nameOf(each) ?? index + 1}`.trim()),
    );
  if (typeof value === 'object')
    return Object.entries(value).flatMap(([key, each]) => leaves(each, `${path} ${key}`.trim()));
  return [[path, typeof value === 'string' ? value : JSON.stringify(value)]];
};

const nameOf = (value: unknown): string | null => {
  if (typeof value !== 'object' || value === null) return null;
  const named = value as { readonly priority?: string; readonly channel?: string };
  return named.priority ?? named.channel ?? null;
};

/** What differs between two approved contents. */
export const contentDiff = (before: unknown, after: unknown): readonly ContentDelta[] => {
  const [was, is] = [new Map(leaves(before)), new Map(leaves(after))];
  const paths = [...new Set([...was.keys(), ...is.keys()])];
  return paths
    .filter((path) => was.get(path) !== is.get(path))
    .map((path) => ({ path, before: was.get(path) ?? null, after: is.get(path) ?? null }));
};
