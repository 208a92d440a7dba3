import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { generateKeyPair } from 'jose';
import { FakeOrganizations, stoppedClock } from '../../../test/support/organizations.js';
import { SignInRefused, type SignIn } from '../../application/ports/accounts.js';
import { PasswordHasher } from '../../application/ports/password-hasher.js';
import { UnauthenticatedError } from '../../application/ports/authenticator.js';
import { EventStoreError } from '../../application/ports/event-store.js';
import { instantOf } from '../../domain/shared/instant.js';
import { LocalAccounts, type SignInFailure } from './local-accounts.js';
import { LocalTokenVerifier } from './local-token-verifier.js';
import { RecentOrganizations } from './recent-organizations.js';
import type { SigningKey } from './signing-key.js';
import { BusyError } from './semaphore.js';
import { TokenIssuer } from './token-issuer.js';

/** Keeps passwords as they are and counts the work. */
class PlainHasher extends PasswordHasher {
  work = 0;
  busy = false;
  hash(password: string): Promise<string> {
    return Promise.resolve(password);
  }
  verify(password: string, encoded: string | null): Promise<boolean> {
    if (this.busy) return Promise.reject(new BusyError());
    this.work += 1;
    return Promise.resolve(password === encoded);
  }
}

const ANA: SignIn = { organization: 'acme', email: 'ana@acme.com', password: 'correct horse' };
const WRONG: SignIn = { ...ANA, password: 'wrong' };

let key: SigningKey;
beforeAll(async () => {
  key = { kid: 'kid', publicJwk: { kty: 'OKP' }, ...(await generateKeyPair('EdDSA')) };
});

let now: ReturnType<typeof stoppedClock>;
let organizations: FakeOrganizations;
let passwords: PlainHasher;
let failures: SignInFailure[];
let accounts: LocalAccounts;
let verifier: LocalTokenVerifier;
beforeEach(() => {
  now = stoppedClock();
  organizations = new FakeOrganizations();
  organizations.create('acme');
  organizations.person('acme', 'ana@acme.com', ['admin'], 'correct horse');
  organizations.person('acme', 'bob@acme.com', ['viewer']);
  organizations.person('acme', 'eve@acme.com', [], 'correct horse');
  passwords = new PlainHasher();
  failures = [];
  accounts = new LocalAccounts({
    organizations,
    passwords,
    issuer: new TokenIssuer(key, now),
    now,
    onFailure: (reason) => failures.push(reason),
  });
  verifier = new LocalTokenVerifier(key, new RecentOrganizations(organizations, now), now);
});

const refusalOf = async (attempt: SignIn): Promise<SignInRefused> => {
  const error: unknown = await accounts.signIn(attempt).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(SignInRefused);
  return error as SignInRefused;
};
const failTimes = async (times: number, attempt = WRONG): Promise<void> => {
  for (let i = 0; i < times; i += 1) await refusalOf(attempt);
};

describe('signing in', () => {
  it('gives a token for an hour', async () => {
    const { token, expiresAt } = await accounts.signIn({ ...ANA, email: ' Ana@ACME.com' });
    expect(expiresAt).toBe(instantOf(now() + 3_600_000));
    const { principal, revocable } = await verifier.verify(token);
    expect(principal).toMatchObject({
      subject: 'ana@acme.com',
      orgId: 'acme',
      roles: ['admin'],
      kind: 'user',
    });
    expect(revocable).toBe(true);
  });

  it('lasts as long as the person is one, with the roles that the person has', async () => {
    const { token } = await accounts.signIn(ANA);
    organizations.roles('acme', 'ana@acme.com', ['viewer']);
    expect((await verifier.verify(token)).principal.roles).toEqual(['viewer']);
    organizations.roles('acme', 'ana@acme.com', []);
    now.goOn(2000);
    await expect(verifier.verify(token)).rejects.toBeInstanceOf(UnauthenticatedError);
  });

  it('ends with the password', async () => {
    const { token } = await accounts.signIn(ANA);
    organizations.person('acme', 'ana@acme.com', ['admin'], 'another one');
    await expect(verifier.verify(token)).rejects.toBeInstanceOf(UnauthenticatedError);
  });
});

