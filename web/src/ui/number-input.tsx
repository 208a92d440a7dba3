import { useState } from 'react';
import { Input } from './field.js';

interface Props {
  readonly label: string;
  readonly hint?: string;
  readonly required?: boolean;
  readonly whole?: boolean;
  readonly value: number | null | undefined;
  /** null: nothing is written. */
  readonly onChange: (next: number | null) => void;
}

/** Keeps what is being written, `99.` included, which a number cannot hold. Both decimal marks are understood. */
export const NumberInput = ({ value, onChange, whole = false, ...rest }: Props) => {
  const [text, setText] = useState(() => written(value));
  const [seen, setSeen] = useState(value);
  if (value !== seen) {
    setSeen(value);
    if (numberOf(text) !== (value ?? null)) setText(written(value));
  }
  return (
    <Input
      {...rest}
      inputMode={whole ? 'numeric' : 'decimal'}
      pattern={whole ? '\\s*\\d+\\s*' : '\\s*\\d+([.,]\\d*)?\\s*'}
      title={whole ? 'A whole number' : 'A number'}
      value={text}
      onChange={({ target }) => {
        setText(target.value);
        const next = numberOf(target.value);
        if (Number.isNaN(next)) return;
        setSeen(next);
        onChange(next);
      }}
    />
  );
};

const written = (value: number | null | undefined): string =>
  value === null || value === undefined ? '' : String(value);

const numberOf = (text: string): number | null =>
  text.trim() === '' ? null : Number(text.replace(',', '.'));
