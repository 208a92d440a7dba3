import { invalid } from './domain-error.js';

/** Visible ASCII without a space, as most identifiers are: every rule below leaves it as it is. */
const PLAIN = /^[!-~]{1,200}$/;

/** Longest identifier, in UTF-16 code units. */
const MAX_LENGTH = 200;

/** Controls, bidirectional overrides and isolates, zero-width characters and lone surrogates. */
const UNSAFE =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/u;

/** True when the text holds characters that a reader cannot see or that reorder what they see. */
export const hasUnsafeCharacters = (text: string): boolean => UNSAFE.test(text);

/**
 * Two identifiers are one when their keys are equal: Unicode NFKC, no space around, one space within,
 * case-insensitive (see "Duplicate guards" of the domain).
 */
export const identifierKey = (id: string): string =>
  PLAIN.test(id) ? id.toLowerCase() : id.normalize('NFKC').trim().replace(/\s+/gu, ' ').toLowerCase();

/**
 * Checks an identifier as a person wrote it and gives it back without the space around it.
 *
 * @throws DomainError INVALID_INPUT at `path`
 */
export const parseIdentifier = (text: string, path: readonly string[]): string => {
  if (PLAIN.test(text)) return text;
  const id = text.normalize('NFKC').trim();
  if (id === '') throw invalid(path, 'An ID is needed here; it is empty.');
  if (id.length > MAX_LENGTH)
    throw invalid(path, `This ID has ${id.length} characters; the limit is ${MAX_LENGTH}.`);
  if (hasUnsafeCharacters(id))
    throw invalid(path, 'This ID holds invisible or control characters. Type it again without them.');
  return id;
};

/**
 * Checks free text: no NUL, control (line breaks and tabs aside) or bidirectional characters.
 *
 * @param limit longest text in UTF-16 code units
 * @throws DomainError INVALID_INPUT at `path`
 */
export const parseText = (text: string, path: readonly string[], limit: number): string => {
  if (text.length > limit)
    throw invalid(path, `This text has ${text.length} characters; the limit is ${limit}.`);
  if (hasUnsafeCharacters(text.replace(/[\t\r\n]/g, ' ')))
    throw invalid(path, 'This text holds invisible or control characters. Remove them and try again.');
  return text;
};
