import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import { UnauthenticatedError } from '../../application/ports/authenticator.js';
import { instantOf } from '../../domain/shared/instant.js';
import { OidcDiscovery } from '../../infrastructure/auth/oidc-discovery.js';
import { OidcKeys } from '../../infrastructure/auth/oidc-keys.js';
import { OidcSignIn } from '../../infrastructure/auth/oidc-sign-in.js';
import { OidcTokenVerifier } from '../../infrastructure/auth/oidc-token-verifier.js';
import { BearerAuthenticator } from '../../infrastructure/auth/bearer-authenticator.js';
import { TokenVerifier } from '../../application/ports/token-verifier.js';
import { providerRoutes } from './provider.routes.js';

const SITE = 'https://sla.acme.example';
const SECRET = 'a secret: with / signs';

/** A provider that gives a code to whoever comes, and tokens for it to whoever knows the verifier. */
class Provider {
  claims: Record<string, unknown> = { org: 'acme', roles: ['admin'] };
  /** Instead of the nonce that was asked for. */
  nonce: string | null = null;
  status = 200;
  /** Codes given out, each with what it was asked with; used once. */
  private readonly codes = new Map<string, URLSearchParams>();
  private key!: { readonly privateKey: CryptoKey; readonly jwk: JWK };
  private readonly server: Server = createServer((request, response) => void this.answer(request, response));

