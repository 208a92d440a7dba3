import { useId, useLayoutEffect, useRef, type FormEvent, type ReactNode } from 'react';
import { Button } from './button.js';
import { ErrorNote } from './states.js';

interface Props {
  readonly title: string;
  readonly submit: string;
  readonly kind?: 'primary' | 'danger';
  /** For what has more than a handful of fields. */
  readonly wide?: boolean;
  readonly busy?: boolean;
  readonly error?: unknown;
  readonly onSubmit: () => void;
  /** Absent: it cannot be closed without being answered. */
  readonly onClose?: () => void;
  readonly children: ReactNode;
}

/** A question over the page. The browser's own: it traps the focus, closes with Escape and gives the focus back. */
export const Dialog = ({
  title,
  submit,
  kind = 'primary',
  wide = false,
  busy = false,
  error,
  onSubmit,
  onClose,
  children,
}: Props) => {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  // Closed while it is still in the page: only then does the focus go back to where it came from.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  const answer = (event: FormEvent): void => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <dialog
      ref={dialog}
      className={wide ? 'wide' : undefined}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
    >
      <form onSubmit={answer}>
        <h2 id={heading}>{title}</h2>
        {children}
        <ErrorNote error={error} />
        <div className="row end">
          {onClose && <Button onClick={onClose}>Cancel</Button>}
          <Button type="submit" kind={kind} busy={busy}>
            {submit}
          </Button>
        </div>
      </form>
    </dialog>
  );
};
