import { useId } from 'react';
import { targetError } from './terms-draft.js';

interface Props {
  readonly label: string;
  readonly value: string | null;
  readonly onChange: (next: string | null) => void;
}

/** A length of promised time; empty: not promised. What cannot be read is said beside it. */
export const TargetInput = ({ label, value, onChange }: Props) => {
  const id = useId();
  const error = targetError(value);
  return (
    <span className="target">
      <input
        aria-label={label}
        aria-invalid={error !== null}
        aria-describedby={error === null ? undefined : id}
        value={value ?? ''}
        placeholder="not promised"
        onChange={({ target }) => onChange(target.value === '' ? null : target.value)}
      />
      {error !== null && (
        <span id={id} className="fault">
          {error}
        </span>
      )}
    </span>
  );
};
