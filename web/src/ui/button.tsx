import type { ButtonHTMLAttributes } from 'react';

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly kind?: 'primary' | 'danger' | 'quiet' | 'plain';
  readonly size?: 'small' | 'normal';
  /** Something is under way: the button waits, and says so. */
  readonly busy?: boolean;
}

export const Button = ({
  kind = 'plain',
  size = 'normal',
  busy = false,
  disabled,
  type = 'button',
  ...rest
}: Props) => (
  <button
    {...rest}
    type={type}
    className={`button ${kind} ${size === 'small' ? 'small' : ''} ${rest.className ?? ''}`}
    disabled={disabled === true || busy}
    aria-busy={busy}
  />
);
