import type { ChangeContent, TierTermsContent } from '@domain/change/content.js';
import { atLeast } from '../../api/freshness.js';
import { useAsk } from '../../api/hooks.js';
import { useCoverageKeys } from '../../api/coverage-keys.js';
import { useCoverages } from '../../api/coverages.js';
import { lintDraft, withDraft } from '../matrix/matrix-draft.js';
import { Matrix } from '../matrix/matrix.graphql.js';
import { WarningList } from '../matrix/warning-list.js';

/** What looks unintended about a tier being written, beside the rest of the matrix. */
export const DraftWarnings = ({ content }: { readonly content: ChangeContent }) =>
  'terms' in content ? <TierWarnings tier={content} /> : null;

const TierWarnings = ({ tier }: { readonly tier: TierTermsContent }) => {
  const { data } = useAsk(Matrix, { atLeast: atLeast() }, { keep: true });
  const coverages = useCoverages(useCoverageKeys());
  if (!data) return null;
  const matrix = withDraft(data.matrix.tiers, { [tier.key]: tier });
  return (
    <WarningList warnings={lintDraft(matrix, coverages).filter((warning) => warning.tier === tier.key)} />
  );
};
