import { errors, type JWTPayload, type JWTHeaderParameters } from 'jose';
import { UnauthenticatedError } from '../../application/ports/authenticator.js';
import { isOrgId } from '../../domain/organization/organization.rules.js';
import { hasUnsafeCharacters } from '../../domain/shared/identifier.js';

const MAX_SUBJECT = 200;

/** @throws UnauthenticatedError unless the claim names somebody in a way that an audit can show */
export const subjectOf = (payload: JWTPayload): string => {
  const { sub } = payload;
  if (typeof sub !== 'string' || sub.trim() === '' || sub.length > MAX_SUBJECT || hasUnsafeCharacters(sub))
    throw new UnauthenticatedError('invalid');
  return sub;
};

/** @throws UnauthenticatedError unless it is the well-formed ID of an organization */
export const orgIdOf = (claim: unknown): string => {
  if (typeof claim !== 'string' || !isOrgId(claim)) throw new UnauthenticatedError('invalid');
  return claim;
};

/** Seconds since 1970. @throws UnauthenticatedError for a token without an end */
export const expiryOf = (payload: JWTPayload): number => {
  if (typeof payload.exp !== 'number') throw new UnauthenticatedError('invalid');
  return payload.exp;
};

/**
 * Three parts, each written in the one way that its bytes can be: no padding, no stray bits in a last character.
 * A token that was altered anywhere is then another token, and refused.
 *
 * @throws UnauthenticatedError
 */
export const requireCanonical = (token: string): void => {
  const parts = token.split('.');
  const canonical = (part: string): boolean => Buffer.from(part, 'base64url').toString('base64url') === part;
  if (parts.length !== 3 || !parts.every(canonical)) throw new UnauthenticatedError('invalid');
};

/** Everything that could tell a verifier where to find a key, or to treat the token differently. */
const UNTRUSTED_HEADERS = ['jku', 'jwk', 'x5u', 'x5c', 'crit', 'b64', 'zip', 'enc'] as const;

/** @throws UnauthenticatedError */
export const refuseUntrustedHeaders = (
  header: Readonly<Record<string, unknown>> | JWTHeaderParameters,
): void => {
  if (UNTRUSTED_HEADERS.some((name) => name in header)) throw new UnauthenticatedError('invalid');
};

/** Whatever is wrong with a token is one of two words to the caller. Other failures pass through. */
export const refusalOf = (error: unknown): unknown => {
  if (error instanceof errors.JWTExpired) return new UnauthenticatedError('expired');
  if (error instanceof errors.JOSEError) return new UnauthenticatedError('invalid');
  return error;
};
