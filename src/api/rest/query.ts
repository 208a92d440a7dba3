import type { FastifyRequest } from 'fastify';
import { invalid } from '../../domain/shared/domain-error.js';

/**
 * The query parameters of a request: a mistyped one must not be answered as if it were not there.
 *
 * @throws DomainError INVALID_INPUT for one that is not known, or given twice
 */
export const queryOf = <Name extends string>(
  { query }: FastifyRequest,
  names: readonly Name[],
): Partial<Record<Name, string>> => {
  for (const [name, value] of Object.entries(query as Record<string, unknown>)) {
    if (!(names as readonly string[]).includes(name))
      throw invalid([name], `There is no parameter ${name}. Known: ${names.join(', ')}.`);
    if (typeof value !== 'string') throw invalid([name], `Give ${name} once.`);
  }
  return query as Partial<Record<Name, string>>;
};
