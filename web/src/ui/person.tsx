import { Fragment } from 'react';

/** Somebody's name; where it has to be broken, after the @. */
export const Person = ({ name }: { readonly name: string }) =>
  name.split(/(?<=@)/).map((part, index) => (
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));

export const People = ({ names }: { readonly names: readonly string[] }) =>
  names.map((name, index) => (
    <Fragment key={name}>
      {index > 0 && ', '}
      <Person name={name} />
    </Fragment>
  ));
