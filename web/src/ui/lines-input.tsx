import { useState } from 'react';
import { Textarea } from './field.js';

interface Props {
  readonly label: string;
  readonly hint?: string;
  readonly rows?: number;
  readonly value: readonly string[];
  readonly onChange: (next: readonly string[]) => void;
}

/** A list, one entry a line. The lines stay as they are being written, blank ones included. */
export const LinesInput = ({ value, onChange, ...rest }: Props) => {
  const [text, setText] = useState(() => value.join('\n'));
  const [seen, setSeen] = useState(value);
  if (value !== seen) {
    setSeen(value);
    if (entriesOf(text).join('\n') !== value.join('\n')) setText(value.join('\n'));
  }
  return (
    <Textarea
      {...rest}
      value={text}
      onChange={({ target }) => {
        setText(target.value);
        onChange(entriesOf(target.value));
      }}
    />
  );
};

const entriesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
