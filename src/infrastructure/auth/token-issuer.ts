import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import {
  normalizeEmail,
  parseName,
  parseOrgId,
  parseRoles,
} from '../../domain/organization/organization.rules.js';
import { invalid } from '../../domain/shared/domain-error.js';
import { instantOf, type Instant } from '../../domain/shared/instant.js';
import type { SigningKey } from './signing-key.js';

export const LOCAL_ISSUER = 'sla-matrix-manager';
export const LOCAL_AUDIENCE = 'sla-matrix-manager';
/** RFC 9068: an access token, so that nothing else that is ever signed with the key passes for one. */
export const LOCAL_TYPE = 'at+jwt';

/** Seconds. */
export const DEFAULT_TTL = 3600;
/** Seconds: 30 days. */
export const MAX_TTL = 30 * 24 * 3600;

export interface TokenRequest {
  readonly subject: string;
  readonly orgId: string;
  readonly roles: readonly string[];
  /** Seconds; default one hour, at most 30 days. */
  readonly ttl?: number;
  /** Set for a sign-in: the person's current roles and password count, whatever the token says. */
  readonly person?: { readonly email: string; readonly passwordRevision: bigint };
}

export interface IssuedToken {
  readonly token: string;
  readonly expiresAt: Instant;
}

/** Signs tokens that this installation accepts. */
export class TokenIssuer {
  /** @param now milliseconds since 1970 */
  constructor(
    private readonly key: SigningKey,
    private readonly now: () => number = Date.now,
  ) {}

  /** @throws DomainError INVALID_INPUT */
  async issue({ subject, orgId, roles, ttl = DEFAULT_TTL, person }: TokenRequest): Promise<IssuedToken> {
    if (!Number.isInteger(ttl) || ttl < 1 || ttl > MAX_TTL)
      throw invalid(['ttl'], 'A token lives from one second to 30 days. Write 15m, 1h or 7d.');
    const issuedAt = Math.floor(this.now() / 1000);
    const expiresAt = issuedAt + ttl;
    const claims = {
      org: parseOrgId(orgId),
      roles: parseRoles(roles),
      ...(person && { pid: normalizeEmail(person.email), pwr: String(person.passwordRevision) }),
    };
    const token = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'EdDSA', kid: this.key.kid, typ: LOCAL_TYPE })
      .setIssuer(LOCAL_ISSUER)
      .setAudience(LOCAL_AUDIENCE)
      .setSubject(parseName(subject, ['subject']))
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiresAt)
      .setJti(randomUUID())
      .sign(this.key.privateKey);
    return { token, expiresAt: instantOf(expiresAt * 1000) };
  }
}

const TTL_UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 24 * 3600 };

/** Seconds of `90s`, `15m`, `1h`, `7d`. @throws DomainError INVALID_INPUT */
export const parseTtl = (text: string): number => {
  const match = /^(\d{1,9})([smhd])$/.exec(text.trim().toLowerCase());
  if (match === null) throw invalid(['ttl'], 'This is not a length of time. Write 15m, 1h or 7d.');
  return Number(match[1]) * (TTL_UNITS[match[2] ?? ''] ?? 1);
};
