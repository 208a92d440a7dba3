import type { TierTermsContent } from '@domain/change/content.js';
import { Input } from '../../ui/field.js';
import { NumberInput } from '../../ui/number-input.js';

interface Props {
  readonly tier: TierTermsContent;
  readonly onChange: (next: TierTermsContent) => void;
}

export const NameAndRank = ({ tier, onChange }: Props) => (
  <div className="grid-2">
    <Input
      label="Name"
      required
      value={tier.name}
      onChange={({ target }) => onChange({ ...tier, name: target.value })}
    />
    <NumberInput
      label="Rank"
      required
      whole
      hint="Higher is better service."
      value={tier.rank}
      onChange={(rank) => rank !== null && onChange({ ...tier, rank })}
    />
  </div>
);
