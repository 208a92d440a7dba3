import { inWords } from '../../lib/format.js';

export const KINDS = ['TIER', 'CUSTOMER', 'CONTRACT', 'COVERAGE', 'APPROVAL_POLICY'] as const;

/** Whose versions are shown. */
export interface HistorySubject {
  readonly kind: (typeof KINDS)[number];
  readonly id: string;
}

/** What a version made of its subject, in a word: the tier's name, the tier mapped to, the side that binds. */
export const contentName = (content: unknown): string => {
  const { name, toTier, tier, binds } = content as Readonly<Record<string, string | undefined>>;
  return name ?? toTier ?? tier ?? (binds === undefined ? '' : `waiver: ${inWords(binds).toLowerCase()}`);
};
