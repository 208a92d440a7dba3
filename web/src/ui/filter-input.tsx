import { useWritten } from '../lib/written.js';
import { Input } from './field.js';

interface Props {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string | undefined;
  readonly onChange: (next: string | undefined) => void;
}

/** Text that narrows a list once it is written: with Enter, or on leaving the field. */
export const FilterInput = ({ value, onChange, ...rest }: Props) => {
  const [text, setText] = useWritten(value ?? '');
  const ask = (): void => {
    const asked = text.trim() || undefined;
    if (asked !== value) onChange(asked);
  };
  return (
    <Input
      {...rest}
      type="search"
      value={text}
      onChange={({ target }) => setText(target.value)}
      onBlur={ask}
      onKeyDown={({ key }) => key === 'Enter' && ask()}
    />
  );
};
