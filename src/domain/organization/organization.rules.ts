import { EXCEPTION_RULES, type ExceptionRule } from '../binding/exception-rule.js';
import { invalid } from '../shared/domain-error.js';
import { hasUnsafeCharacters, parseText } from '../shared/identifier.js';
import type { Role, Scope } from './organization.events.js';

export const ROLES: readonly Role[] = ['viewer', 'member', 'admin', 'compliance'];
export const SCOPES: readonly Scope[] = ['lookup:read', 'tickets:write', 'feed:read', 'reference:import'];

const ORG_ID = /^[a-z0-9][a-z0-9-]{0,62}$/;
/** Longest address that mail can be sent to (RFC 5321). */
const MAX_EMAIL = 254;
const EMAIL = /^[^\s@<>()[\],;:\\"]+@[^\s@<>()[\],;:\\"]+$/u;

export const isOrgId = (text: string): boolean => ORG_ID.test(text);
export const isRole = (text: unknown): text is Role => ROLES.some((role) => role === text);

/** Two spellings of one address are one person. */
export const normalizeEmail = (email: string): string => email.normalize('NFKC').trim().toLowerCase();

/** @throws DomainError INVALID_INPUT */
export const parseOrgId = (text: string): string => {
  if (!isOrgId(text))
    throw invalid(
      ['orgId'],
      "An organization's ID has 1 to 63 lower-case letters, digits and dashes, and no dash in front.",
    );
  return text;
};

/** @throws DomainError INVALID_INPUT */
export const parseEmail = (text: string): string => {
  const email = normalizeEmail(text);
  if (email.length > MAX_EMAIL || !EMAIL.test(email) || hasUnsafeCharacters(email))
    throw invalid(['email'], 'This is not an email address. Write it as ana@example.com.');
  return email;
};

/** A name on one line. @throws DomainError INVALID_INPUT */
export const parseName = (text: string, path: readonly string[]): string => {
  const name = parseText(text.normalize('NFC').trim(), path, 200);
  if (name === '') throw invalid(path, 'A name is needed here; it is empty.');
  if (/[\r\n\t]/.test(name)) throw invalid(path, 'A name has one line. Remove the line breaks and tabs.');
  return name;
};

const subset = <T extends string>(given: readonly string[], known: readonly T[], path: string): T[] => {
  const unknown = given.find((item) => !known.some((one) => one === item));
  if (unknown !== undefined)
    throw invalid([path], `${JSON.stringify(unknown.slice(0, 60))} is unknown. Use: ${known.join(', ')}.`);
  return known.filter((one) => given.includes(one));
};

/** @throws DomainError INVALID_INPUT */
export const parseExceptionRule = (given: string): ExceptionRule => {
  const rule = EXCEPTION_RULES.find((one) => one === given);
  if (!rule)
    throw invalid(
      ['exceptionRule'],
      `${JSON.stringify(given.slice(0, 60))} is unknown. Use: ${EXCEPTION_RULES.join(', ')}.`,
    );
  return rule;
};

/** Each once, in a fixed order. @throws DomainError INVALID_INPUT */
export const parseRoles = (given: readonly string[]): Role[] => subset(given, ROLES, 'roles');

/** Each once, in a fixed order; at least one. @throws DomainError INVALID_INPUT */
export const parseScopes = (given: readonly string[]): Scope[] => {
  const scopes = subset(given, SCOPES, 'scopes');
  if (scopes.length === 0)
    throw invalid(['scopes'], `A key without a scope may do nothing. Use: ${SCOPES.join(', ')}.`);
  return scopes;
};