  get issuer(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }
  async open(): Promise<void> {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    this.key = { privateKey, jwk: { ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256', use: 'sig' } };
    await once(this.server.listen(0, '127.0.0.1'), 'listening');
  }
  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  /** As the browser does: goes where it was sent, and is sent back. */
  visit(url: string): URLSearchParams {
    const asked = new URL(url).searchParams;
    const code = `code-${this.codes.size + 1}`;
    this.codes.set(code, asked);
    return new URLSearchParams({ code, state: asked.get('state') ?? '', iss: this.issuer });
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const send = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (request.url === '/jwks') return void send(200, { keys: [this.key.jwk] });
    if (request.url !== '/token')
      return void send(200, {
        issuer: this.issuer,
        jwks_uri: `${this.issuer}/jwks`,
        authorization_endpoint: `${this.issuer}/authorize`,
        token_endpoint: `${this.issuer}/token`,
      });
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const given = new URLSearchParams(text);
    const asked = this.codes.get(given.get('code') ?? '');
    this.codes.delete(given.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(given.get('code_verifier') ?? '')
      .digest('base64url');
    const basic = Buffer.from(`sla-web:${encodeURIComponent(SECRET)}`).toString('base64');
    if (this.status !== 200) return void send(this.status, {});
    if (
      asked?.get('code_challenge') !== challenge ||
      asked.get('redirect_uri') !== given.get('redirect_uri') ||
      request.headers.authorization !== `Basic ${basic}`
    )
      return void send(400, { error: 'invalid_grant' });
    send(200, {
      access_token: await this.sign({ aud: 'sla', ...this.claims }),
      id_token: await this.sign({ aud: 'sla-web', nonce: this.nonce ?? asked.get('nonce') }),
      token_type: 'Bearer',
    });
  }

  private sign(claims: Record<string, unknown>): Promise<string> {
    return new SignJWT({ sub: 'ada', ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: 'k' })
      .setIssuer(this.issuer)
      .setExpirationTime('10 minutes')
      .sign(this.key.privateKey);
  }
}

class NoKeys extends TokenVerifier {
  verify(): Promise<never> {
    return Promise.reject(new UnauthenticatedError('invalid'));
  }
}

let provider: Provider;
let server: FastifyInstance;
beforeEach(async () => {
  provider = new Provider();
  await provider.open();
  const { issuer } = provider;
  const discovery = new OidcDiscovery(issuer);
  const expected = { issuer, audience: 'sla', orgClaim: 'org', rolesClaim: 'roles' };
  const client = { issuer, audience: 'sla', clientId: 'sla-web', clientSecret: SECRET };
  server = Fastify();
  providerRoutes(server, {
    passwords: false,
    provider: new OidcSignIn({ ...client, redirectUri: `${SITE}/session/callback` }, discovery),
    authenticator: new BearerAuthenticator({
      tokens: new OidcTokenVerifier(expected, new OidcKeys(discovery).find),
      keys: new NoKeys(),
    }),
    clock: { now: () => instantOf(Date.now()) },
    site: { publicUrl: SITE },
  });
  await server.listen({ host: '127.0.0.1', port: 0 });
});
afterEach(async () => {
  await server.close();
  await provider.close();
});

const get = (path: string, cookie?: string): Promise<Response> => {
  const { port } = server.server.address() as AddressInfo;
  const headers = cookie === undefined ? undefined : { cookie };
  return fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual', ...(headers && { headers }) });
};
const begin = async (back = '/matrix?at=2026-03-01#gold') => {
  const { headers } = await get(`/session/begin?back=${encodeURIComponent(back)}`);
  const [cookie = ''] = headers.getSetCookie();
  return { url: headers.get('location') ?? '', cookie, pair: cookie.split(';')[0]! };
};
const callback = async (query: URLSearchParams, cookie?: string) => {
  const { status, headers } = await get(`/session/callback?${query.toString()}`, cookie);
  const session = headers.getSetCookie().find((text) => text.startsWith('__Host-sla-session='));
  const to = headers.get('location') ?? '';
  return { status, to, session, refused: new URL(to, SITE).searchParams.get('refused') };
};

describe('signing in at a provider', () => {
  it('leaves for it with a challenge, and comes back with a session to where one was', async () => {
    const { url, cookie, pair } = await begin();
    expect(cookie).toMatch(
      /^__Host-sla-session-pending=[\w-]+; Path=\/; HttpOnly; SameSite=Lax; Secure; Max-Age=600$/,
    );
    const asked = new URL(url).searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({
      response_type: 'code',
      client_id: 'sla-web',
      redirect_uri: `${SITE}/session/callback`,
      code_challenge_method: 'S256',
    });
    const { status, to, session } = await callback(provider.visit(url), pair);
    expect([status, to]).toEqual([302, '/matrix?at=2026-03-01#gold']);
    expect(session).toMatch(
      /^__Host-sla-session=[\w.-]+; Path=\/; HttpOnly; SameSite=Strict; Secure; Max-Age=(59\d|600)$/,
    );
  });

  it('says how people sign in', async () => {
    expect(await (await get('/session/ways')).json()).toEqual({
      password: false,
      provider: '/session/begin',
    });
  });

  it('is refused in another browser than it was begun in', async () => {
    const mine = await begin();
    const theirs = await begin();
    const answer = provider.visit(theirs.url);
    for (const cookie of [mine.pair, undefined, '__Host-sla-session-pending=e30']) {
      const { session, refused } = await callback(answer, cookie);
      expect([session, refused]).toEqual([undefined, expect.stringContaining('not begun in this browser')]);
    }
  });

  it('uses a code once', async () => {
    const { url, pair } = await begin();
    const answer = provider.visit(url);
    expect((await callback(answer, pair)).session).toBeDefined();
    expect(await callback(answer, pair)).toMatchObject({
      session: undefined,
      refused: 'The provider has not signed you in (invalid_grant).',
    });
  });

  it.each([
    ['another provider answers', { iss: 'https://evil.example' }, /another provider/],
    ['the person declines', { error: 'access_denied' }, /access_denied/],
  ])('is refused when %s', async (_case, more, why) => {
    const { url, pair } = await begin();
    const answer = provider.visit(url);
    for (const [name, value] of Object.entries(more)) answer.set(name, value);
    const { session, refused, to } = await callback(answer, pair);
    expect([session, refused]).toEqual([undefined, expect.stringMatching(why)]);
    expect(to).toContain('/matrix?at=2026-03-01');
  });

  it('is refused with an answer to another sign-in', async () => {
    provider.nonce = 'of somebody else';
    const { url, pair } = await begin();
    expect(await callback(provider.visit(url), pair)).toMatchObject({
      session: undefined,
      refused: expect.stringContaining('another sign-in'),
    });
  });

  it.each([
    ['no organization', { org: undefined }, /no organization and role/],
    ['a token for another product', { aud: 'billing' }, /no organization and role/],
    ['more claims than a cookie holds', { groups: 'x'.repeat(5000) }, /more than a cookie holds/],
  ])('is refused with %s', async (_case, claims, why) => {
    provider.claims = { ...provider.claims, ...claims };
    const { url, pair } = await begin();
    const { session, refused } = await callback(provider.visit(url), pair);
    expect([session, refused]).toEqual([undefined, expect.stringMatching(why)]);
  });

  it('asks to try again when the provider is down', async () => {
    const { url, pair } = await begin();
    provider.status = 503;
    expect(await callback(provider.visit(url), pair)).toMatchObject({
      session: undefined,
      refused: expect.stringContaining('Try again'),
    });
  });

  it.each([
    '//evil.example',
    'https://evil.example/x',
    '/\\evil.example',
    'http://here//evil.example',
    'javascript:alert(1)',
  ])('never sends anybody to %s', async (back) => {
    const { url, pair } = await begin(back);
    const { to } = await callback(provider.visit(url), pair);
    expect(new URL(to, SITE).origin).toBe(SITE);
    expect(to).toMatch(/^\/(?!\/)/);
  });
});
