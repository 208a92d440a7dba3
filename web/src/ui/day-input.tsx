import { useWritten } from '../lib/written.js';
import { Input } from './field.js';

interface Props {
  readonly label: string;
  /** A day, as `2026-03-03`; empty: none. */
  readonly value: string;
  readonly onChange: (next: string) => void;
}

/** A year that is being typed is one of the first millennium until its last digit. */
const isWhole = (day: string): boolean => day === '' || day >= '1000';

/** A day, picked or typed. The page asks for it once it is whole, and what is being typed stays. */
export const DayInput = ({ label, value, onChange }: Props) => {
  const [text, setText] = useWritten(value);
  return (
    <Input
      label={label}
      type="date"
      value={text}
      onChange={({ target }) => {
        setText(target.value);
        if (target.value !== value && isWhole(target.value)) onChange(target.value);
      }}
    />
  );
};
