import { describe, expect, it } from '@jest/globals';
import { FakeOrganizations, stoppedClock } from '../../../test/support/organizations.js';
import { UnauthenticatedError } from '../../application/ports/authenticator.js';
import { EventStoreError } from '../../application/ports/event-store.js';
import type { TokenVerifier, Verified } from '../../application/ports/token-verifier.js';
import { instantOf } from '../../domain/shared/instant.js';
import { hashApiKey, parseApiKey, RandomApiKeyMaker } from './api-key.js';
import { ApiKeyVerifier } from './api-key-verifier.js';
import { BearerAuthenticator } from './bearer-authenticator.js';
import { RecentOrganizations } from './recent-organizations.js';

const HOUR_MS = 3_600_000;
const invalid = new UnauthenticatedError('invalid');
const expired = new UnauthenticatedError('expired');

const counting = (verified: Verified): TokenVerifier & { calls: number } => ({
  calls: 0,
  verify() {
    this.calls += 1;
    return Promise.resolve(verified);
  },
});

const withKey = (expiresAt: string | null = null) => {
  const now = stoppedClock();
  const organizations = new FakeOrganizations();
  organizations.create('acme');
  const { keyId, key, hash } = new RandomApiKeyMaker().make('acme');
  organizations.key('acme', keyId, hash, ['lookup:read'], expiresAt);
  const recent = new RecentOrganizations(organizations, now);
  const keys = new ApiKeyVerifier(recent, now);
  const tokens = counting({
    principal: {
      subject: 'ana',
      orgId: 'acme',
      roles: [],
      kind: 'user',
      scopes: [],
      expiresAt: now() / 1000 + 60,
    },
    revocable: false,
  });
  const authenticator = new BearerAuthenticator({ tokens, keys }, now);
  const call = () => authenticator.authenticate(`Bearer ${key}`);
  return { now, organizations, keyId, key, tokens, authenticator, call };
};

describe('an API key', () => {
  it('has 256 secret bits and says whose it is', () => {
    const { keyId, key, hash } = new RandomApiKeyMaker().make('acme-2');
    expect(key).toMatch(/^sla_acme-2\.[0-9a-f]{12}_[A-Za-z0-9_-]{43}$/);
    expect(parseApiKey(key)).toEqual({ keyId, orgId: 'acme-2' });
    expect(hashApiKey(key).toString('hex')).toBe(hash);
    expect(hash).not.toContain(key.slice(-10));
  });

  it('is a principal with scopes and without roles', async () => {
    const { call, keyId } = withKey();
    expect(await call()).toEqual({
      subject: keyId,
      orgId: 'acme',
      roles: [],
      kind: 'service',
      scopes: ['lookup:read'],
    });
  });

  it('is refused when a character differs', async () => {
    const { authenticator, key } = withKey();
    for (const place of [5, 12, key.length - 20, key.length - 1]) {
      const other = key[place] === 'A' ? 'B' : 'A';
      const altered = `Bearer ${key.slice(0, place)}${other}${key.slice(place + 1)}`;
      await expect(authenticator.authenticate(altered)).rejects.toEqual(invalid);
    }
  });

  it('is looked up once for many calls', async () => {
    const { call, organizations } = withKey();
    for (let i = 0; i < 100; i += 1) await call();
    expect(organizations.asked).toBe(1);
  });

  it('counts from the moment it is made, however recently its organization was looked up', async () => {
    const { call, now, organizations, authenticator } = withKey();
    await call();
    now.goOn(1);
    const { keyId, key, hash } = new RandomApiKeyMaker().make('acme');
    organizations.key('acme', keyId, hash, ['lookup:read']);
    expect((await authenticator.authenticate(`Bearer ${key}`)).subject).toBe(keyId);
  });

  it('is of no use five seconds after it was revoked, whenever it was last used', async () => {
    for (let lead = 0; lead < 5000; lead += 250) {
      const { call, now, organizations, keyId } = withKey();
      await call();
      now.goOn(lead);
      await call();
      organizations.revoke('acme', keyId);
      for (let waited = 0; waited < 5000; waited += 250) {
        await Promise.allSettled([call()]);
        now.goOn(250);
      }
      await expect(call()).rejects.toEqual(invalid);
    }
  });

  it('ends on time, also while it is remembered', async () => {
    const { call, now } = withKey(instantOf(stoppedClock()() + 1000));
    await call();
    now.goOn(999);
    await call();
    now.goOn(1);
    await expect(call()).rejects.toEqual(expired);
  });

  it('goes on for a while when the log is away, and no longer', async () => {
    const { call, now, organizations } = withKey();
    await call();
    organizations.failure = new EventStoreError('UNAVAILABLE', 'away');
    now.goOn(4 * 60_000);
    await call();
    now.goOn(2 * 60_000);
    await expect(call()).rejects.toThrow('away');
    organizations.failure = null;
    await call();
  });
});

describe('a key while the log does not answer', () => {
  it('is taken as it was known, and as it is once the answer has come', async () => {
    const { call, now, organizations, keyId } = withKey();
    await call();
    let answer = (): void => undefined;
    organizations.delay = new Promise((resolve) => (answer = resolve));
    organizations.revoke('acme', keyId);
    now.goOn(2_000);
    await call();
    answer();
    await organizations.delay;
    now.goOn(2_000);
    await expect(call()).rejects.toEqual(invalid);
  });
});

describe('a token', () => {
  it('is verified once', async () => {
    const { authenticator, tokens } = withKey();
    const first = await authenticator.authenticate('Bearer a.b.c');
    expect(await authenticator.authenticate('Bearer a.b.c')).toBe(first);
    expect(tokens.calls).toBe(1);
  });

  it('is not taken for another with the same end', async () => {
    const { authenticator, tokens } = withKey();
    const signature = 's'.repeat(86);
    await authenticator.authenticate(`Bearer a.b.${signature}`);
    await authenticator.authenticate(`Bearer a.c.${signature}`);
    expect(tokens.calls).toBe(2);
  });

  it('is verified again once it has ended, or the clock was set back', async () => {
    const { authenticator, tokens, now } = withKey();
    await authenticator.authenticate('Bearer a.b.c');
    now.goOn(60_000);
    await authenticator.authenticate('Bearer a.b.c');
    expect(tokens.calls).toBe(2);
    now.goOn(-HOUR_MS);
    await authenticator.authenticate('Bearer a.b.c');
    expect(tokens.calls).toBe(3);
  });
});
