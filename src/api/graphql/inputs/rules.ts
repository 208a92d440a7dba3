import { DEFAULT_PAGE, MAX_PAGE } from '../../../application/queries/page.js';
import { invalid } from '../../../domain/shared/domain-error.js';
import { hasUnsafeCharacters, parseText } from '../../../domain/shared/identifier.js';
import { parseInstantArgument } from '../scalars/arguments.js';
import { checkedBy, type Check } from './validate-input.js';

const MAX_ID = 400;
/** Percent-encoded identifiers of 200 characters fit with what is put around them. */
const MAX_DERIVED_ID = 2_000;
const MAX_TEXT = 10_000;
const MAX_IDEMPOTENCY_KEY = 200;

/** @param limit in UTF-16 code units */
const atMost =
  (limit: number, what: string): Check =>
  (value, path) => {
    const { length } = String(value);
    if (length > limit) throw invalid(path, `This ${what} has ${length} characters; the limit is ${limit}.`);
  };

/** Length only: an ID that nobody has is for the lookup to say, which knows the nearest. */
export const Id = (): PropertyDecorator => checkedBy(atMost(MAX_ID, 'ID'));

/** An ID made of others, such as an exception's. */
export const DerivedId = (): PropertyDecorator => checkedBy(atMost(MAX_DERIVED_ID, 'ID'));

/** @param limit in UTF-16 code units */
export const Short = (limit = MAX_ID): PropertyDecorator => checkedBy(atMost(limit, 'text'));

/** What people write to one another: reasons, comments, notes. */
export const Prose = (): PropertyDecorator =>
  checkedBy((value, path) => parseText(String(value), path, MAX_TEXT));

export const InstantText = (): PropertyDecorator =>
  checkedBy((value, path) => parseInstantArgument(String(value), path));

export const IdempotencyKey = (): PropertyDecorator =>
  checkedBy((value, path) => {
    const key = String(value);
    if (key.trim() === '')
      throw invalid(path, 'An idempotency key is empty. Leave it out, or send something unique.');
    if (key.length > MAX_IDEMPOTENCY_KEY || hasUnsafeCharacters(key))
      throw invalid(
        path,
        `An idempotency key has 1 to ${MAX_IDEMPOTENCY_KEY} printable characters. A UUID does well.`,
      );
  });

export const PageSize = (): PropertyDecorator =>
  checkedBy((value, path) => {
    const first = Number(value);
    if (first < 1 || first > MAX_PAGE)
      throw invalid(path, `A page has 1 to ${MAX_PAGE} entries; ${DEFAULT_PAGE} when nothing is said.`);
  });
