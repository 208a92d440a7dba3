import type { ChangeContent, WeeklyWindow } from './content.js';

/** One difference between two contents. null: it is not there. */
export interface FieldDelta {
  /** Where the field lies in the content: `terms.commitments.P1.firstResponse`. */
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What a version says other than the one before it; null: there is none. */
export const contentDeltas = (
  before: ChangeContent | null,
  after: ChangeContent | null,
): readonly FieldDelta[] => fieldDeltas(before && after ? keptBy(before, after) : before, after);

/** A remap that names no name leaves the one the customer has. */
const keptBy = (before: ChangeContent, after: ChangeContent): ChangeContent => {
  if (!('toTier' in before) || !('toTier' in after) || after.customerName !== undefined) return before;
  const { customerName: _, ...rest } = before;
  return rest;
};

/**
 * What differs between two contents of any kind, leaf by leaf. Lists of things with a name of their own (commitments,
 * channels) are compared by that name, so that inserting one does not make all the others differ.
 */
export const fieldDeltas = (before: unknown, after: unknown): readonly FieldDelta[] => {
  const was = leavesOf(before);
  const is = leavesOf(after);
  const deltas: FieldDelta[] = [];
  for (const path of new Set([...was.keys(), ...is.keys()])) {
    const [from, to] = [was.get(path) ?? null, is.get(path) ?? null];
    if (from !== to) deltas.push({ path, before: from, after: to });
  }
  return deltas;
};

/** Every leaf of a content by its path, as people read it. */
export const leavesOf = (content: unknown): ReadonlyMap<string, string> =>
  collect(content, '', new Map<string, string>());

const collect = (value: unknown, path: string, found: Map<string, string>): Map<string, string> => {
  if (value === null || value === undefined) return found;
  if (typeof value !== 'object') return found.set(path, plain(value));
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object'))
    return value.length === 0 ? found : found.set(path, value.join(', '));
  if (Array.isArray(value) && value.every(isWindow)) {
    for (const { day, start, end } of value) {
      const key = `${path}.${DAYS[day - 1] ?? day}`;
      const others = found.get(key);
      found.set(key, `${others === undefined ? '' : `${others}, `}${start}–${end}`);
    }
    return found;
  }
  for (const [key, item] of Object.entries(value)) {
    const name = Array.isArray(value) ? (nameOf(item) ?? key) : key;
    collect(item, path === '' ? name : `${path}.${name}`, found);
  }
  return found;
};

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Hours of a week are compared day by day: `windows.Mon` is `09:00–12:00, 13:00–17:00`. */
const isWindow = (item: unknown): item is WeeklyWindow =>
  typeof item === 'object' && item !== null && 'day' in item && 'start' in item && 'end' in item;

/** What an item of a list is called, if it has a name of its own. */
export const nameOf = (item: unknown): string | null => {
  if (typeof item !== 'object' || item === null) return null;
  if ('priority' in item) return String(item.priority);
  return 'channel' in item ? String(item.channel) : null;
};

/** A leaf of JSON as people read it. */
export const plain = (leaf: unknown): string => (typeof leaf === 'string' ? leaf : JSON.stringify(leaf));
