import {
  getNamedType,
  isCompositeType,
  isRequiredArgument,
  isUnionType,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';

export type OperationKind = 'query' | 'mutation';

const DEPTH = 8;

/** Every operation of one kind, by name. */
export const operationsOf = (
  schema: GraphQLSchema,
  kind: OperationKind,
): readonly GraphQLField<unknown, unknown>[] =>
  Object.values((kind === 'query' ? schema.getQueryType() : schema.getMutationType())?.getFields() ?? {});

/** A document that asks one operation for all that it can answer; its arguments are variables of the same names. */
export const documentOf = (schema: GraphQLSchema, kind: OperationKind, name: string): string => {
  const field = operationsOf(schema, kind).find((candidate) => candidate.name === name);
  if (!field) throw new Error(`There is no ${kind} ${name}.`);
  const variables = field.args.map((argument) => `$${argument.name}: ${String(argument.type)}`);
  const passed = field.args.map((argument) => `${argument.name}: $${argument.name}`);
  const inParentheses = (parts: readonly string[]) => (parts.length > 0 ? `(${parts.join(', ')})` : '');
  const selection = selectionOf(schema, field.type, DEPTH);
  return `${kind} ${name}${inParentheses(variables)} { ${name}${inParentheses(passed)} ${selection} }`;
};

const selectionOf = (schema: GraphQLSchema, output: GraphQLOutputType, depth: number): string => {
  const type = getNamedType(output);
  if (!isCompositeType(type)) return '';
  if (isUnionType(type))
    return `{ __typename ${type
      .getTypes()
      .map((member) => `... on ${member.name} ${selectionOf(schema, member, depth)}`)
      .join(' ')} }`;
  const fields = Object.values(type.getFields()).flatMap((field) => {
    if (field.args.some(isRequiredArgument)) return [];
    // The nodes stand beside the edges; asking for both would answer everything twice.
    if (field.name === 'node' && type.name.endsWith('Edge')) return [];
    if (!isCompositeType(getNamedType(field.type))) return [field.name];
    return depth > 0 ? [`${field.name} ${selectionOf(schema, field.type, depth - 1)}`] : [];
  });
  return `{ ${fields.join(' ')} }`;
};
