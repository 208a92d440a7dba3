import type { Type } from '@nestjs/common';
import { invalid } from '../../../domain/shared/domain-error.js';

/** @throws DomainError INVALID_INPUT at `path`. Never asked about what is not given. */
export type Check = (value: unknown, path: readonly string[]) => void;

interface Checked {
  readonly property: string;
  readonly check: Check;
}

const declared = new Map<object, readonly Checked[]>();
const collected = new Map<object, readonly Checked[]>();

/**
 * Declares a check of an input's property. Plain functions instead of a validation library: lookups come through here,
 * and a library takes more time for one of them than the lookup itself.
 */
export const checkedBy =
  (check: Check): PropertyDecorator =>
  ({ constructor }, property) => {
    declared.set(constructor, [...(declared.get(constructor) ?? []), { property: String(property), check }]);
  };

/** A property that is an input of its own, with checks of its own. */
export const NestedInput = (type: () => Type<object>): PropertyDecorator =>
  checkedBy((value, path) => {
    if (typeof value === 'object' && value !== null) validateInput(type(), value, path);
  });

/** A list of such inputs. @param max most of them; looked at before any of them is */
export const NestedInputs = (type: () => Type<object>, max: number): PropertyDecorator =>
  checkedBy((value, path) => {
    if (!Array.isArray(value)) return;
    if (value.length > max)
      throw invalid(path, `This list has ${value.length} entries; the limit is ${max}.`);
    value.forEach((input: object, index) => validateInput(type(), input, [...path, String(index)]));
  });

/**
 * Checks what an input class declares; what changes are about is checked where their content is parsed. GraphQL hands
 * over plain objects, hence the class beside the value.
 *
 * @param path where `input` lies in what the caller sent
 * @throws DomainError INVALID_INPUT at the first field at fault
 */
export const validateInput = <T extends object>(
  type: Type<T>,
  input: T,
  path: readonly string[] = [],
): void => {
  for (const { property, check } of checksOf(type)) {
    const value: unknown = Reflect.get(input, property);
    if (value !== null && value !== undefined) check(value, [...path, property]);
  }
};

/** Its own and those it inherits. */
const checksOf = (type: object): readonly Checked[] => {
  const known = collected.get(type);
  if (known) return known;
  const parent: unknown = Object.getPrototypeOf(type);
  const inherited = typeof parent === 'function' ? checksOf(parent) : [];
  const checks = [...inherited, ...(declared.get(type) ?? [])];
  collected.set(type, checks);
  return checks;
};