describe('whoever is not let in', () => {
  it.each([
    ['wrong password', WRONG],
    ['unknown email', { ...ANA, email: 'nobody@acme.com' }],
    ['unknown organization', { ...ANA, organization: 'nowhere' }],
    ['malformed organization', { ...ANA, organization: '../acme' }],
    ['no password set', { ...ANA, email: 'bob@acme.com' }],
    ['no role left', { ...ANA, email: 'eve@acme.com' }],
    ['nothing given', { organization: '', email: '', password: '' }],
    ['a very long email', { ...ANA, email: `${'a'.repeat(1_000_000)}@acme.com` }],
    ['a very long password', { ...ANA, password: 'x'.repeat(1_000_000) }],
  ])('gets the same answer after the same work: %s', async (_, attempt) => {
    const { code, message, retryAt, path } = await refusalOf(attempt);
    expect({ code, message, retryAt, path }).toEqual({
      code: 'FORBIDDEN',
      message: 'Organization, email or password is wrong.',
      retryAt: null,
      path: [],
    });
    expect(passwords.work).toBe(1);
    await failTimes(4, attempt);
    expect((await refusalOf(attempt)).retryAt).toBe(instantOf(now() + 30_000));
    expect(passwords.work).toBe(5);
  });

  it('is locked out for 30 seconds, then twice as long each time, up to 15 minutes', async () => {
    await failTimes(4);
    for (const seconds of [30, 60, 120, 240, 480, 900, 900]) {
      expect((await refusalOf(WRONG)).retryAt).toBeNull();
      const until = instantOf(now() + seconds * 1000);
      expect((await refusalOf(ANA)).retryAt).toBe(until);
      now.goOn(seconds * 1000 - 1);
      expect((await refusalOf(ANA)).message).toBe(`Too many attempts. Try again after ${until}.`);
      now.goOn(1);
    }
    await accounts.signIn(ANA);
    expect(failures.filter((reason) => reason === 'locked')).toHaveLength(14);
  });

  it('starts afresh after a success', async () => {
    await failTimes(4);
    await accounts.signIn(ANA);
    await failTimes(4);
    await accounts.signIn(ANA);
  });

  it('gains nothing from trying all at once', async () => {
    await Promise.all(Array.from({ length: 100 }, () => refusalOf(WRONG)));
    expect(passwords.work).toBe(5);
  });

  it('gains nothing from spelling the address differently', async () => {
    await failTimes(3);
    await failTimes(2, { ...WRONG, email: ' ANA@acme.com' });
    expect((await refusalOf(ANA)).retryAt).not.toBeNull();
  });

  it('keeps nobody else out', async () => {
    await failTimes(5, { ...WRONG, email: 'bob@acme.com' });
    await accounts.signIn(ANA);
  });

  it('is stopped by address when trying one password on many accounts', async () => {
    const attempt = (index: number): SignIn => ({
      ...WRONG,
      email: `p${index}@acme.com`,
      address: '2001:db8::1',
    });
    for (let i = 0; i < 50; i += 1) await refusalOf(attempt(i));
    expect((await refusalOf({ ...attempt(50), address: '2001:db8::ffff' })).retryAt).toBe(
      instantOf(now() + 30_000),
    );
    await accounts.signIn({ ...ANA, address: '192.0.2.1' });
  });

  it('cannot buy more tries with an own account', async () => {
    const address = '192.0.2.1';
    for (let i = 0; i < 50; i += 1) {
      await accounts.signIn({ ...ANA, address });
      await refusalOf({ ...WRONG, email: `p${i}@acme.com`, address });
    }
    expect((await refusalOf({ ...ANA, address })).retryAt).not.toBeNull();
  });
});

describe('what is no fault of the caller', () => {
  it('is not held against anybody when too many sign in at once', async () => {
    passwords.busy = true;
    for (let i = 0; i < 10; i += 1) expect((await refusalOf(ANA)).retryAt).toBe(instantOf(now() + 5000));
    passwords.busy = false;
    await accounts.signIn(ANA);
    expect(failures).toEqual(Array<string>(10).fill('busy'));
  });

  it('is told apart when the log is away', async () => {
    organizations.failure = new EventStoreError('UNAVAILABLE', 'away');
    for (let i = 0; i < 10; i += 1) await expect(accounts.signIn(ANA)).rejects.toBe(organizations.failure);
    organizations.failure = null;
    await accounts.signIn(ANA);
  });
});
