import { Button } from '../../ui/button.js';
import { targetError, termsInput } from '../matrix/matrix-draft.js';
import type { TierView } from '../matrix/matrix.graphql.js';

export type Overrides = ReturnType<typeof termsInput> | null;

interface Props {
  readonly tier: TierView | undefined;
  readonly value: Overrides;
  readonly onChange: (next: Overrides) => void;
}

const FIELDS = [
  ['firstResponse', 'first response'],
  ['resolution', 'resolution'],
] as const;

/** Terms of this contract alone. They begin as the tier's, so that what differs was meant to. */
export const OverridesEditor = ({ tier, value, onChange }: Props) => {
  if (value === null)
    return (
      <div className="row">
        <Button size="small" disabled={!tier} onClick={() => tier && onChange(termsInput(tier.terms))}>
          Agree on own terms …
        </Button>
        <span className="soft small">Otherwise the tier’s terms hold, as they change.</span>
      </div>
    );
  return (
    <div className="stack tight">
      <div className="row apart">
        <h3>Own terms</h3>
        <Button size="small" onClick={() => onChange(null)}>
          Back to the tier’s
        </Button>
      </div>
      {value.commitments.map((commitment, index) => (
        <div key={commitment.priority} className="row">
          <strong className="priority">{commitment.priority}</strong>
          {FIELDS.map(([field, words]) => (
            <input
              key={field}
              className="short"
              aria-label={`${commitment.priority} ${words}`}
              aria-invalid={targetError(commitment[field] ?? null) !== null}
              placeholder={`${words}: not promised`}
              value={commitment[field] ?? ''}
              onChange={({ target }) =>
                onChange({
                  ...value,
                  commitments: value.commitments.map((each, place) =>
                    place === index ? { ...each, [field]: target.value || null } : each,
                  ),
                })
              }
            />
          ))}
          <span className="soft small">{commitment.coverage}</span>
        </div>
      ))}
    </div>
  );
};
