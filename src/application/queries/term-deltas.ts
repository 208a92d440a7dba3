import { identifierKey } from '../../domain/shared/identifier.js';
import type { Commitment, Terms } from '../../domain/terms/terms.js';
import type { FieldDelta } from './views.js';

interface Named {
  readonly name: string;
  readonly rank: number;
  readonly terms: Terms;
}

interface TermDelta {
  readonly priority: string | null;
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
}

const COMMITMENT_FIELDS = ['firstResponse', 'nextUpdate', 'resolution', 'coverage'] as const;
const TERM_FIELDS = [
  'uptimePercent',
  'achievementPercent',
  'credits',
  'channels',
  'features',
  'notes',
] as const;

/** What differs between two states of a tier, commitment by commitment; null: it is not there. */
export const termDeltas = (before: Named | null, after: Named | null): readonly TermDelta[] => {
  const deltas: TermDelta[] = [];
  const add = (priority: string | null, field: string, was: unknown, is: unknown): void => {
    const [from, to] = [text(was), text(is)];
    if (from !== to) deltas.push({ priority, field, before: from, after: to });
  };
  add(null, 'name', before?.name, after?.name);
  add(null, 'rank', before?.rank, after?.rank);
  const was = byPriority(before?.terms);
  const is = byPriority(after?.terms);
  for (const key of new Set([...was.keys(), ...is.keys()])) {
    const [from, to] = [was.get(key), is.get(key)];
    const priority = to?.priority ?? from?.priority ?? key;
    for (const field of COMMITMENT_FIELDS) add(priority, field, from?.[field], to?.[field]);
  }
  for (const field of TERM_FIELDS) add(null, field, before?.terms[field], after?.terms[field]);
  return deltas;
};

/**
 * What differs between two contents of any kind, leaf by leaf. Lists of things with a name of their own (commitments,
 * channels, windows of a day) are compared by that name, so that inserting one does not make all the others differ.
 */
export const fieldDeltas = (before: unknown, after: unknown): readonly FieldDelta[] => {
  const was = leaves(before);
  const is = leaves(after);
  const deltas: FieldDelta[] = [];
  for (const path of new Set([...was.keys(), ...is.keys()])) {
    const [from, to] = [was.get(path) ?? null, is.get(path) ?? null];
    if (from !== to) deltas.push({ path, before: from, after: to });
  }
  return deltas;
};

const leaves = (value: unknown, path = '', found = new Map<string, string>()): Map<string, string> => {
  if (value === null || value === undefined) return found;
  if (typeof value !== 'object') return found.set(path, plain(value));
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object'))
    return value.length === 0 ? found : found.set(path, value.join(', '));
  for (const [key, item] of Object.entries(value)) {
    const name = Array.isArray(value) ? nameOf(item, key) : key;
    leaves(item, path === '' ? name : `${path}.${name}`, found);
  }
  return found;
};

const nameOf = (item: unknown, index: string): string => {
  if (typeof item !== 'object' || item === null) return index;
  if ('priority' in item) return String(item.priority);
  return 'channel' in item ? String(item.channel) : index;
};

const byPriority = (terms: Terms | undefined): ReadonlyMap<string, Commitment> =>
  new Map(terms?.commitments.map((commitment) => [identifierKey(commitment.priority), commitment]));

const text = (value: unknown): string | null => {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value) && value.length === 0) return null;
  return typeof value === 'object'
    ? [...leaves(value)].map(([path, leaf]) => `${path}: ${leaf}`).join('; ')
    : plain(value);
};

/** A leaf of JSON as people read it. */
const plain = (leaf: unknown): string => (typeof leaf === 'string' ? leaf : JSON.stringify(leaf));
