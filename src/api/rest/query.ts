import { invalid } from '../../domain/shared/domain-error.js';

/**
 * The parameters of a query, every one once and known: a mistyped `knowAt` must not be answered as if it were not there.
 *
 * @throws DomainError INVALID_INPUT at the parameter
 */
export const checkedQuery = <Name extends string>(
  query: unknown,
  names: readonly Name[],
): Partial<Record<Name, string>> => {
  for (const [name, value] of Object.entries(query as Record<string, unknown>)) {
    if (!(names as readonly string[]).includes(name))
      throw invalid([name], `There is no parameter ${name}. Known: ${names.join(', ')}.`);
    if (typeof value !== 'string') throw invalid([name], `Give ${name} once.`);
  }
  return query as Partial<Record<Name, string>>;
};
