import type { TierTermsContent } from '@domain/change/content.js';
import { fieldDeltas, type FieldDelta } from '@domain/change/field-deltas.js';
import { lintMatrix } from '@domain/matrix/lint.js';
import type { LintWarning } from '@domain/terms/terms.js';
import type { KnownCoverage } from '../../api/coverages.js';
import { isReadable } from '../propose/terms/terms-draft.js';

/** Tiers as somebody is writing them, by key: only what has been touched. */
export type MatrixDraft = Readonly<Record<string, TierTermsContent>>;

/** What a proposal says of a tier, and nothing of where it stands. */
export const tierContent = ({ key, name, rank, terms }: TierTermsContent): TierTermsContent => ({
  key,
  name,
  rank,
  terms,
});

/** The matrix as it would be: the drafts in their places, the new tiers in theirs. */
export const withDraft = (
  tiers: readonly TierTermsContent[],
  draft: MatrixDraft,
): readonly TierTermsContent[] => {
  const known = new Set(tiers.map(({ key }) => key));
  const added = Object.values(draft).filter(({ key }) => !known.has(key));
  return [...tiers.map((tier) => draft[tier.key] ?? tierContent(tier)), ...added].sort(
    (a, b) => b.rank - a.rank,
  );
};

export const withoutTiers = (draft: MatrixDraft, keys: readonly string[]): MatrixDraft =>
  Object.fromEntries(Object.entries(draft).filter(([key]) => !keys.includes(key)));

export const prioritiesOf = (tiers: readonly Pick<TierTermsContent, 'terms'>[]): readonly string[] => [
  ...new Set(tiers.flatMap(({ terms }) => terms.commitments.map(({ priority }) => priority))),
];

export interface TierDelta extends FieldDelta {
  readonly tier: string;
}

/** Everything that the draft would change. */
export const deltasOf = (tiers: readonly TierTermsContent[], draft: MatrixDraft): readonly TierDelta[] =>
  Object.values(draft).flatMap((tier) => {
    const before = tiers.find(({ key }) => key === tier.key);
    return fieldDeltas(before && tierContent(before), tier).map((delta) => ({ tier: tier.key, ...delta }));
  });

/** The warnings of the server, by its own rule, before anything is sent. */
export const lintDraft = (
  tiers: readonly TierTermsContent[],
  coverages: ReadonlyMap<string, KnownCoverage>,
): readonly LintWarning[] =>
  tiers.every(({ terms }) => isReadable(terms))
    ? lintMatrix(tiers, (key) => coverages.get(key)?.content)
    : [];
