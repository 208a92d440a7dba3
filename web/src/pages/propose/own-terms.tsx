import type { Terms } from '@domain/terms/terms.js';
import { Button } from '../../ui/button.js';
import { TermsEditor } from './terms/terms-editor.js';

interface Props {
  /** Of the contracted tier, once one is chosen. */
  readonly tierTerms: Terms | undefined;
  readonly value: Terms | undefined;
  readonly onChange: (next: Terms | undefined) => void;
}

/** Terms of one contract alone. The commitments begin as the tier's, so that what differs was meant to. */
export const OwnTerms = ({ tierTerms, value, onChange }: Props) =>
  value === undefined ? (
    <div className="row">
      <Button
        size="small"
        disabled={!tierTerms}
        onClick={() =>
          tierTerms && onChange({ commitments: tierTerms.commitments, channels: [], features: [] })
        }
      >
        Agree on own terms …
      </Button>
      <span className="soft small">Otherwise the tier’s terms hold, as they change.</span>
    </div>
  ) : (
    <section className="stack inset" aria-label="Own terms">
      <div className="row apart">
        <h2>Own terms</h2>
        <Button size="small" onClick={() => onChange(undefined)}>
          Back to the tier’s
        </Button>
      </div>
      <p className="soft small">
        They hold instead of the tier’s, as written here. What you leave out (a priority, the channels, a
        percentage, the features) stays as the tier promises it.
      </p>
      <TermsEditor terms={value} onChange={onChange} />
    </section>
  );
