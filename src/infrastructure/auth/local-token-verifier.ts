import { decodeProtectedHeader, jwtVerify, type JWTPayload } from 'jose';
import { UnauthenticatedError } from '../../application/ports/authenticator.js';
import { TokenVerifier, type Verified } from '../../application/ports/token-verifier.js';
import { isRole, normalizeEmail } from '../../domain/organization/organization.rules.js';
import type { Role } from '../../domain/organization/organization.events.js';
import {
  expiryOf,
  orgIdOf,
  refusalOf,
  refuseUntrustedHeaders,
  requireCanonical,
  subjectOf,
} from './claims.js';
import type { RecentOrganizations } from './recent-organizations.js';
import type { SigningKey } from './signing-key.js';
import { LOCAL_AUDIENCE, LOCAL_ISSUER, LOCAL_TYPE } from './token-issuer.js';

/** Tokens that this installation signed itself. */
export class LocalTokenVerifier extends TokenVerifier {
  /** @param now milliseconds since 1970 */
  constructor(
    private readonly key: SigningKey,
    private readonly organizations: RecentOrganizations,
    private readonly now: () => number = Date.now,
  ) {
    super();
  }

  async verify(token: string): Promise<Verified> {
    const payload = await this.payloadOf(token);
    const orgId = orgIdOf(payload['org']);
    const principal = { orgId, kind: 'user' as const, scopes: [], expiresAt: expiryOf(payload) };
    if (payload['pid'] !== undefined) {
      const person = await this.signedIn(orgId, payload);
      return { principal: { ...principal, ...person }, revocable: true };
    }
    const named = { subject: subjectOf(payload), roles: rolesOf(payload['roles']) };
    return { principal: { ...principal, ...named }, revocable: false };
  }

  private async payloadOf(token: string): Promise<JWTPayload> {
    try {
      requireCanonical(token);
      const header = decodeHeader(token);
      refuseUntrustedHeaders(header);
      if (header.kid !== this.key.kid) throw new UnauthenticatedError('invalid');
      const { payload } = await jwtVerify(token, this.key.publicKey, {
        algorithms: ['EdDSA'],
        issuer: LOCAL_ISSUER,
        audience: LOCAL_AUDIENCE,
        typ: LOCAL_TYPE,
        requiredClaims: ['sub', 'org', 'roles', 'iat', 'exp', 'jti'],
        currentDate: new Date(this.now()),
      });
      return payload;
    } catch (error) {
      throw refusalOf(error);
    }
  }

  /** The roles that the person has now; a sign-in ends with the password that it was made with. */
  private async signedIn(
    orgId: string,
    { pid, pwr }: JWTPayload,
  ): Promise<{ subject: string; roles: readonly Role[] }> {
    if (typeof pid !== 'string' || typeof pwr !== 'string') throw new UnauthenticatedError('invalid');
    const email = normalizeEmail(pid);
    const person = await this.organizations.findIn(orgId, ({ persons }) => {
      const known = persons.get(email);
      return String(known?.password?.revision) === pwr ? known : undefined;
    });
    if (person === undefined || person.roles.length === 0) throw new UnauthenticatedError('invalid');
    return { subject: person.email, roles: person.roles };
  }
}

const decodeHeader = (token: string): ReturnType<typeof decodeProtectedHeader> => {
  try {
    return decodeProtectedHeader(token);
  } catch (error) {
    // The decoder answers what is no token at all with a TypeError.
    if (error instanceof TypeError) throw new UnauthenticatedError('invalid');
    throw error;
  }
};

const rolesOf = (claim: unknown): readonly Role[] => {
  if (!Array.isArray(claim) || !claim.every(isRole)) throw new UnauthenticatedError('invalid');
  return claim;
};
