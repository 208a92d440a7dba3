import { fromLocalField, toLocalField } from '../lib/format.js';
import { Input } from './field.js';

interface Props {
  readonly label: string;
  readonly hint?: string;
  readonly required?: boolean;
  /** An instant in UTC; empty: none. */
  readonly value: string;
  readonly onChange: (next: string) => void;
}

/** An instant, written in the viewer's own zone. */
export const InstantInput = ({ value, onChange, ...rest }: Props) => (
  <Input
    {...rest}
    type="datetime-local"
    value={toLocalField(value)}
    onChange={({ target }) => onChange(fromLocalField(target.value) ?? '')}
  />
);
