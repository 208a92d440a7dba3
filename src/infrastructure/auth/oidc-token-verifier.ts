import { decodeJwt, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { UnauthenticatedError } from '../../application/ports/authenticator.js';
import { TokenVerifier, type Verified } from '../../application/ports/token-verifier.js';
import type { Role } from '../../domain/organization/organization.events.js';
import { isRole } from '../../domain/organization/organization.rules.js';
import {
  expiryOf,
  orgIdOf,
  refusalOf,
  refuseUntrustedHeaders,
  requireCanonical,
  subjectOf,
} from './claims.js';

/** Seconds by which the provider's clock may be ahead of ours. */
const CLOCK_AHEAD = 5;
const TYPES: ReadonlySet<string> = new Set(['jwt', 'at+jwt', 'application/jwt', 'application/at+jwt']);

export interface OidcExpectations {
  readonly issuer: string;
  readonly audience: string;
  readonly orgClaim: string;
  readonly rolesClaim: string;
}

/** Tokens of an OpenID provider: organization and roles come from named claims, keys from the provider alone. */
export class OidcTokenVerifier extends TokenVerifier {
  /** @param now milliseconds since 1970 */
  constructor(
    private readonly expected: OidcExpectations,
    private readonly findKey: JWTVerifyGetKey,
    private readonly now: () => number = Date.now,
  ) {
    super();
  }

  async verify(token: string): Promise<Verified> {
    const payload = await this.payloadOf(token);
    const expiresAt = expiryOf(payload);
    // The leeway is for a clock ahead of ours, not for a token that has ended.
    if (expiresAt * 1000 <= this.now()) throw new UnauthenticatedError('expired');
    const { orgClaim, rolesClaim } = this.expected;
    return {
      principal: {
        subject: subjectOf(payload),
        orgId: orgIdOf(claimAt(payload, orgClaim)),
        roles: rolesOf(claimAt(payload, rolesClaim)),
        kind: 'user',
        scopes: [],
        expiresAt,
      },
      revocable: false,
    };
  }

  private async payloadOf(token: string): Promise<JWTPayload> {
    requireCanonical(token);
    try {
      // Nothing is asked of the provider about tokens that do not even claim to be its own.
      if (decodeJwt(token).iss !== this.expected.issuer) throw new UnauthenticatedError('invalid');
      const verified = await jwtVerify(
        token,
        (header, jws) => {
          refuseUntrustedHeaders(header);
          if (header.typ !== undefined && !TYPES.has(header.typ.toLowerCase()))
            throw new UnauthenticatedError('invalid');
          return this.findKey(header, jws);
        },
        {
          algorithms: ['RS256', 'ES256', 'EdDSA'],
          issuer: this.expected.issuer,
          audience: this.expected.audience,
          requiredClaims: ['sub', 'exp'],
          clockTolerance: CLOCK_AHEAD,
          currentDate: new Date(this.now()),
        },
      );
      return verified.payload;
    } catch (error) {
      throw refusalOf(error);
    }
  }
}

/** A claim of that very name (it may be a URL with dots), else the one at the end of the dotted path. */
const claimAt = (payload: JWTPayload, name: string): unknown => {
  if (Object.hasOwn(payload, name)) return payload[name];
  return name.split('.').reduce<unknown>((value, part) => {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, part)) return undefined;
    return (value as Readonly<Record<string, unknown>>)[part];
  }, payload);
};

/** A provider serves other products too: their roles are passed over, and nobody gets more for them. */
const rolesOf = (claim: unknown): readonly Role[] => {
  if (claim === undefined) return [];
  const named: readonly unknown[] =
    typeof claim === 'string' ? claim.split(/[ ,]+/) : Array.isArray(claim) ? claim : [];
  return [...new Set(named.filter(isRole))];
};
