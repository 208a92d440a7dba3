import { GraphQLError, GraphQLScalarType } from 'graphql';

interface TextScalar {
  readonly name: string;
  readonly description: string;
  /** A well-formed value, for the messages. */
  readonly example: string;
  /** What an answer must look like. */
  readonly pattern: RegExp;
  /** Reads what a caller wrote. Absent: kept as it is, and checked where it is used. */
  readonly parse?: (text: string) => string;
}

/**
 * A scalar that is text. Reading is lenient by default, because a scalar's own refusal takes the whole request down:
 * where the value is used, a wrong one can be refused by its path, among the `userErrors`. Answering is strict.
 */
export const textScalar = ({
  name,
  description,
  example,
  pattern,
  parse = (text) => text,
}: TextScalar): GraphQLScalarType<string, string> =>
  new GraphQLScalarType<string, string>({
    name,
    description,
    parseValue: (value) => {
      if (typeof value !== 'string')
        throw new GraphQLError(`A ${name} is written as text, such as "${example}".`, {
          extensions: { code: 'INVALID_INPUT' },
        });
      return parse(value);
    },
    serialize: (value) => {
      if (typeof value !== 'string' || !pattern.test(value))
        throw new GraphQLError(
          `${name} cannot represent ${typeof value === 'string' ? JSON.stringify(value) : typeof value}.`,
        );
      return value;
    },
  });
