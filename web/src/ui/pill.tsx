import type { ButtonHTMLAttributes } from 'react';

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly pressed: boolean;
}

/** A small switch that stands among its like. */
export const Pill = ({ pressed, ...rest }: Props) => (
  <button {...rest} type="button" className="pill" aria-pressed={pressed} />
);
