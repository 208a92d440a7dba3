import { leavesOf, plain } from '../../domain/change/field-deltas.js';
import { identifierKey } from '../../domain/shared/identifier.js';
import type { Commitment, Terms } from '../../domain/terms/terms.js';

/** What a tier says while it is in force. */
export interface Named {
  readonly name: string;
  readonly rank: number;
  readonly terms: Terms;
}

export interface TermDelta {
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

const byPriority = (terms: Terms | undefined): ReadonlyMap<string, Commitment> =>
  new Map(terms?.commitments.map((commitment) => [identifierKey(commitment.priority), commitment]));

const text = (value: unknown): string | null => {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value) && value.length === 0) return null;
  return typeof value === 'object'
    ? [...leavesOf(value)].map(([path, leaf]) => (path === '' ? leaf : `${path}: ${leaf}`)).join('; ')
    : plain(value);
};
