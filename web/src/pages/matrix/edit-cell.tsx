import type { TierTermsContent } from '@domain/change/content.js';
import type { Commitment } from '@domain/terms/terms.js';
import { TargetInput } from '../propose/terms/target-input.js';
import { TARGETS } from '../propose/terms/terms-draft.js';

interface Props {
  readonly tier: TierTermsContent;
  /** As it is in force; undefined: the tier is new. */
  readonly before: TierTermsContent | undefined;
  readonly priority: string;
  readonly coverages: readonly string[];
  readonly onChange: (change: Partial<Commitment>) => void;
}

export const EditCell = ({ tier, before, priority, coverages, onChange }: Props) => {
  const of = (terms: TierTermsContent['terms'] | undefined): Commitment | undefined =>
    terms?.commitments.find((each) => each.priority === priority);
  const [is, was] = [of(tier.terms), of(before?.terms)];
  return (
    <td>
      {TARGETS.map(([field, label]) => (
        <label
          key={field}
          className="cell-field"
          data-changed={(is?.[field] ?? null) !== (was?.[field] ?? null)}
        >
          <span>{label}</span>
          <TargetInput
            label={`${tier.key} ${priority} ${label}`}
            value={is?.[field] ?? null}
            onChange={(value) => onChange({ [field]: value })}
          />
        </label>
      ))}
      <label className="cell-field" data-changed={is?.coverage !== was?.coverage}>
        <span>Coverage</span>
        <select
          aria-label={`${tier.key} ${priority} coverage`}
          value={is?.coverage ?? ''}
          onChange={({ target }) => target.value !== '' && onChange({ coverage: target.value })}
        >
          {is === undefined && <option value="">no commitment</option>}
          {coverages.map((key) => (
            <option key={key}>{key}</option>
          ))}
        </select>
      </label>
    </td>
  );
};
