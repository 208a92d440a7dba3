import {
  isEnumType,
  isInputObjectType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isUnionType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';

type Field = GraphQLField<unknown, unknown>;
type Input = GraphQLArgument | GraphQLInputField;

/**
 * Everything that `schema` leaves out of the contract or says otherwise, one line each. What it adds is fine, unless
 * callers would have to send it.
 *
 * @param omitted types (`Ticket`) and fields (`Query.ticket`) that need not be there
 */
export const schemaChanges = (
  contract: GraphQLSchema,
  schema: GraphQLSchema,
  omitted: ReadonlySet<string>,
): readonly string[] =>
  Object.values(contract.getTypeMap())
    .filter(({ name }) => !name.startsWith('__') && !omitted.has(name))
    .flatMap((promised) => {
      const given = schema.getType(promised.name);
      return given ? typeChanges(promised, given, omitted) : [`${promised.name} is missing`];
    });

const typeChanges = (
  promised: GraphQLNamedType,
  given: GraphQLNamedType,
  omitted: ReadonlySet<string>,
): readonly string[] => {
  const { name } = promised;
  if (promised.constructor !== given.constructor) return [`${name} is of another kind`];
  const changes =
    promised.description && promised.description !== given.description
      ? [`${name} is described otherwise`]
      : [];
  if (isEnumType(promised) && isEnumType(given))
    return [...changes, ...missing(name, promised.getValues(), given.getValues())];
  if (isUnionType(promised) && isUnionType(given))
    return [...changes, ...missing(name, promised.getTypes(), given.getTypes())];
  if (isInputObjectType(promised) && isInputObjectType(given))
    return [
      ...changes,
      ...inputChanges(name, Object.values(promised.getFields()), Object.values(given.getFields())),
    ];
  if (!isObjectType(promised) || !isObjectType(given)) return changes;
  const fields = Object.values(promised.getFields()).filter((field) => !omitted.has(`${name}.${field.name}`));
  return [...changes, ...fields.flatMap((field) => fieldChanges(name, field, given.getFields()[field.name]))];
};

const fieldChanges = (type: string, promised: Field, given: Field | undefined): readonly string[] => {
  const at = `${type}.${promised.name}`;
  if (!given) return [`${at} is missing`];
  return [
    ...difference(at, String(promised.type), String(given.type)),
    ...inputChanges(at, promised.args, given.args),
  ];
};

const inputChanges = (at: string, promised: readonly Input[], given: readonly Input[]): readonly string[] => [
  ...missing(at, promised, given),
  ...given.flatMap((input) => {
    const same = promised.find(({ name }) => name === input.name);
    if (!same) return isRequired(input) ? [`${at}(${input.name}) is required, but not in the contract`] : [];
    return difference(`${at}(${input.name})`, signatureOf(same), signatureOf(input));
  }),
];

const isRequired = (input: Input): boolean => isRequiredArgument(input) || isRequiredInputField(input);

const signatureOf = ({ type, defaultValue }: Input): string =>
  defaultValue === undefined ? String(type) : `${String(type)} = ${JSON.stringify(defaultValue)}`;

const difference = (at: string, promised: string, given: string): readonly string[] =>
  promised === given ? [] : [`${at} is ${given} instead of ${promised}`];

const missing = (
  at: string,
  promised: readonly { readonly name: string }[],
  given: readonly { readonly name: string }[],
): readonly string[] =>
  promised
    .filter(({ name }) => !given.some((other) => other.name === name))
    .map(({ name }) => `${at}: ${name} is missing`);
