import { timingSafeEqual } from 'node:crypto';
import { UnauthenticatedError } from '../../application/ports/authenticator.js';
import { TokenVerifier, type Verified } from '../../application/ports/token-verifier.js';
import { epochOf } from '../../domain/shared/instant.js';
import { hashApiKey, parseApiKey } from './api-key.js';
import type { RecentOrganizations } from './recent-organizations.js';

/** Stands in for the hash of a key that does not exist, so that there is always something to compare with. */
const NO_KEY = Buffer.alloc(32);

export class ApiKeyVerifier extends TokenVerifier {
  /** @param now milliseconds since 1970 */
  constructor(
    private readonly organizations: RecentOrganizations,
    private readonly now: () => number = Date.now,
  ) {
    super();
  }

  async verify(token: string): Promise<Verified> {
    const parsed = parseApiKey(token);
    if (parsed === null) throw new UnauthenticatedError('invalid');
    const { keyId, orgId } = parsed;
    const key = await this.organizations.findIn(orgId, ({ keys }) => keys.get(keyId));
    const same = timingSafeEqual(
      hashApiKey(token),
      key === undefined ? NO_KEY : Buffer.from(key.hash, 'hex'),
    );
    if (!same || key === undefined || key.revoked) throw new UnauthenticatedError('invalid');
    const expiresAt = key.expiresAt === null ? undefined : epochOf(key.expiresAt) / 1000;
    if (expiresAt !== undefined && expiresAt * 1000 <= this.now()) throw new UnauthenticatedError('expired');
    const end = expiresAt === undefined ? {} : { expiresAt };
    return {
      principal: { subject: keyId, orgId, roles: [], kind: 'service', scopes: key.scopes, ...end },
      revocable: true,
    };
  }
}
