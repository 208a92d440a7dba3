import {
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isRequiredArgument,
  isRequiredInputField,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
} from 'graphql';

/** A place in an operation's variables, outermost name first. */
export type Slot = readonly string[];

type Named = Pick<GraphQLInputField, 'name' | 'type'>;

/**
 * The smallest variables an operation takes, with `value` at the slot.
 *
 * @param ordinary what a required scalar of this name and type is filled with
 */
export const filledVariables = (
  { args }: GraphQLField<unknown, unknown>,
  slot: Slot,
  value: unknown,
  ordinary: (name: string, type: string) => unknown,
): Readonly<Record<string, unknown>> => {
  const filled = (field: Named, within: Slot | null, required: boolean): unknown => {
    const rest = within?.[0] === field.name ? within.slice(1) : null;
    if (rest === null && !required) return undefined;
    if (rest?.length === 0) return value;
    return filledType(getNullableType(field.type), field.name, rest);
  };
  const filledType = (type: GraphQLInputType, name: string, rest: Slot | null): unknown => {
    if (isListType(type)) return [filledType(getNullableType(type.ofType), name, rest)];
    if (isEnumType(type)) return type.getValues()[0]!.name;
    if (!isInputObjectType(type)) return ordinary(name, type.name);
    const given = ordinary(name, type.name);
    if (given !== undefined && rest === null) return given;
    const fields = Object.values(type.getFields()).map((field) => [
      field.name,
      filled(field, rest, isRequiredInputField(field)),
    ]);
    return { ...(given as object | undefined), ...withoutAbsent(fields as [string, unknown][]) };
  };
  return withoutAbsent(
    args.map((argument) => [argument.name, filled(argument, slot, isRequiredArgument(argument))]),
  );
};

/** Every slot of an operation that takes text of some kind. */
export const textSlots = ({ args }: GraphQLField<unknown, unknown>): readonly Slot[] => {
  const slots = ({ name, type: given }: Named, seen: readonly string[]): readonly Slot[] => {
    let type = getNullableType(given);
    while (isListType(type)) type = getNullableType(type.ofType);
    if (isInputObjectType(type))
      return seen.includes(type.name)
        ? []
        : Object.values(type.getFields()).flatMap((field) =>
            slots(field, [...seen, (type as { name: string }).name]).map((rest) => [name, ...rest]),
          );
    return ['ID', 'String'].includes(String(type)) ? [[name]] : [];
  };
  return args.flatMap((argument) => slots(argument, []));
};

const withoutAbsent = (entries: readonly (readonly [string, unknown])[]): Record<string, unknown> =>
  Object.fromEntries(entries.filter(([, value]) => value !== undefined));
