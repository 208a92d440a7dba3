import { createHash } from 'node:crypto';
import { Accounts, SignInRefused, type SignedIn, type SignIn } from '../../application/ports/accounts.js';
import type { PasswordHasher } from '../../application/ports/password-hasher.js';
import { normalizeEmail } from '../../domain/organization/organization.rules.js';
import type { Role } from '../../domain/organization/organization.events.js';
import { instantOf } from '../../domain/shared/instant.js';
import { AttemptLimiter } from './attempt-limiter.js';
import { callerOf } from './client-address.js';
import type { OrganizationFinder } from './recent-organizations.js';
import { BusyError } from './semaphore.js';
import type { TokenIssuer } from './token-issuer.js';

const MINUTE_MS = 60_000;
const ACCOUNT_LIMITS = {
  failures: 5,
  firstLockMs: 30_000,
  maxLockMs: 15 * MINUTE_MS,
  forgetMs: 24 * 60 * MINUTE_MS,
  capacity: 100_000,
};
// An office behind one address has many people; a list of stolen passwords has many more lines.
const ADDRESS_LIMITS = {
  failures: 50,
  firstLockMs: 30_000,
  maxLockMs: 15 * MINUTE_MS,
  forgetMs: 60 * MINUTE_MS,
  capacity: 100_000,
};
/** Milliseconds to wait while too many passwords are being checked. */
const BUSY_RETRY_MS = 5000;

/** Longest input that is looked at. */
const MAX_INPUT = { organization: 63, email: 254, password: 1024 };

export type SignInFailure = 'refused' | 'locked' | 'busy';

export interface LocalAccountsParts {
  readonly organizations: OrganizationFinder;
  readonly passwords: PasswordHasher;
  readonly issuer: TokenIssuer;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Told of every failure, for the metrics. */
  readonly onFailure?: (reason: SignInFailure) => void;
}

interface Identified {
  readonly email: string;
  readonly roles: readonly Role[];
  readonly passwordRevision: bigint;
}

/**
 * Sign-in with a password. Locks an account, known or not, after five failures for 30 seconds, doubling up to 15 minutes;
 * and an address after fifty. The counts are this process's own.
 */
export class LocalAccounts extends Accounts {
  private readonly accounts = new AttemptLimiter(ACCOUNT_LIMITS);
  private readonly addresses = new AttemptLimiter(ADDRESS_LIMITS);
  private readonly now: () => number;

  constructor(private readonly parts: LocalAccountsParts) {
    super();
    this.now = parts.now ?? Date.now;
  }

  async signIn({ organization, email, password, address, ttl }: SignIn): Promise<SignedIn> {
    const now = this.now();
    const account = accountName(organization, normalizeEmail(email.slice(0, MAX_INPUT.email + 1)));
    const caller = address === undefined ? null : callerOf(address);
    this.refuseLocked(account, caller, now);
    this.accounts.begin(account, now);
    if (caller !== null) this.addresses.begin(caller, now);

    let person: Identified | null;
    try {
      person = await this.verified({ organization, email, password });
    } catch (error) {
      // Nothing was learnt of the password, so nothing is held against anybody.
      this.accounts.forgive(account);
      if (caller !== null) this.addresses.forgive(caller);
      if (!(error instanceof BusyError)) throw error;
      this.parts.onFailure?.('busy');
      throw new SignInRefused(instantOf(now + BUSY_RETRY_MS));
    }
    if (person === null) {
      this.parts.onFailure?.('refused');
      throw new SignInRefused();
    }
    this.accounts.clear(account);
    if (caller !== null) this.addresses.forgive(caller);
    return this.parts.issuer.issue({
      subject: person.email,
      orgId: organization,
      roles: person.roles,
      person,
      ...(ttl !== undefined && { ttl }),
    });
  }

  private refuseLocked(account: string, caller: string | null, now: number): void {
    const until = Math.max(
      this.accounts.lockedUntil(account, now) ?? 0,
      caller === null ? 0 : (this.addresses.lockedUntil(caller, now) ?? 0),
    );
    if (until === 0) return;
    this.parts.onFailure?.('locked');
    throw new SignInRefused(instantOf(until));
  }

  /** Null for a wrong password, and, after the same work, where there is nobody to have one. */
  private async verified({ organization, email, password }: SignIn): Promise<Identified | null> {
    const tooLong =
      organization.length > MAX_INPUT.organization ||
      email.length > MAX_INPUT.email ||
      password.length > MAX_INPUT.password;
    const state = tooLong ? null : await this.parts.organizations.find(organization);
    const person = state?.persons.get(normalizeEmail(email));
    const attempt = password.slice(0, MAX_INPUT.password);
    const right = await this.parts.passwords.verify(attempt, person?.password?.hash ?? null);
    if (!right || !person?.password || person.roles.length === 0) return null;
    return { email: person.email, roles: person.roles, passwordRevision: person.password.revision };
  }
}

// A digest, so that what is remembered is small whatever was sent.
const accountName = (organization: string, email: string): string =>
  createHash('sha256').update(`${organization}\n${email}`).digest('base64url');
