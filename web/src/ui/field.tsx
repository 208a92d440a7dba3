import {
  useId,
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
} from 'react';

interface Labelled {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  /** The label is there for those who hear the page. */
  readonly quiet?: boolean;
}

interface Wired {
  readonly id: string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: true;
}

/** A labelled field; what is wrong with it is announced with it. */
export const Field = ({
  label,
  hint,
  error,
  quiet = false,
  children,
}: Labelled & { readonly children: (wired: Wired) => ReactNode }) => {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className="field">
      <label htmlFor={id} className={quiet ? 'visually-hidden' : undefined}>
        {label}
      </label>
      {children({
        id,
        ...(note !== undefined && { 'aria-describedby': `${id}-note` }),
        ...(error !== undefined && { 'aria-invalid': true }),
      })}
      {note !== undefined && (
        <span id={`${id}-note`} className="hint">
          {note}
        </span>
      )}
    </div>
  );
};

export const Input = ({
  label,
  hint,
  error,
  quiet,
  ...rest
}: Labelled & InputHTMLAttributes<HTMLInputElement>) => (
  <Field label={label} hint={hint} error={error} {...(quiet !== undefined && { quiet })}>
    {(wired) => <input {...rest} {...wired} />}
  </Field>
);

export const Textarea = ({
  label,
  hint,
  error,
  ...rest
}: Labelled & TextareaHTMLAttributes<HTMLTextAreaElement>) => (
  <Field label={label} hint={hint} error={error}>
    {(wired) => <textarea {...rest} {...wired} />}
  </Field>
);

export const Select = ({
  label,
  hint,
  error,
  quiet,
  options,
  ...rest
}: Labelled &
  SelectHTMLAttributes<HTMLSelectElement> & {
    readonly options: readonly (readonly [value: string, text: string])[];
  }) => (
  <Field label={label} hint={hint} error={error} {...(quiet !== undefined && { quiet })}>
    {(wired) => (
      <select {...rest} {...wired}>
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    )}
  </Field>
);
