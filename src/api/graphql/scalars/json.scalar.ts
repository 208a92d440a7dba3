import { GraphQLError, GraphQLScalarType } from 'graphql';

/** Levels of objects and lists within one another. */
const MAX_DEPTH = 64;

/** Why a value is not JSON to be passed on; null: it is. */
const problemOf = (value: unknown, depth = 0): string | null => {
  if (value === null || value === undefined || typeof value === 'string' || typeof value === 'boolean')
    return null;
  if (typeof value === 'number' && Number.isFinite(value)) return null;
  if (typeof value !== 'object') return `JSON cannot hold this ${typeof value}.`;
  if (depth === MAX_DEPTH) return `This JSON is nested more than ${MAX_DEPTH} levels deep. Make it flatter.`;
  for (const member of Object.values(value)) {
    const problem = problemOf(member, depth + 1);
    if (problem !== null) return problem;
  }
  return null;
};

export const JsonScalar = new GraphQLScalarType({
  name: 'JSON',
  description: `Any JSON value, at most ${MAX_DEPTH} levels deep.`,
  parseValue: (value) => {
    const problem = problemOf(value);
    if (problem !== null) throw new GraphQLError(problem, { extensions: { code: 'INVALID_INPUT' } });
    return value;
  },
  serialize: (value) => {
    const problem = problemOf(value);
    if (problem !== null) throw new GraphQLError(problem);
    return value;
  },
});
