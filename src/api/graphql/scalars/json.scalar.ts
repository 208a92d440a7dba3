import { GraphQLError, GraphQLScalarType } from 'graphql';

/** Levels of objects and lists within one another. */
const MAX_DEPTH = 64;

const refused = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'INVALID_INPUT' } });

const checkJson = (value: unknown, depth = 0): void => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return;
  if (typeof value === 'number' && Number.isFinite(value)) return;
  if (typeof value !== 'object') throw refused(`JSON cannot hold ${String(value)}.`);
  if (depth === MAX_DEPTH)
    throw refused(`This JSON is nested more than ${MAX_DEPTH} levels deep. Make it flatter.`);
  for (const member of Object.values(value)) if (member !== undefined) checkJson(member, depth + 1);
};

const json = (value: unknown): unknown => {
  checkJson(value);
  return value;
};

export const JsonScalar = new GraphQLScalarType({
  name: 'JSON',
  description: `Any JSON value, at most ${MAX_DEPTH} levels deep.`,
  parseValue: json,
  serialize: json,
});
