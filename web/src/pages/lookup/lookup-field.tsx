import { useDeferredValue, useId, useState, type KeyboardEvent } from 'react';
import { useAsk } from '../../api/hooks.js';
import { useWritten } from '../../lib/written.js';
import { Suggest } from './lookup.graphql.js';

interface Props {
  readonly label: string;
  readonly placeholder: string;
  /** Whether what is typed is looked for among the customers. */
  readonly suggests: boolean;
  readonly initial: string;
  readonly onPick: (id: string) => void;
}

/** A combobox after the ARIA pattern: arrows choose, Enter asks, Escape closes. */
export const LookupField = ({ label, placeholder, suggests, initial, onPick }: Props) => {
  const [text, setText] = useWritten(initial);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const list = useId();
  const typed = useDeferredValue(text.trim());
  const { data } = useAsk(
    Suggest,
    { search: typed },
    { enabled: open && suggests && typed !== '', keep: true },
  );
  const options = open && suggests && typed !== '' ? (data?.customers.nodes ?? []) : [];
  const pick = (id: string): void => {
    if (id.trim() === '') return;
    setText(id);
    setOpen(false);
    onPick(id.trim());
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && options.length > 0) {
      event.preventDefault();
      setActive((active + step + options.length) % options.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      pick(options[active]?.id ?? text);
    } else if (event.key === 'Escape') setOpen(false);
  };
  return (
    <div className="field combobox">
      <label htmlFor={`${list}-input`}>{label}</label>
      <input
        id={`${list}-input`}
        role="combobox"
        aria-expanded={options.length > 0}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={options[active] ? `${list}-${active}` : undefined}
        autoComplete="off"
        spellCheck={false}
        autoFocus={initial === ''}
        value={text}
        placeholder={placeholder}
        onChange={({ target }) => {
          setText(target.value);
          setOpen(true);
          setActive(-1);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => setOpen(false)}
      />
      <ul id={list} role="listbox" aria-label="Customers" hidden={options.length === 0}>
        {options.map(({ id, name, mappedTier }, index) => (
          <li
            key={id}
            id={`${list}-${index}`}
            role="option"
            aria-selected={index === active}
            onMouseDown={(event) => {
              event.preventDefault();
              pick(id);
            }}
          >
            <strong>{id}</strong> <span>{name}</span>{' '}
            <span className="soft">{mappedTier ?? 'not mapped'}</span>
          </li>
        ))}
      </ul>
    </div>
  );
};
