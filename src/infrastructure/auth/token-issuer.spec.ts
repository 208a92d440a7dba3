import { beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader, generateKeyPair } from 'jose';
import { stoppedClock } from '../../../test/support/organizations.js';
import { DomainError } from '../../domain/shared/domain-error.js';
import { parseTtl, TokenIssuer } from './token-issuer.js';

const now = stoppedClock();
const request = { subject: 'ana', orgId: 'acme', roles: ['member', 'admin', 'member'] };

let issuer: TokenIssuer;
beforeAll(async () => {
  issuer = new TokenIssuer({ kid: 'k', publicJwk: { kty: 'OKP' }, ...(await generateKeyPair('EdDSA')) }, now);
});

describe('an issued token', () => {
  it('says who, where, what and how long', async () => {
    const { token, expiresAt } = await issuer.issue(request);
    const iat = now() / 1000;
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'EdDSA', kid: 'k', typ: 'at+jwt' });
    expect(decodeJwt(token)).toEqual({
      iss: 'sla-matrix-manager',
      aud: 'sla-matrix-manager',
      sub: 'ana',
      org: 'acme',
      roles: ['member', 'admin'],
      iat,
      exp: iat + 3600,
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(expiresAt).toBe('2026-02-02T03:40:00.000Z');
  });

  it('is never the same twice', async () => {
    expect((await issuer.issue(request)).token).not.toBe((await issuer.issue(request)).token);
  });

  it.each([
    ['a life beyond 30 days', { ttl: 30 * 24 * 3600 + 1 }],
    ['no life', { ttl: 0 }],
    ['half a second', { ttl: 0.5 }],
    ['an unknown role', { roles: ['root'] }],
    ['a malformed organization', { orgId: 'Acme' }],
    ['no subject', { subject: ' ' }],
  ])('is refused with %s', async (_, changes) => {
    await expect(issuer.issue({ ...request, ...changes })).rejects.toBeInstanceOf(DomainError);
  });
});

it('reads how long a token lives', () => {
  expect(['90s', '15m', '1h', ' 7D '].map(parseTtl)).toEqual([90, 900, 3600, 604_800]);
  for (const text of ['', '1', 'h', '1w', '-1h', '1.5h', 'PT1H'])
    expect(() => parseTtl(text)).toThrow(DomainError);
});
