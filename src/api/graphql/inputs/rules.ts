import { ValidateBy } from 'class-validator';
import { DEFAULT_PAGE, MAX_PAGE } from '../../../application/queries/page.js';
import { DomainError } from '../../../domain/shared/domain-error.js';
import { hasUnsafeCharacters, parseText } from '../../../domain/shared/identifier.js';
import { parseInstantArgument } from '../scalars/arguments.js';

/** Percent-encoded identifiers of 200 characters fit with what is put around them. */
const MAX_DERIVED_ID = 2_000;
const MAX_ID = 400;
const MAX_TEXT = 10_000;
const MAX_IDEMPOTENCY_KEY = 200;

/** Says what is wrong with a value and how to mend it; null: nothing. Never asked about what is not given. */
type Problem = (value: unknown) => string | null;

const rule = (name: string, problem: Problem): PropertyDecorator => {
  const problemOf: Problem = (value) => (value === null || value === undefined ? null : problem(value));
  return ValidateBy({
    name,
    validator: {
      validate: (value) => problemOf(value) === null,
      defaultMessage: (failed) => problemOf(failed?.value) ?? '',
    },
  });
};

const longerThan =
  (limit: number, what: string): Problem =>
  (value) =>
    typeof value === 'string' && value.length > limit
      ? `This ${what} has ${value.length} characters; the limit is ${limit}.`
      : null;

const thrownBy =
  (parse: (text: string, path: readonly string[]) => unknown): Problem =>
  (value) => {
    try {
      parse(String(value), []);
      return null;
    } catch (error) {
      if (error instanceof DomainError) return error.message;
      throw error;
    }
  };

/** Length only: an ID that nobody has is for the lookup to say, which knows the nearest. */
export const Id = (): PropertyDecorator => rule('id', longerThan(MAX_ID, 'ID'));

/** An ID made of others, such as an exception's. */
export const DerivedId = (): PropertyDecorator => rule('derivedId', longerThan(MAX_DERIVED_ID, 'ID'));

/** @param limit in UTF-16 code units */
export const Short = (limit = MAX_ID): PropertyDecorator => rule('short', longerThan(limit, 'text'));

/** What people write to one another: reasons, comments, notes. */
export const Prose = (): PropertyDecorator =>
  rule(
    'prose',
    thrownBy((text, path) => parseText(text, path, MAX_TEXT)),
  );

export const InstantText = (): PropertyDecorator => rule('instantText', thrownBy(parseInstantArgument));

export const IdempotencyKey = (): PropertyDecorator =>
  rule('idempotencyKey', (value) => {
    const key = String(value);
    if (key.trim() === '') return 'An idempotency key is empty. Leave it out, or send something unique.';
    if (key.length <= MAX_IDEMPOTENCY_KEY && !hasUnsafeCharacters(key)) return null;
    return `An idempotency key has 1 to ${MAX_IDEMPOTENCY_KEY} printable characters. A UUID does well.`;
  });

export const PageSize = (): PropertyDecorator =>
  rule('pageSize', (value) =>
    typeof value === 'number' && value >= 1 && value <= MAX_PAGE
      ? null
      : `A page has 1 to ${MAX_PAGE} entries; ${DEFAULT_PAGE} when nothing is said.`,
  );

/** @param max most entries */
export const ListOf = (max: number): PropertyDecorator =>
  rule('listOf', (value) =>
    Array.isArray(value) && value.length <= max
      ? null
      : `This list has ${Array.isArray(value) ? value.length : 'no'} entries; the limit is ${max}.`,
  );
