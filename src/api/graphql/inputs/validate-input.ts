import type { Type } from '@nestjs/common';
import { validateSync } from 'class-validator';
import { invalid } from '../../../domain/shared/domain-error.js';

type Nested = { readonly property: string; readonly type: () => Type<object> };

const nestedOf = new Map<object, Nested[]>();

/** Marks a property, or each element of a list, as an input of its own, with rules of its own. */
export const NestedInput =
  (type: () => Type<object>): PropertyDecorator =>
  (target, property) => {
    nestedOf.set(target.constructor, [
      ...(nestedOf.get(target.constructor) ?? []),
      { property: String(property), type },
    ]);
  };

/**
 * Checks what the rules of an input class say; what changes are about is checked where their content is parsed.
 * GraphQL hands over plain objects, hence the class beside the value.
 *
 * @param path where `input` lies in what the caller sent
 * @throws DomainError INVALID_INPUT at the first field at fault
 */
export const validateInput = <T extends object>(
  type: Type<T>,
  input: T,
  path: readonly string[] = [],
): void => {
  const instance = Object.assign(new type(), input);
  const [error] = validateSync(instance, { forbidUnknownValues: false, stopAtFirstError: true });
  if (error) {
    const [message] = Object.values(error.constraints ?? {});
    throw invalid([...path, error.property], message ?? `${error.property} is wrong.`);
  }
  const values = new Map<string, unknown>(Object.entries(input));
  for (const { property, type: nested } of nestedOf.get(type) ?? [])
    for (const { value, at } of objectsIn(values.get(property)))
      validateInput(nested(), value, [...path, property, ...at]);
};

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const objectsIn = (value: unknown): readonly { value: object; at: readonly string[] }[] => {
  if (!Array.isArray(value)) return isObject(value) ? [{ value, at: [] }] : [];
  return value.flatMap((element: unknown, index) =>
    isObject(element) ? [{ value: element, at: [String(index)] }] : [],
  );
};
