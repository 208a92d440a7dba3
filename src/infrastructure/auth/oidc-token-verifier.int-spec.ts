import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import { IdentityUnavailableError, UnauthenticatedError } from '../../application/ports/authenticator.js';
import { OidcDiscovery } from './oidc-discovery.js';
import { OidcKeys } from './oidc-keys.js';
import { OidcTokenVerifier, type OidcExpectations } from './oidc-token-verifier.js';

interface Pair {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

const pair = async (kid: string, alg = 'ES256'): Promise<Pair> => {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
};

/** A provider that publishes `keys` and counts how often it is asked for them. */
class Provider {
  keys: Pair[] = [];
  asked = 0;
  /** What the discovery document says of itself, where it lies. */
  named: string | null = null;
  private readonly server: Server = createServer((request, response) => {
    if (request.url === '/jwks') this.asked += 1;
    const document = { issuer: this.named ?? this.issuer, jwks_uri: `${this.issuer}/jwks` };
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify(request.url === '/jwks' ? { keys: this.keys.map(({ jwk }) => jwk) } : document),
    );
  });

  get issuer(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }
  async open(): Promise<void> {
    await once(this.server.listen(0, '127.0.0.1'), 'listening');
  }
  async close(): Promise<void> {
    if (!this.server.listening) return;
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}

let provider: Provider;
let issuer: string;
let first: Pair;
beforeEach(async () => {
  provider = new Provider();
  await provider.open();
  issuer = provider.issuer;
  first = await pair('first');
  provider.keys = [first];
});
afterEach(async () => {
  await provider.close();
});

const verifierFor = (changes: Partial<OidcExpectations> = {}): OidcTokenVerifier =>
  new OidcTokenVerifier(
    { issuer, audience: 'sla', orgClaim: 'org', rolesClaim: 'roles', ...changes },
    new OidcKeys(new OidcDiscovery(issuer), 300).find,
  );

const tokenOf = (by: Pair, claims: object = {}, header: object = {}): Promise<string> => {
  const seconds = Math.floor(Date.now() / 1000);
  const payload = {
    iss: issuer,
    aud: 'sla',
    sub: 'u1',
    org: 'acme',
    roles: ['admin'],
    exp: seconds + 60,
    ...claims,
  };
  return new SignJWT(payload)
    .setProtectedHeader({ alg: by.alg, kid: by.kid, typ: 'JWT', ...header })
    .sign(by.privateKey);
};

describe('a token of an OpenID provider', () => {
  it.each(['RS256', 'ES256', 'EdDSA'])('is accepted with %s', async (alg) => {
    const signer = await pair('one', alg);
    provider.keys = [signer];
    const { principal, revocable } = await verifierFor().verify(await tokenOf(signer));
    expect(principal).toMatchObject({
      subject: 'u1',
      orgId: 'acme',
      roles: ['admin'],
      kind: 'user',
      scopes: [],
    });
    expect(revocable).toBe(false);
  });

  it('may say organization and roles in claims of other names', async () => {
    const claims = {
      org: undefined,
      roles: undefined,
      'https://sla.example.com/org': 'acme',
      realm_access: { roles: ['offline_access', 'member', 'member'] },
    };
    const verifier = verifierFor({
      orgClaim: 'https://sla.example.com/org',
      rolesClaim: 'realm_access.roles',
    });
    const { principal } = await verifier.verify(await tokenOf(first, claims));
    expect(principal).toMatchObject({ orgId: 'acme', roles: ['member'] });
  });

  it('of somebody without a role here names somebody who may do nothing', async () => {
    const { principal } = await verifierFor().verify(await tokenOf(first, { roles: ['other-product'] }));
    expect(principal.roles).toEqual([]);
  });

  it.each<[string, object, object]>([
    ['another audience', { aud: 'another' }, {}],
    ['another issuer', { iss: 'https://evil.example' }, {}],
    ['our own issuer', { iss: 'sla-matrix-manager', aud: 'sla-matrix-manager' }, {}],
    ['no organization', { org: undefined }, {}],
    ['a malformed organization', { org: '../acme' }, {}],
    ['an organization that is an object', { org: { $ne: '' } }, {}],
    ['no end', { exp: undefined }, {}],
    ['no subject', { sub: undefined }, {}],
    ['not yet', { nbf: Math.floor(Date.now() / 1000) + 120 }, {}],
    ['the type of a logout', {}, { typ: 'logout+jwt' }],
    ['an unknown key', {}, { kid: 'unknown' }],
    ['jku', {}, { jku: 'https://evil.example/jwks' }],
    ['x5u', {}, { x5u: 'https://evil.example/cert' }],
    ['an embedded key', {}, { jwk: { kty: 'oct', k: 'AAAA' } }],
  ])('is refused with %s', async (_, claims, header) => {
    const refused = verifierFor().verify(await tokenOf(first, claims, header));
    await expect(refused).rejects.toEqual(new UnauthenticatedError('invalid'));
  });

  it.each(['PS256', 'ES384', 'RS512'])('is refused with %s', async (alg) => {
    const signer = await pair('one', alg);
    provider.keys = [signer];
    await expect(verifierFor().verify(await tokenOf(signer))).rejects.toEqual(
      new UnauthenticatedError('invalid'),
    );
  });

  it('is refused when it is signed with the published key as a secret', async () => {
    const secret = new TextEncoder().encode(JSON.stringify(first.jwk));
    const token = await new SignJWT({ iss: issuer, aud: 'sla', sub: 'u1', org: 'acme', roles: ['admin'] })
      .setProtectedHeader({ alg: 'HS256', kid: 'first' })
      .setExpirationTime('1m')
      .sign(secret);
    await expect(verifierFor().verify(token)).rejects.toEqual(new UnauthenticatedError('invalid'));
  });

  it('has ended on the second, whatever leeway there is for a clock ahead', async () => {
    const token = await tokenOf(first, { exp: Math.floor(Date.now() / 1000) - 1 });
    await expect(verifierFor().verify(token)).rejects.toEqual(new UnauthenticatedError('expired'));
    const ahead = await tokenOf(first, { nbf: Math.floor(Date.now() / 1000) + 2 });
    await verifierFor().verify(ahead);
  });
});

describe("the provider's keys", () => {
  it('may change at any time without a good token being refused', async () => {
    const verifier = verifierFor();
    await verifier.verify(await tokenOf(first));
    for (const kid of ['second', 'third']) {
      const next = await pair(kid);
      provider.keys = [next];
      const tokens = await Promise.all(Array.from({ length: 10 }, () => tokenOf(next)));
      await Promise.all(tokens.map((token) => verifier.verify(token)));
    }
    expect(provider.asked).toBe(3);
    await expect(verifier.verify(await tokenOf(first))).rejects.toEqual(new UnauthenticatedError('invalid'));
  }, 15_000);

  it('are not asked for by every forger', async () => {
    const verifier = verifierFor();
    await verifier.verify(await tokenOf(first));
    const forged = Array.from({ length: 50 }, (_, i) => tokenOf(first, {}, { kid: `forged-${i}` }));
    await Promise.allSettled((await Promise.all(forged)).map((token) => verifier.verify(token)));
    expect(provider.asked).toBeLessThanOrEqual(3);
  }, 15_000);

  it('that cannot be had are no fault of the token', async () => {
    const token = await tokenOf(first);
    const verifier = verifierFor();
    await provider.close();
    await expect(verifier.verify(token)).rejects.toBeInstanceOf(IdentityUnavailableError);
  });

  it('are not taken from a document about another issuer', async () => {
    provider.named = 'https://evil.example';
    await expect(verifierFor().verify(await tokenOf(first))).rejects.toBeInstanceOf(IdentityUnavailableError);
    provider.named = null;
  });
});
