import { atLeast } from '../../api/freshness.js';
import { useAsk } from '../../api/hooks.js';
import { Select } from '../../ui/field.js';
import { Matrix } from '../matrix/matrix.graphql.js';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly onChange: (next: string) => void;
}

/** One of the tiers in force; one that no longer is stays chosen until another is. */
export const TierSelect = ({ label, value, onChange }: Props) => {
  const { data } = useAsk(Matrix, { atLeast: atLeast() }, { keep: true });
  const tiers = data?.matrix.tiers ?? [];
  const isKnown = value === '' || tiers.some(({ key }) => key === value);
  return (
    <Select
      label={label}
      required
      options={[
        ['', 'Choose …'],
        ...tiers.map(({ key, name }) => [key, `${name} (${key})`] as const),
        ...(isKnown ? [] : [[value, value] as const]),
      ]}
      value={value}
      onChange={({ target }) => onChange(target.value)}
    />
  );
};
