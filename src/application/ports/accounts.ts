import { DomainError } from '../../domain/shared/domain-error.js';
import type { Instant } from '../../domain/shared/instant.js';

export interface SignIn {
  readonly organization: string;
  readonly email: string;
  readonly password: string;
  /** Where the request comes from, for the budget of failures per address; absent: none is kept. */
  readonly address?: string;
  /** Seconds that the token lives; absent: the issuer's default. */
  readonly ttl?: number;
}

export interface SignedIn {
  readonly token: string;
  readonly expiresAt: Instant;
}

/**
 * The one answer to everything that keeps somebody out, whether or not organization, person and password exist:
 * what it says depends on the attempts alone.
 */
export class SignInRefused extends DomainError {
  /** @param retryAt when to try again; null: at once */
  constructor(readonly retryAt: Instant | null = null) {
    super(
      'FORBIDDEN',
      retryAt === null
        ? 'Organization, email or password is wrong.'
        : `Too many attempts. Try again after ${retryAt}.`,
    );
    this.name = 'SignInRefused';
  }
}

export abstract class Accounts {
  /** @throws SignInRefused; EventStoreError UNAVAILABLE when the log cannot be asked */
  abstract signIn(request: SignIn): Promise<SignedIn>;
}
