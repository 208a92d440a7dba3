import { LRUCache } from 'lru-cache';
import { Authenticator, UnauthenticatedError } from '../../application/ports/authenticator.js';
import type { TokenVerifier } from '../../application/ports/token-verifier.js';
import type { Principal } from '../../application/principal.js';
import { looksLikeApiKey } from './api-key.js';

/** Longer than any honest header; refused before anything is decoded. Characters. */
const MAX_HEADER = 16 * 1024 - 1;
const BEARER = /^Bearer +([A-Za-z0-9._~+/=-]+) *$/i;

/** Part of the five seconds within which a revocation must be felt; the age of what was looked up is the rest. */
const RECHECK_MS = 2000;
/** All cached headers together, in characters. */
const CACHE_SIZE = 8 * 1024 * 1024;

// Where two tokens differ if anywhere: in the signature or the secret. To hash that much is cheaper than all of it.
const endOf = (authorization: string): string => authorization.slice(-40);

interface Entry {
  readonly authorization: string;
  readonly principal: Principal;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  readonly verifiedAt: number;
  readonly recheckAt: number;
}

export interface Verifiers {
  /** Local tokens, or those of the OpenID provider. */
  readonly tokens: TokenVerifier;
  readonly keys: TokenVerifier;
}

/**
 * Verifies once and remembers the header as it came: a repeat costs one look into a table and one comparison. Only what was found
 * good is remembered, so forgeries push nobody out; the end of a token is checked on every use.
 */
export class BearerAuthenticator extends Authenticator {
  private readonly verified = new LRUCache<string, Entry>({
    max: 20_000,
    maxSize: CACHE_SIZE,
    sizeCalculation: ({ authorization }) => authorization.length,
  });

  /** @param now milliseconds since 1970 */
  constructor(
    private readonly verifiers: Verifiers,
    private readonly now: () => number = Date.now,
  ) {
    super();
  }

  recognize(authorization: string | undefined): Principal | null {
    if (authorization === undefined) return null;
    const entry = this.verified.get(endOf(authorization));
    if (entry === undefined || entry.authorization !== authorization) return null;
    const now = this.now();
    return now < entry.expiresAt && now < entry.recheckAt && now >= entry.verifiedAt ? entry.principal : null;
  }

  async authenticate(authorization: string | undefined): Promise<Principal> {
    const known = this.recognize(authorization);
    return known ?? this.verify(authorization);
  }

  private async verify(authorization = ''): Promise<Principal> {
    if (authorization.trim() === '') throw new UnauthenticatedError('missing');
    if (authorization.length > MAX_HEADER) throw new UnauthenticatedError('invalid');
    const token = BEARER.exec(authorization)?.[1];
    if (token === undefined) throw new UnauthenticatedError('invalid');
    const verifiedAt = this.now();
    const verifier = looksLikeApiKey(token) ? this.verifiers.keys : this.verifiers.tokens;
    const { principal, revocable } = await verifier.verify(token);
    this.verified.set(endOf(authorization), {
      authorization,
      principal,
      expiresAt: principal.expiresAt === undefined ? Infinity : principal.expiresAt * 1000,
      verifiedAt,
      recheckAt: revocable ? verifiedAt + RECHECK_MS : Infinity,
    });
    return principal;
  }
}
