import type { Principal } from '../principal.js';

export type UnauthenticatedReason = 'missing' | 'expired' | 'invalid';

const MESSAGES: Readonly<Record<UnauthenticatedReason, string>> = {
  missing: 'The token is missing. Send it as "Authorization: Bearer …", or sign in.',
  expired: 'The token has expired. Sign in again.',
  invalid: 'The token is invalid. Sign in again.',
};

/** Nobody can be named as the caller. Never says which part of a token was wrong: that would help to forge one. */
export class UnauthenticatedError extends Error {
  constructor(readonly reason: UnauthenticatedReason) {
    super(MESSAGES[reason]);
    this.name = 'UnauthenticatedError';
  }
}

/** The identity provider cannot be asked: the caller may be right, and should try again. */
export class IdentityUnavailableError extends Error {
  constructor(options?: ErrorOptions) {
    super('The identity provider cannot be reached. Try again in a moment.', options);
    this.name = 'IdentityUnavailableError';
  }
}

/** The one way to learn who is calling; for HTTP, WebSocket and everything else. */
export abstract class Authenticator {
  /** The caller of a moment ago whose proof still counts, without waiting; null: ask {@link authenticate}. */
  abstract recognize(authorization: string | undefined): Principal | null;

  /**
   * Cheap when repeated, so a long connection can ask again every few seconds: that is how it learns of an
   * end or a revocation.
   *
   * @param authorization value of the Authorization header: `Bearer` and a token or an API key
   * @throws UnauthenticatedError
   * @throws IdentityUnavailableError, EventStoreError UNAVAILABLE when it cannot be told
   */
  abstract authenticate(authorization: string | undefined): Promise<Principal>;
}
